using System.CommandLine;
using Nabla.Cli.Output;
using Nabla.Data;

namespace Nabla.Cli.Commands;

/// <summary>The part of a data set that a command looks at.</summary>
internal static class DataPart
{
    /// <summary>The name of all samples together.</summary>
    public const string Whole = "all";

    public static Option<string?> CreateOption() =>
        new("--part") { Description = "train, validation, test or all [default: test, or all where there is no test part]" };

    /// <summary>Opens a part of the data.</summary>
    /// <param name="request">The data and its splits.</param>
    /// <param name="part">The name of the part, or null for the test part (all, where there is none).</param>
    /// <exception cref="UsageException">There is no such part.</exception>
    public static (Dataset Data, string Part) Open(DataRequest request, string? part)
    {
        if (part is not (null or "train" or "validation" or "test" or Whole))
        {
            throw new UsageException($"--part {part}: expected train, validation, test or {Whole}.");
        }

        DataSplit split = DataSource.Open(part == Whole ? Undivided(request) : request);
        return part switch
        {
            "train" => (split.Train, part),
            "validation" => (split.Validation ?? throw Missing(request, part), part),
            "test" => (split.Test ?? throw Missing(request, part), part),
            Whole => (split.Train, Whole),
            _ => split.Test is { } test ? (test, "test") : (DataSource.Open(Undivided(request)).Train, Whole),
        };
    }

    private static DataRequest Undivided(DataRequest request) => request with { Validation = SplitSize.None, Test = SplitSize.None, Limit = null };

    private static UsageException Missing(DataRequest request, string part) =>
        new($"{request.Source} has no {part} part with these options. Pass --part train or --part {Whole}, or give --{part} a share such as 0.1.");
}
