using BenchmarkDotNet.Attributes;
using Nabla.Training.Registries;
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
    private UpdateFunction<float> rule = UpdateRule.Sgd.CreateFunction<float>();
    private long step;

    [Params("sgd", "momentum", "nesterov", "rmsprop", "adam", "adamw", "nadam", "lion")]
    public string Rule { get; set; } = "";

    [Params(23_860, 4_196_352)]
    public int Parameters { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        UpdateRule chosen = TrainingChoices.BuiltIn.UpdateRules.Parse(Rule);
        int moments = chosen.Moments;
        weights = KernelData.Normal(Parameters, 1);
        gradient = KernelData.Normal(Parameters, 2);
        first = new float[moments > 0 ? Parameters : 0];
        second = new float[moments > 1 ? Parameters : 0];
        rule = chosen.CreateFunction<float>();
        step = 0;
    }

    /// <summary>A learning rate so small that the parameters stay what they are over millions of updates.</summary>
    [Benchmark]
    public void Update() =>
        rule.Apply(new UpdateStep(1e-12, 0.1, 0, 1e-4, ++step), weights, gradient, first, second);
}
