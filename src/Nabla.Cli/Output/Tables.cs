using Spectre.Console;

namespace Nabla.Cli.Output;

/// <summary>Tables of results on standard output: with lines on a terminal, as aligned columns in a pipe.</summary>
internal static class Tables
{
    /// <summary>Wide enough that no row of a piped table wraps.</summary>
    private const int PipedWidth = 2000;

    /// <summary>An empty table in the style of standard output.</summary>
    /// <param name="columns">The headings. A leading # is not printed and aligns the column right.</param>
    public static Table Create(params ReadOnlySpan<string> columns)
    {
        var table = new Table { Border = Console.IsOutputRedirected ? TableBorder.None : TableBorder.Simple };
        foreach (string column in columns)
        {
            bool isFigure = column.StartsWith('#');
            table.AddColumn(new TableColumn(new Text(isFigure ? column[1..] : column)) { NoWrap = true, Alignment = isFigure ? Justify.Right : Justify.Left });
        }

        return table;
    }

    /// <summary>Adds a row of plain text, without markup.</summary>
    public static void AddRow(Table table, params IEnumerable<string> cells) => table.AddRow(cells.Select(cell => new Text(cell)));

    /// <summary>Prints a table; in a pipe without trailing blanks.</summary>
    public static void Print(Table table)
    {
        if (!Console.IsOutputRedirected)
        {
            new Screen(json: false, quiet: false).Results.Write(table);
            return;
        }

        using var text = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = PipedWidth;
        console.Write(table);
        foreach (string line in text.ToString().TrimEnd().Split('\n'))
        {
            Screen.Line(line.TrimEnd());
        }
    }

    /// <summary>Prints names and values, one pair per line, aligned. Names without a value are skipped.</summary>
    public static void PrintFacts(params IReadOnlyCollection<(string Name, string? Value)> facts)
    {
        (string Name, string? Value)[] known = [.. facts.Where(fact => fact.Value is not null)];
        int width = known.Select(fact => fact.Name.Length).DefaultIfEmpty().Max();
        foreach ((string name, string? value) in known)
        {
            Screen.Line($"{name.PadRight(width)}  {value}");
        }
    }
}
