using Nabla.Bench.Workloads;

namespace Nabla.Bench.Comparison;

/// <summary>Where everything lies that a comparison needs.</summary>
internal sealed record Surroundings
{
    /// <summary>The root of the repository.</summary>
    public required string Root { get; init; }

    /// <summary>The folder that has <c>mnist/</c> in it.</summary>
    public required string Data { get; init; }

    public required string Python { get; init; }

    public required string Node { get; init; }

    /// <summary>Epochs in place of those of the settings, or null.</summary>
    public int? Epochs { get; init; }

    public BenchmarkSettings Settings { get; } = BenchmarkSettings.Load();

    /// <summary>The folder of everything that a comparison makes: table, model, prepared files, lines of JSON.</summary>
    public string Work => Path.Combine(Root, "artifacts", "bench");

    /// <summary>The published program, as <c>./nabla</c> builds it.</summary>
    public string Program => Path.Combine(Root, "artifacts", "nabla", OperatingSystem.IsWindows() ? "nabla.exe" : "nabla");

    /// <summary>The program for the .NET runtime, which <c>bench/run</c> publishes.</summary>
    public string RuntimeProgram => Path.Combine(Work, "nabla-runtime", OperatingSystem.IsWindows() ? "nabla.exe" : "nabla");

    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["NABLA_DATA"] = Data,
        ["NODE_PATH"] = string.Join(Path.PathSeparator, new[] { Path.Combine(Work, "node_modules"), System.Environment.GetEnvironmentVariable("NODE_PATH") }.Where(path => !string.IsNullOrEmpty(path))),
    };

    public string InWork(string name) => Path.Combine(Work, name);

    public string Peer(string name) => Path.Combine(Root, "bench", "peers", name);

    /// <summary>A message without the places of this machine: the page is for everyone.</summary>
    public string WithoutPlaces(string message) => message
        .Replace(Root + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)
        .Replace(Data + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);

    /// <summary>The folder of a run, not there yet.</summary>
    public string FreshRun()
    {
        string folder = InWork("w6-run");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        return folder;
    }
}
