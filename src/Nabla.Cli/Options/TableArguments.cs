using System.CommandLine;
using Nabla.Cli.Failures;
using Nabla.Data.Tables.Text;

namespace Nabla.Cli.Options;

/// <summary>The options that decide how a table is read and what is learned from it.</summary>
internal sealed class TableArguments
{
    private readonly Option<string?> target = new("--target") { Description = "Tables: target column by name or 0-based index; several for regression (the last column)", HelpName = "COL[,COL]" };
    private readonly Option<string?> ignore = new("--ignore") { Description = "Tables: columns to ignore", HelpName = "COL[,COL]" };
    private readonly Option<string?> weights = new("--weights-column") { Description = "Tables: column with the weight of each row in training; it is not an input", HelpName = "COL" };
    private readonly Option<string?> kinds = new("--kinds") { Description = "Tables: kinds of columns, if the cells should not decide: numeric, categorical, boolean, date", HelpName = "COL=KIND[,COL=KIND]" };
    private readonly Option<string?> scaling = OptionNames.Choice<ColumnScaling>("--scaling", "Tables: scaling of numeric columns (standard)");
    private readonly Option<string?> header = new("--header") { Description = "Tables: whether the first row holds names (auto: yes if none of its cells is a number)", HelpName = "auto|yes|no" };
    private readonly Option<bool> decimalComma = new("--decimal-comma") { Description = "Tables: numbers have a decimal comma, as in 1,5" };
    private readonly Option<string?> task = new("--task") { Description = "What to learn (auto: the data decides)", HelpName = "auto|classify|regress" };

    public TableArguments(Command command)
    {
        foreach (Option option in Options)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>All options.</summary>
    public IEnumerable<Option> Options => [target, ignore, weights, kinds, scaling, header, decimalComma, task];

    /// <summary>The task.</summary>
    /// <exception cref="UsageException">The task is unknown.</exception>
    public TableTask Task(ParseResult result) => result.GetValue(task) is { } text ? OptionNames.Parse<TableTask>("--task", text) : TableTask.Auto;

    /// <summary>The request with the options of the table.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="request">The data and its splits.</param>
    /// <param name="scaleTargets">Whether real targets may be standardised.</param>
    /// <exception cref="UsageException">The data is not a table, or an option is not valid.</exception>
    public DataRequest Apply(ParseResult result, DataRequest request, bool scaleTargets = true)
    {
        if (!TableFile.IsTable(request.Source))
        {
            Option? given = Options.Where(option => option != task).FirstOrDefault(option => result.GetResult(option) is { Implicit: false });
            return given is null ? request : throw new UsageException($"{given.Name} applies to tables (.csv or .tsv files), and {request.Source} is not a table. Omit it.");
        }

        return request with
        {
            Table = new TableOptions
            {
                Targets = Columns("--target", result.GetValue(target)),
                Ignore = Columns("--ignore", result.GetValue(ignore)),
                WeightsColumn = result.GetValue(weights),
                Kinds = Kinds(result.GetValue(kinds)),
                Scaling = result.GetValue(scaling) is { } name ? OptionNames.Parse<ColumnScaling>("--scaling", name) : ColumnScaling.Standard,
                HasHeader = result.GetValue(header) switch
                {
                    null or "auto" => null,
                    "yes" => true,
                    "no" => false,
                    var text => throw new UsageException($"--header {text}: expected auto, yes or no."),
                },
                DecimalComma = result.GetValue(decimalComma),
                Task = Task(result),
                ScaleTargets = scaleTargets,
            },
        };
    }

    private static string[] Columns(string option, string? text)
    {
        string[] columns = text?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        return columns.Contains("") ? throw new UsageException($"{option} {text}: expected names or 0-based indices of columns, separated by commas.") : columns;
    }

    private static Dictionary<string, ColumnKind> Kinds(string? text)
    {
        var kinds = new Dictionary<string, ColumnKind>();
        foreach (string part in Columns("--kinds", text))
        {
            int equals = part.LastIndexOf('=');
            if (equals < 1)
            {
                throw new UsageException($"--kinds {part}: expected COLUMN=KIND, such as zip=categorical.");
            }

            kinds[part[..equals]] = OptionNames.Parse<ColumnKind>("--kinds", part[(equals + 1)..]);
        }

        return kinds;
    }
}
