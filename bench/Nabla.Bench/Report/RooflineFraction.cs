using Nabla.Bench.Comparison;
using Nabla.Bench.Workloads;

namespace Nabla.Bench.Report;

/// <summary>How much of what the machine could do a figure is.</summary>
internal static class RooflineFraction
{
    /// <summary>The fraction, or NaN where a workload has no roofline (whole processes).</summary>
    public static double Of(Workload workload, Metric metric, Standing standing, BenchmarkSettings settings, Ceilings ceilings)
    {
        NetworkSetting prediction = settings.Networks["W3"];
        return workload.Id switch
        {
            "GEMM" => standing.Value / ceilings.Fma(standing.Threads),
            "W5" => metric.HigherIsBetter ? standing.Value / ceilings.Roofline.PredictionRate(prediction) : ceilings.Roofline.PredictionMicroseconds(prediction) / standing.Value,
            _ when workload.IsWholeProcess => double.NaN,
            _ => standing.Value / ceilings.Roofline.TrainingRate(settings.Networks[workload.Id]),
        };
    }
}
