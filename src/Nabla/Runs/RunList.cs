namespace Nabla.Runs;

/// <summary>A run in a list.</summary>
/// <param name="Name">The name of its folder.</param>
/// <param name="FolderPath">Its folder.</param>
/// <param name="Options">Its options, or null if they cannot be read.</param>
/// <param name="Metrics">Its epochs so far.</param>
/// <param name="Problem">Why it cannot be read completely, or null.</param>
public sealed record RunSummary(string Name, string FolderPath, RunOptions? Options, IReadOnlyList<EpochMetrics> Metrics, string? Problem)
{
    /// <summary>Completed epochs.</summary>
    public int Epochs => Metrics.Count > 0 ? Metrics[^1].Epoch : 0;

    /// <summary>Whether the run ended by itself and was not killed or interrupted.</summary>
    public bool IsFinished => Options?.Outcome is { StoppedBy: not StopReason.Interrupt };

    /// <summary>The best accuracy on the validation set, or null.</summary>
    public double? BestValidationAccuracy => Metrics.Max(epoch => epoch.ValidationAccuracy);

    /// <summary>The smallest cost on the validation set, or null.</summary>
    public double? BestValidationCost => Metrics.Min(epoch => epoch.ValidationCost);

    /// <summary>The smallest root mean squared error on the validation set (regression), or null.</summary>
    public double? BestValidationRmse => Metrics.Min(epoch => epoch.ValidationRmse);
}

/// <summary>The runs in a folder.</summary>
public static class RunList
{
    /// <summary>All runs in the folder, by name. A damaged run is listed with its problem.</summary>
    /// <param name="root">The folder of all runs.</param>
    /// <returns>The runs; none if there is no such folder.</returns>
    public static IReadOnlyList<RunSummary> Read(string root = "runs")
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        return Directory.Exists(root)
            ? [.. Directory.EnumerateDirectories(root)
                .Where(path => File.Exists(Path.Combine(path, "run.json")))
                .Order(StringComparer.Ordinal)
                .Select(ReadOne)]
            : [];
    }

    /// <summary>All runs of the user on this machine, wherever their folders are, by path. A damaged run is listed with its problem.</summary>
    /// <remarks>Every run is registered in the user's data folder when it begins (<c>$NABLA_HOME/runs</c>). Runs whose folders are gone are left out and forgotten.</remarks>
    public static IReadOnlyList<RunSummary> ReadRegistered() =>
        [.. RunRegistry.List().Where(path => File.Exists(Path.Combine(path, "run.json"))).Select(ReadOne)];

    /// <summary>One run.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">The folder does not hold a run.</exception>
    public static RunSummary ReadOne(string path)
    {
        RunFolder folder = RunFolder.Open(path);
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        RunOptions? options = null;
        IReadOnlyList<EpochMetrics> metrics = [];
        string? problem = null;
        try
        {
            options = folder.LoadOptions();
            metrics = folder.LoadMetrics();
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            problem = e.Message;
        }

        return new RunSummary(name, path, options, metrics, problem);
    }
}
