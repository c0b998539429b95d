namespace Nabla.Bench.Comparison;

/// <summary>A figure of a workload that the sides are compared by.</summary>
/// <param name="Key">Its name in the lines of JSON.</param>
/// <param name="Title">What it is, with its unit.</param>
/// <param name="HigherIsBetter">Speeds; otherwise times.</param>
/// <param name="Goal">The ratio to the best peer that Nabla shall reach, or null.</param>
/// <param name="Companions">Figures that stand beside it: key, title, format.</param>
internal sealed record Metric(string Key, string Title, bool HigherIsBetter, double? Goal, params (string Key, string Title, string Format)[] Companions);

/// <summary>What is run: the same by every side.</summary>
/// <param name="Id">W1 to W7, GEMM.</param>
/// <param name="Title">What it is.</param>
/// <param name="Metrics">What is compared.</param>
internal sealed record Workload(string Id, string Title, params Metric[] Metrics)
{
    /// <summary>The machine's own two ceilings, measured among the other runs.</summary>
    public const string Peak = "PEAK";

    private static readonly (string, string, string) Accuracy = ("test_accuracy", "test accuracy", "0.0%");
    private static readonly (string, string, string) Memory = ("peak_memory_mb", "peak memory, MB", "0");

    /// <summary>The fraction of the roofline that Nabla shall reach, or null.</summary>
    public double? RooflineGoal { get; init; }

    /// <summary>The ratio to network2 that Nabla shall reach, or null.</summary>
    public double? Network2Goal { get; init; }

    /// <summary>Whether the time from the start of the process to its end is what counts.</summary>
    public bool IsWholeProcess { get; init; }

    /// <summary>Whether one and two threads are results of their own; otherwise each side is taken at its better setting.</summary>
    public bool KeepsThreadsApart { get; init; }

    public static IReadOnlyList<Workload> All { get; } =
    [
        new("GEMM", "Product of square float matrices",
            new Metric("gflops_1024", "1024³, GFLOP/s", true, null), new Metric("gflops_2048", "2048³, GFLOP/s", true, null))
        { KeepsThreadsApart = true, RooflineGoal = 0.92 },
        new("W1", "Training 784-30-10: sigmoid, cross-entropy, L2, SGD, mini-batches of 10", new Metric("samples_per_s", "samples/s", true, 4, Accuracy)) { Network2Goal = 50 },
        new("W2", "Training 784-100-10: sigmoid, cross-entropy, L2, SGD, mini-batches of 10", new Metric("samples_per_s", "samples/s", true, 4, Accuracy)),
        new("W3", "Training 784-512-512-10: ReLU, softmax, momentum, mini-batches of 128", new Metric("samples_per_s", "samples/s", true, 1.7, Accuracy)) { RooflineGoal = 0.80 },
        new("W4", "Training 784-2048-2048-10: ReLU, softmax, Adam, mini-batches of 256", new Metric("samples_per_s", "samples/s", true, 1.7, Accuracy)) { RooflineGoal = 0.85 },
        new("W5", "Prediction with W3's network",
            new Metric("one_us", "one sample, µs (median)", false, 1.25, ("one_p99_us", "99th percentile, µs", "0.0"), Accuracy),
            new Metric("batch_samples_per_s", "batch of 1024, samples/s", true, 1.05, Accuracy)),
        new("W6", "From a table of 200,000 rows and 30 columns (CSV) to a trained 30-64-64-2, Adam, 5 epochs: the whole process",
            new Metric("wall_s", "seconds", false, 3, Accuracy, Memory)) { IsWholeProcess = true },
        new("W7", "Cold start: load W3's model, predict one sample: the whole process",
            new Metric("wall_s", "seconds", false, null, Memory, ("label", "the answer", "0"))) { IsWholeProcess = true },
    ];
}
