using BenchmarkDotNet.Attributes;
using Nabla.Training.UpdateRules;

namespace Nabla.Bench.Kernels;

/// <summary>One update of all parameters: as many as W1 has, where they stay in the cache, and as many as W4's largest layer, where memory rules.</summary>
[MemoryDiagnoser]
public class UpdateRuleBenchmarks
{
    private float[] weights = [];
    private float[] gradient = [];
    private float[] first = [];
    private float[] second = [];
    private OptimizerOptions options = new();
    private long step;

    [Params(OptimizerKind.Sgd, OptimizerKind.Momentum, OptimizerKind.Nesterov, OptimizerKind.RmsProp, OptimizerKind.Adam, OptimizerKind.AdamW)]
    public OptimizerKind Rule { get; set; }

    [Params(23_860, 4_196_352)]
    public int Parameters { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        int moments = UpdateRule.MomentCount(Rule);
        weights = KernelData.Normal(Parameters, 1);
        gradient = KernelData.Normal(Parameters, 2);
        first = new float[moments > 0 ? Parameters : 0];
        second = new float[moments > 1 ? Parameters : 0];
        options = new OptimizerOptions { Kind = Rule };
        step = 0;
    }

    /// <summary>A learning rate so small that the parameters stay what they are over millions of updates.</summary>
    [Benchmark]
    public void Update() =>
        UpdateRule.Apply<float>(options, new UpdateStep(1e-12, 0.1, 0, 1e-4, ++step), weights, gradient, first, second);
}
