using BenchmarkDotNet.Attributes;
using Nabla.Network.Activations;
using Nabla.Network.Registries;

namespace Nabla.Bench.Kernels;

/// <summary>Activations of a layer of 512 units over a mini-batch of 128: alone, as in prediction, and with f′, as in training.</summary>
[MemoryDiagnoser]
public class ActivationBenchmarks
{
    private const int Count = 128 * 512;

    private readonly float[] weightedInputs = KernelData.Normal(Count, 1);
    private readonly float[] values = new float[Count];
    private readonly float[] derivatives = new float[Count];
    private ActivationFunction<float> function = Nabla.Activation.Linear.CreateFunction<float>();

    [Params("sigmoid", "tanh", "relu", "leaky-relu", "gelu", "softplus", "elu", "silu")]
    public string Activation { get; set; } = "";

    [GlobalSetup]
    public void Setup() => function = NetworkChoices.BuiltIn.Activations.Parse(Activation).CreateFunction<float>();

    /// <summary>The functions work in place, so each call starts from a copy; this line is what the copy costs.</summary>
    [Benchmark(Baseline = true, Description = "copy")]
    public void Copy() => weightedInputs.CopyTo(values, 0);

    [Benchmark(Description = "a = f(z)")]
    public void Value()
    {
        weightedInputs.CopyTo(values, 0);
        function.Apply(values, 0, Count);
    }

    [Benchmark(Description = "a = f(z), f′(z)")]
    public void ValueAndDerivative()
    {
        weightedInputs.CopyTo(values, 0);
        function.ApplyWithDerivative(values, derivatives, 0, Count);
    }
}
