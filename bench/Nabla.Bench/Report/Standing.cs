using Nabla.Bench.Comparison;

namespace Nabla.Bench.Report;

/// <summary>Where a side stands by one figure: the median over the rounds, at one number of threads.</summary>
/// <param name="Side">Who.</param>
/// <param name="Threads">With how many threads.</param>
/// <param name="Value">The median.</param>
/// <param name="Least">The least over the rounds.</param>
/// <param name="Most">The most over the rounds.</param>
/// <param name="Companions">The medians of the figures beside it, NaN where the side has none.</param>
/// <param name="Failure">Why there is no figure, or null.</param>
internal sealed record Standing(Side Side, int Threads, double Value, double Least, double Most, IReadOnlyList<double> Companions, string? Failure)
{
    /// <summary>Every side at its better setting, or at each setting where these are results of their own; the best first, those without a figure last.</summary>
    public static IReadOnlyList<Standing> Of(IReadOnlyList<Measurement> measurements, IEnumerable<Side> sides, Workload workload, Metric metric)
    {
        var standings = new List<Standing>();
        foreach (Side side in sides)
        {
            Measurement[] own = [.. measurements.Where(m => m.Workload == workload.Id && m.Side == side.Id)];
            Measurement[][] settings = [.. own.Where(m => m.Values.ContainsKey(metric.Key)).GroupBy(m => m.Threads).Select(group => group.ToArray())];
            if (settings.Length == 0)
            {
                if (own.Length > 0)
                {
                    standings.Add(new Standing(side, 0, double.NaN, double.NaN, double.NaN, [], own[^1].Failure ?? $"no figure {metric.Key}"));
                }

                continue;
            }

            // A setting that was worse in the first round has one run only; it is not taken up again.
            int runs = settings.Max(setting => setting.Length);
            Standing[] possible = [.. settings.Where(setting => setting.Length == runs || workload.KeepsThreadsApart).Select(setting => OfSetting(side, setting, metric))];
            standings.AddRange(workload.KeepsThreadsApart ? possible : [metric.HigherIsBetter ? possible.MaxBy(s => s.Value)! : possible.MinBy(s => s.Value)!]);
        }

        return [.. standings.OrderBy(s => s.Failure is not null).ThenBy(s => workload.KeepsThreadsApart ? s.Threads : 0).ThenBy(s => metric.HigherIsBetter ? -s.Value : s.Value)];
    }

    /// <summary>How many times better this standing is than another one.</summary>
    public double RatioTo(Standing other, Metric metric) => metric.HigherIsBetter ? Value / other.Value : other.Value / Value;

    private static Standing OfSetting(Side side, Measurement[] setting, Metric metric)
    {
        double[] values = [.. setting.Select(m => m.Values[metric.Key])];
        double[] companions = [.. metric.Companions.Select(c => Measurement.Median(setting.Where(m => m.Values.ContainsKey(c.Key)).Select(m => m.Values[c.Key])))];
        return new Standing(side, setting[0].Threads, Measurement.Median(values), values.Min(), values.Max(), companions, null);
    }
}
