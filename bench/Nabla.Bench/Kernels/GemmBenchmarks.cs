using System.Diagnostics.CodeAnalysis;
using BenchmarkDotNet.Attributes;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Products;
using Nabla.Numerics.Threads;

namespace Nabla.Bench.Kernels;

/// <summary>The three products of a layer in training: A·W forward, Aᵀ·δ for the weights' gradient, δ·Wᵀ for the δ before it.</summary>
[MemoryDiagnoser]
[SuppressMessage("Design", "CA1001", Justification = "BenchmarkDotNet calls the cleanup.")]
public class GemmBenchmarks
{
    private WorkerTeam team = null!;
    private Matrix<float> samples;
    private Matrix<float> weights;
    private Matrix<float> delta;
    private Matrix<float> outputs;
    private Matrix<float> gradient;
    private Matrix<float> before;

    /// <summary>Mini-batch × inputs × units, as they stand in W1, W2, W3 and W4.</summary>
    [Params("10×784×30", "10×784×100", "128×784×512", "128×512×512", "128×512×10", "256×2048×2048")]
    public string Layer { get; set; } = "";

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        int[] sizes = [.. Layer.Split('×').Select(int.Parse)];
        team = new WorkerTeam(Threads);
        samples = KernelData.Matrix(sizes[0], sizes[1], 1);
        weights = KernelData.Matrix(sizes[1], sizes[2], 2);
        delta = KernelData.Matrix(sizes[0], sizes[2], 3);
        outputs = new Matrix<float>(sizes[0], sizes[2]);
        gradient = new Matrix<float>(sizes[1], sizes[2]);
        before = new Matrix<float>(sizes[0], sizes[1]);
    }

    [GlobalCleanup]
    public void Cleanup() => team.Dispose();

    [Benchmark(Description = "A·W")]
    public void Forward() => Gemm.Multiply(team, samples, weights, outputs);

    [Benchmark(Description = "Aᵀ·δ")]
    public void Gradient() => Gemm.MultiplyTransposedLeft(team, samples, delta, gradient);

    [Benchmark(Description = "δ·Wᵀ")]
    public void Backward() => Gemm.MultiplyTransposedRight(team, delta, weights, before);
}
