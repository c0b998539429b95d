using System.Text;

namespace Nabla.Theory.Text;

/// <summary>Breaks paragraphs of Markdown into lines of at most 120 characters.</summary>
public static class WrappedText
{
    /// <summary>The length at which a line of prose ends.</summary>
    public const int Width = 120;

    /// <summary>
    /// Wraps the paragraphs that have a line that is too long. Tables, lists and displayed formulas stay as they are.
    /// </summary>
    public static string Wrap(string markdown)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        return string.Join("\n\n", markdown.ReplaceLineEndings("\n").Split("\n\n").Select(WrapParagraph));
    }

    private static string WrapParagraph(string paragraph)
    {
        string[] lines = paragraph.Split('\n');
        if (lines.All(line => line.Length <= Width) || lines.Any(IsFixed))
        {
            return paragraph;
        }

        var text = new StringBuilder();
        int length = 0;
        foreach (string word in Words(string.Join(' ', lines)))
        {
            // A line that began with a mark would be a list, a heading or a quotation.
            if (length > 0 && (length + 1 + word.Length <= Width || IsMark(word)))
            {
                text.Append(' ');
                length++;
            }
            else if (length > 0)
            {
                text.Append('\n');
                length = 0;
            }

            text.Append(word);
            length += word.Length;
        }

        return text.ToString();
    }

    private static bool IsFixed(string line) =>
        line.StartsWith('|') || line.StartsWith("$$", StringComparison.Ordinal) || line.StartsWith("```", StringComparison.Ordinal) || IsMark(line.Split(' ')[0]);

    private static bool IsMark(string word) =>
        word.Length > 0 && (word.All(c => c is '+' or '-' or '*' or '=' or '#' or '>') || (word[^1] is '.' or ')' && word[..^1].All(char.IsAsciiDigit)));

    /// <summary>The parts between spaces; a formula, code or the text of a link is one part.</summary>
    private static IEnumerable<string> Words(string text)
    {
        int start = 0;
        char until = '\0';
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (until != '\0')
            {
                until = c == until ? '\0' : until;
            }
            else if (c is '$' or '`' or '[')
            {
                until = c == '[' ? ']' : c;
            }
            else if (c == ' ')
            {
                if (i > start)
                {
                    yield return text[start..i];
                }

                start = i + 1;
            }
        }

        if (start < text.Length)
        {
            yield return text[start..];
        }
    }
}
