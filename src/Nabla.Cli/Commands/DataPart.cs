using System.CommandLine;
using Nabla.Cli.Output;
using Nabla.Data;
using Nabla.Data.Tables;

namespace Nabla.Cli.Commands;

/// <summary>The part of a data set that a command looks at.</summary>
internal static class DataPart
{
    public static Option<string?> CreateOption() =>
        new("--part") { Description = "train, validation or test (test, or all samples where there is no test part)", HelpName = "train|validation|test" };

    /// <summary>Opens a part of the data.</summary>
    /// <param name="request">The data and its splits.</param>
    /// <param name="part">The name of the part, or null for the test part (all, where there is none).</param>
    /// <param name="columns">The columns that a model knows, or null.</param>
    /// <exception cref="UsageException">There is no such part.</exception>
    public static (Dataset Data, string Part) Open(DataRequest request, string? part, TableSchema? columns = null)
    {
        if (part is not (null or "train" or "validation" or "test"))
        {
            throw new UsageException($"--part {part}: expected train, validation or test.");
        }

        DataSplit split = Divide(request);
        return part switch
        {
            "train" => (split.Train, part),
            "validation" => (split.Validation ?? throw Missing(request, part), part),
            "test" => (split.Test ?? throw Missing(request, part), part),
            _ => split.Test is { } test ? (test, "test") : (Divide(request with { Validation = SplitSize.None, Limit = null }).Train, "all"),
        };

        DataSplit Divide(DataRequest parts) => columns is null ? DataSource.Open(parts) : DataSource.Open(parts, columns);
    }

    private static UsageException Missing(DataRequest request, string part) =>
        new($"{request.Source} has no {part} part with these options. Pass --part train, or give --{part} a share such as 0.1.");
}
