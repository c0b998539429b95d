using Nabla.Bench.Comparison;

namespace Nabla.Bench.Report;

/// <summary>The machine's ceilings as measured among the runs: medians for each number of threads.</summary>
internal sealed class Ceilings(IReadOnlyList<Measurement> measurements)
{
    private readonly Measurement[] peaks = [.. measurements.Where(m => m.Workload == Workload.Peak && m.Failure is null)];

    /// <summary>The numbers of threads that were measured, rising.</summary>
    public IEnumerable<int> Threads => peaks.Select(m => m.Threads).Distinct().Order();

    /// <summary>Fused multiply-adds, GFLOP/s.</summary>
    public double Fma(int threads) => Of("fma_gflops", threads);

    /// <summary>Reading memory, GB/s.</summary>
    public double Read(int threads) => Of("read_gb_per_s", threads);

    /// <summary>From one core to another, ns: lowest, median, highest.</summary>
    public (double Lowest, double Median, double Highest) HandOver
    {
        get
        {
            double[] all = [.. peaks.Select(m => m.Values["hand_over_ns"])];
            return (all.Min(), Measurement.Median(all), all.Max());
        }
    }

    /// <summary>The roofline of the whole machine: every thread that was measured.</summary>
    public Roofline Roofline => new(Fma(Threads.Max()), Read(Threads.Max()));

    private double Of(string key, int threads) => Measurement.Median(peaks.Where(m => m.Threads == threads).Select(m => m.Values[key]));
}
