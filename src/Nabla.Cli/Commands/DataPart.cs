using System.CommandLine;
using Nabla.Cli.Failures;

namespace Nabla.Cli.Commands;

/// <summary>The part of a data set that a command uses.</summary>
internal static class DataPart
{
    public static Option<string?> CreateOption() =>
        new("--part") { Description = "train, validation or test (test, or all samples if there is no test part)", HelpName = "train|validation|test" };

    /// <summary>Opens a part of the data.</summary>
    /// <param name="request">The data and its splits.</param>
    /// <param name="part">The name of the part, or null for the test part (all samples if there is none).</param>
    /// <param name="model">The model that is applied to it, or null.</param>
    /// <param name="reading">Receives the share of a table or of a folder of images that is read, or null.</param>
    /// <exception cref="UsageException">The data has no such part.</exception>
    public static (Dataset Data, string Part) Open(DataRequest request, string? part, Model? model = null, IProgress<double>? reading = null)
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
            _ when split.Test is { } test => (test, "test"),
            _ when split.Validation is null && request.Limit is null => (split.Train, "all"),
            _ => (Divide(request with { Validation = SplitSize.None, Limit = null }).Train, "all"),
        };

        DataSplit Divide(DataRequest parts) => model?.Columns is { } columns ? DataSource.Open(parts, columns, reading)
            : model?.Image is { } image ? DataSource.Open(parts, image, model.Classes, reading)
            : DataSource.Open(parts, reading);
    }

    private static UsageException Missing(DataRequest request, string part) =>
        new($"{request.Source} has no {part} part with these options. Pass --part train, or set --{part} to a share such as 0.1.");
}
