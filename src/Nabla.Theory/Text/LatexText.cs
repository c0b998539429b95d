using System.Text;

namespace Nabla.Theory.Text;

/// <summary>Converts LaTeX formulas to plain text for a terminal: σ′(z) = e⁻ᶻ/(1 + e⁻ᶻ)².</summary>
/// <remarks>It knows the commands that occur in these formulas. Of an unknown command it shows the name.</remarks>
public static class LatexText
{
    /// <summary>Converts a formula without delimiters.</summary>
    public static string Formula(string latex)
    {
        ArgumentNullException.ThrowIfNull(latex);
        return Collapse(new Reader(latex).ReadAll());
    }

    /// <summary>Converts Markdown with formulas between single or double dollar signs.</summary>
    public static string Markdown(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Replace("$$", "$", StringComparison.Ordinal).Split('$');
        var result = new StringBuilder();
        for (int i = 0; i < parts.Length; i++)
        {
            result.Append(i % 2 == 1 ? Formula(parts[i]) : WithoutMarks(parts[i]));
        }

        return result.ToString();
    }

    /// <summary>Removes the marks of emphasis and code. An asterisk between spaces is not a mark.</summary>
    private static string WithoutMarks(string text)
    {
        var result = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            bool besideText = (i > 0 && !char.IsWhiteSpace(text[i - 1])) || (i + 1 < text.Length && !char.IsWhiteSpace(text[i + 1]));
            if (text[i] != '`' && !(text[i] == '*' && besideText))
            {
                result.Append(text[i]);
            }
        }

        return result.ToString();
    }

    private static string Collapse(string text)
    {
        var result = new StringBuilder();
        foreach (char c in text.Trim())
        {
            if (!(char.IsWhiteSpace(c) && result.Length > 0 && result[^1] == ' '))
            {
                result.Append(char.IsWhiteSpace(c) ? ' ' : c);
            }
        }

        return result.ToString();
    }

    private sealed class Reader(string text)
    {
        private int position;

        public string ReadAll()
        {
            var result = new StringBuilder();
            while (position < text.Length)
            {
                result.Append(ReadItem());
            }

            return result.ToString();
        }

        /// <summary>Reads and converts one character, command or group.</summary>
        private string ReadItem()
        {
            char c = text[position++];
            switch (c)
            {
                case '\\':
                    return ReadCommand();
                case '{':
                    return ReadGroup();
                case '^':
                    return LatexSigns.Superscript(Collapse(ReadArgument()));
                case '_':
                    return LatexSigns.Subscript(Collapse(ReadArgument()));
                case '\'':
                    return "′";
                case '-':
                    return "−";
                case '&':
                    return " ";
                case '~':
                    return " ";
                default:
                    return c.ToString();
            }
        }

        /// <summary>Reads up to the closing brace; the opening one has been read.</summary>
        private string ReadGroup()
        {
            var result = new StringBuilder();
            while (position < text.Length && text[position] != '}')
            {
                result.Append(ReadItem());
            }

            position++;
            return result.ToString();
        }

        /// <summary>Reads the argument of a command or script, which is a group or a single item.</summary>
        private string ReadArgument()
        {
            SkipSpaces();
            return position < text.Length ? ReadItem() : "";
        }

        private void SkipSpaces()
        {
            while (position < text.Length && text[position] == ' ')
            {
                position++;
            }
        }

        private string ReadCommand()
        {
            int start = position;
            while (position < text.Length && char.IsAsciiLetter(text[position]))
            {
                position++;
            }

            if (position == start)
            {
                return position < text.Length ? Escaped(text[position++]) : "";
            }

            string name = text[start..position];
            switch (name)
            {
                case "frac" or "tfrac" or "dfrac":
                    string numerator = Collapse(ReadArgument()), denominator = Collapse(ReadArgument());
                    return $"{Enclosed(numerator)}/{Enclosed(denominator)}";
                case "sqrt":
                    return $"√{Enclosed(Collapse(ReadArgument()))}";
                case "binom":
                    return $"({ReadArgument()} over {ReadArgument()})";
                case "hat" or "bar" or "tilde" or "vec":
                    return ReadArgument() + LatexSigns.Accent(name);
                case "begin" or "end":
                    string environment = ReadArgument();
                    return environment.EndsWith("matrix", StringComparison.Ordinal) ? (name == "begin" ? "[" : "]") : "";
                case "left" or "right" or "big" or "Big" or "bigl" or "bigr" or "Bigl" or "Bigr" or "displaystyle" or "limits":
                    SkipInvisibleDelimiter();
                    return "";
                case "mathrm" or "mathbf" or "mathit" or "text" or "operatorname" or "mathbb" or "mathcal" or "boldsymbol" or "underbrace" or "textbf" or "texttt":
                    return ReadArgument();
                case "partial" or "nabla" or "Delta":
                    SkipSpaces();
                    return LatexSigns.Command(name);
                default:
                    return LatexSigns.Command(name);
            }
        }

        /// <summary>\left. and \right. show no delimiter.</summary>
        private void SkipInvisibleDelimiter()
        {
            if (position < text.Length && text[position] == '.')
            {
                position++;
            }
        }

        private static string Escaped(char c) => c switch
        {
            '\\' => "; ",
            '|' => "‖",
            ',' or ';' or ':' or ' ' => " ",
            '!' => "",
            _ => c.ToString(),
        };

        /// <summary>Puts a sum or product into parentheses.</summary>
        private static string Enclosed(string value) =>
            value.Length <= 1 || value.All(c => char.IsLetterOrDigit(c) || c is '.' or '′' or '∂' || LatexSigns.IsScript(c)) || IsOneCall(value) ? value : $"({value})";

        /// <summary>Whether the value is a pair of parentheses, alone or after a function name.</summary>
        private static bool IsOneCall(string value)
        {
            int open = value.IndexOf('(', StringComparison.Ordinal), depth = 0;
            if (open < 0 || !value.EndsWith(')') || !value[..open].All(char.IsLetter))
            {
                return false;
            }

            for (int i = open; i < value.Length - 1; i++)
            {
                depth += value[i] == '(' ? 1 : value[i] == ')' ? -1 : 0;
                if (depth == 0)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
