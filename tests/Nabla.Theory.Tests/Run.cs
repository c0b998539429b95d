using Nabla.Theory.Contents;

namespace Nabla.Theory.Tests;

/// <summary>Runs all checks once and shares the results between the tests.</summary>
internal static class Run
{
    private static readonly Lazy<IReadOnlyList<CheckResult>> All = new(() => [.. Catalog.Checks.AsParallel().AsOrdered().Select(CheckResult.Of)]);

    public static IReadOnlyList<CheckResult> Results => All.Value;

    /// <summary>The root of the repository: the nearest folder above the test program with Nabla.slnx.</summary>
    public static string Root
    {
        get
        {
            string? folder = AppContext.BaseDirectory;
            while (folder is not null && !File.Exists(Path.Combine(folder, "Nabla.slnx")))
            {
                folder = Path.GetDirectoryName(folder);
            }

            return folder ?? throw new InvalidOperationException($"The tests must run inside the repository: no folder above {AppContext.BaseDirectory} contains Nabla.slnx.");
        }
    }
}
