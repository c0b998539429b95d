using BenchmarkDotNet.Attributes;
using Nabla.Network.Activations;

namespace Nabla.Bench.Kernels;

/// <summary>Activations of a layer of 512 units over a mini-batch of 128: alone, as in prediction, and with f′, as in training.</summary>
[MemoryDiagnoser]
public class ActivationBenchmarks
{
    private const int Count = 128 * 512;

    private readonly float[] weightedInputs = KernelData.Normal(Count, 1);
    private readonly float[] values = new float[Count];
    private readonly float[] derivatives = new float[Count];

    [Params(Activation.Sigmoid, Activation.Tanh, Activation.Relu, Activation.LeakyRelu, Activation.Gelu, Activation.Softplus)]
    public Activation Activation { get; set; }

    /// <summary>The functions work in place, so each call starts from a copy; this line is what the copy costs.</summary>
    [Benchmark(Baseline = true, Description = "copy")]
    public void Copy() => weightedInputs.CopyTo(values, 0);

    [Benchmark(Description = "a = f(z)")]
    public void Value()
    {
        weightedInputs.CopyTo(values, 0);
        ActivationFunctions.Apply<float>(Activation, values);
    }

    [Benchmark(Description = "a = f(z), f′(z)")]
    public void ValueAndDerivative()
    {
        weightedInputs.CopyTo(values, 0);
        ActivationFunctions.ApplyWithDerivative<float>(Activation, values, derivatives);
    }
}
