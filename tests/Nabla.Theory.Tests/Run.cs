using Nabla.Theory.Contents;

namespace Nabla.Theory.Tests;

/// <summary>One run of all checks, which the tests share.</summary>
internal static class Run
{
    private static readonly Lazy<IReadOnlyList<CheckResult>> All = new(() => [.. Catalog.Checks.AsParallel().AsOrdered().Select(CheckResult.Of)]);

    public static IReadOnlyList<CheckResult> Results => All.Value;

    /// <summary>The root of the repository: the folder above the test program that holds the solution.</summary>
    public static string Root
    {
        get
        {
            string? folder = AppContext.BaseDirectory;
            while (folder is not null && !File.Exists(Path.Combine(folder, "Nabla.slnx")))
            {
                folder = Path.GetDirectoryName(folder);
            }

            return folder ?? throw new InvalidOperationException("The tests must run inside the repository: no Nabla.slnx above them.");
        }
    }
}
