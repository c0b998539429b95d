using System.Text.Json;
using Nabla.Network.Registries;
using Nabla.Training.Registries;

namespace Nabla.Bench.Workloads;

/// <summary>A network and how it is trained, as <c>workloads.json</c> defines it for Nabla and the peers.</summary>
internal sealed record NetworkSetting
{
    public required int Inputs { get; init; }

    public required IReadOnlyList<int> Hidden { get; init; }

    public required int Outputs { get; init; }

    public required string Activation { get; init; }

    public required int Batch { get; init; }

    public required string Optimizer { get; init; }

    public required double LearningRate { get; init; }

    /// <summary>λ of λ/(2n)·Σw².</summary>
    public required double L2 { get; init; }

    public required int Epochs { get; init; }

    /// <summary>The sizes of all layers, the inputs included.</summary>
    public IReadOnlyList<int> Sizes => [Inputs, .. Hidden, Outputs];

    /// <summary>Weights and biases of all layers.</summary>
    public long ParameterCount => Sizes.Zip(Sizes.Skip(1), (inputs, units) => (inputs + 1L) * units).Sum();

    /// <summary>Sigmoid networks are those of the book: sigmoid throughout, cross-entropy. The others end in a softmax.</summary>
    private bool IsSigmoid => Activation == "sigmoid";

    /// <summary>The network.</summary>
    public NetworkOptions Network() => IsSigmoid
        ? NetworkOptions.FeedForward(Inputs, Hidden, Outputs, Nabla.Activation.Sigmoid, Nabla.Activation.Sigmoid, Cost.CrossEntropy)
        : NetworkOptions.FeedForward(Inputs, Hidden, Outputs, NetworkChoices.BuiltIn.Activations.Parse(Activation), Nabla.Activation.Softmax, Cost.LogLikelihood);

    /// <summary>How it is trained.</summary>
    public TrainingOptions Training(int epochs, int threads, ulong seed) => new()
    {
        Epochs = epochs,
        BatchSize = Batch,
        LearningRate = LearningRate,
        L2 = L2,
        Optimizer = TrainingChoices.BuiltIn.UpdateRules.Parse(Optimizer),
        Initializer = IsSigmoid ? Initializer.Scaled : Initializer.He,
        Threads = threads,
        Seed = seed,
    };

    /// <summary>The same as options of <c>nabla train</c>.</summary>
    public IReadOnlyList<string> CommandLine(int epochs) => FormattableString.Invariant(
        $"--preset plain --hidden {string.Join(',', Hidden)} --activation {Activation} --init {(IsSigmoid ? "scaled" : "he")} --batch {Batch} --lr {LearningRate} --optimizer {Optimizer} --l2 {L2} --epochs {epochs}").Split(' ');
}

/// <summary>The settings that Nabla and the peers share: <c>bench/workloads.json</c>.</summary>
internal sealed record BenchmarkSettings
{
    private static readonly JsonSerializerOptions Names = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The networks by workload.</summary>
    public required IReadOnlyDictionary<string, NetworkSetting> Networks { get; init; }

    /// <summary>Rows of the table of W6.</summary>
    public required int TableRows { get; init; }

    /// <summary>How many of them are the test part.</summary>
    public required int TableTest { get; init; }

    /// <summary>Samples that W5 predicts together.</summary>
    public required int PredictionBatch { get; init; }

    /// <summary>Reads the copy beside the program.</summary>
    public static BenchmarkSettings Load()
    {
        using FileStream file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "workloads.json"));
        return JsonSerializer.Deserialize<BenchmarkSettings>(file, Names)!;
    }
}
