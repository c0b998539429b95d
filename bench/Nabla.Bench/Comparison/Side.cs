using Nabla.Bench.Workloads;

namespace Nabla.Bench.Comparison;

/// <summary>Who is compared: Nabla, or a peer.</summary>
/// <param name="Id">Short name.</param>
/// <param name="Title">Name in the tables.</param>
/// <param name="Install">How to get it on Debian; empty for Nabla.</param>
/// <param name="Workloads">What it can run.</param>
internal sealed record Side(string Id, string Title, string Install, params string[] Workloads)
{
    public static Side Nabla { get; } = new("nabla", "Nabla", "", [.. Workload.All.Select(workload => workload.Id)]);

    /// <summary>Nabla on images without a pixel of 0: its products leave zeros out, and this is what it does where there are none.</summary>
    public static Side NablaWithoutZeros { get; } = new("nabla-no-zeros", "Nabla, no pixel 0", "", "W1", "W2", "W3", "W4", "W5");

    /// <summary>
    /// The program of the .NET runtime, as <c>dotnet publish</c> makes it. Nabla itself stands in the tables with the program that
    /// <c>./nabla</c> builds: compiled ahead of time where a linker is found.
    /// </summary>
    public static Side NablaOnTheRuntime { get; } = new("nabla-runtime", "Nabla, on the .NET runtime", "", "W7");

    public static Side Network2 { get; } = new("network2", "network2", "apt-get install python3-numpy libopenblas0-pthread", "W1", "W2");

    public static IReadOnlyList<Side> Peers { get; } =
    [
        new("numpy", "NumPy", "apt-get install python3-numpy libopenblas0-pthread", "GEMM", "W1", "W2", "W3", "W4"),
        new("sklearn", "scikit-learn", "apt-get install python3-sklearn python3-pandas libopenblas0-pthread", "W1", "W2", "W3", "W4", "W5", "W6", "W7"),
        new("torch", "PyTorch", "apt-get install python3-torch python3-pandas libopenblas0-pthread", "GEMM", "W1", "W2", "W3", "W4", "W5", "W6", "W7"),
        new("onnxruntime", "ONNX Runtime", "npm install --prefix artifacts/bench --ignore-scripts onnxruntime-node", "W5", "W7"),
        Network2,
    ];

    public bool IsNabla => Id == Nabla.Id;

    public bool IsPeer => Install.Length > 0;

    /// <summary>The command that runs a workload, or another task of a peer (<c>version</c>, <c>prepare</c>). The seed decides all that a side draws at random.</summary>
    public IReadOnlyList<string> Command(string task, int threads, Surroundings surroundings, int seed = 0)
    {
        string[] options = ["--threads", $"{threads}", "--data", surroundings.Data, "--work", surroundings.Work, "--seed", $"{seed}", .. Epochs(task, surroundings)];
        return Id switch
        {
            "nabla" when task == "W6" => [surroundings.Program, "train", surroundings.InWork("table.csv"), .. TableTraining(surroundings), "--threads", $"{threads}", "--seed", $"{seed}", "--run", surroundings.FreshRun(), "--json", "--quiet"],
            "nabla" when task == "W7" => [surroundings.Program, .. ColdStart(surroundings)],
            "nabla-runtime" => [surroundings.RuntimeProgram, .. ColdStart(surroundings)],
            "nabla" => [Environment.ProcessPath!, "workload", task, .. options],
            "nabla-no-zeros" => [Environment.ProcessPath!, "workload", task, "--no-zeros", .. options],
            "onnxruntime" => [surroundings.Node, surroundings.Peer("peer_onnxruntime.cjs"), task, .. options],
            _ => [surroundings.Python, surroundings.Peer($"peer_{Id}.py"), task, .. options],
        };
    }

    private static string[] ColdStart(Surroundings surroundings) =>
        ["predict", surroundings.InWork("w3/model.safetensors"), surroundings.InWork("sample.csv"), "--json"];

    private static string[] Epochs(string task, Surroundings surroundings) =>
        surroundings.Epochs is { } epochs && surroundings.Settings.Networks.ContainsKey(task) ? ["--epochs", $"{epochs}"] : [];

    private static IEnumerable<string> TableTraining(Surroundings surroundings)
    {
        NetworkSetting setting = surroundings.Settings.Networks["W6"];
        return setting.CommandLine(surroundings.Epochs ?? setting.Epochs).Concat(["--test", $"{surroundings.Settings.TableTest}", "--validation", "0"]);
    }
}
