using System.Text.Json;

namespace Nabla.Bench.Comparison;

/// <summary>Runs the sides in turns, a process for each measurement, so that a slow minute of the machine falls on all of them.</summary>
internal sealed class InterleavedRuns(IReadOnlyList<Side> sides, int threads, int rounds, Surroundings surroundings)
{
    /// <summary>A setting that has this share of the better one's speed in the first round may be the better one in the others.</summary>
    private const double NearlyBest = 0.75;

    private readonly List<Measurement> measurements = [];

    /// <summary>All that was measured, the machine's ceilings among it.</summary>
    public IReadOnlyList<Measurement> Run(IReadOnlyList<Workload> workloads)
    {
        using var log = new StreamWriter(surroundings.InWork("measurements.jsonl"));
        foreach (Workload workload in workloads)
        {
            // Both settings of a side run in the first round; those that were best by some figure go on, and those that were nearly.
            (Side Side, int Threads)[] settings = [.. sides.Where(side => side.Workloads.Contains(workload.Id)).SelectMany(side => ThreadsOf(side, workload).Select(count => (side, count)))];
            for (int round = 0; round < rounds; round++)
            {
                foreach (int count in Counts())
                {
                    Add(log, Run(Side.Nabla, Workload.Peak, false, count, round));
                }

                foreach ((Side side, int count) in settings)
                {
                    Add(log, Run(side, workload.Id, workload.IsWholeProcess, count, round, watchMemory: workload.IsWholeProcess && round == 0));
                }

                if (round == 0 && !workload.KeepsThreadsApart)
                {
                    settings = [.. settings.Where(setting => IsGoodSetting(workload, setting.Side, setting.Threads))];
                }
            }
        }

        return measurements;
    }

    private IEnumerable<int> Counts() => threads == 1 ? [1] : [1, threads];

    /// <summary>Nabla predicts a single sample on one thread; there is nothing to choose in W7.</summary>
    private IEnumerable<int> ThreadsOf(Side side, Workload workload) => !side.IsPeer && workload.Id == "W7" ? [1] : Counts();

    private bool IsGoodSetting(Workload workload, Side side, int count)
    {
        Measurement[] own = [.. measurements.Where(m => m.Workload == workload.Id && m.Side == side.Id && m.Failure is null)];
        return workload.Metrics.Any(metric =>
        {
            Measurement[] measured = [.. own.Where(m => m.Values.ContainsKey(metric.Key))];
            double[] speeds = [.. measured.Select(m => metric.HigherIsBetter ? m.Values[metric.Key] : 1 / m.Values[metric.Key])];
            int setting = Array.FindIndex(measured, m => m.Threads == count);
            return setting >= 0 && speeds[setting] >= NearlyBest * speeds.Max();
        });
    }

    private Measurement Run(Side side, string workload, bool wholeProcess, int count, int round, bool watchMemory = false)
    {
        ProcessResult result = ChildProcess.Run(side.Command(workload, count, surroundings, round), surroundings.Environment);
        if (result.ExitCode != 0)
        {
            // The program refuses what it cannot do yet with exit code 2; anything else went wrong.
            string what = side.IsNabla && result.ExitCode == 2 ? "not available yet" : "failed";
            string reason = surroundings.WithoutPlaces(side.IsNabla ? result.FirstError : result.LastError);
            return new Measurement(side.Id, workload, count, new Dictionary<string, double>(), $"{what} (exit code {result.ExitCode}): {reason}");
        }

        Dictionary<string, double> values = Measurement.Figures(result.Output);
        if (wholeProcess)
        {
            values["wall_s"] = result.Seconds;
        }

        if (watchMemory)
        {
            values["peak_memory_mb"] = ChildProcess.Run(side.Command(workload, count, surroundings), surroundings.Environment, watchMemory: true).PeakBytes / 1e6;
        }

        return new Measurement(side.Id, workload, count, values, null);
    }

    private void Add(StreamWriter log, Measurement measurement)
    {
        measurements.Add(measurement);
        log.WriteLine(JsonSerializer.Serialize(measurement));
        log.Flush();
        string figures = measurement.Failure ?? string.Join("  ", measurement.Values.Where(value => value.Key != "threads" && value.Key != "workload").Select(value => $"{value.Key} {value.Value:G5}"));
        Console.Error.WriteLine($"bench: {measurement.Workload,-4} {measurement.Side,-11} {measurement.Threads} thread{(measurement.Threads == 1 ? " " : "s")}  {figures}");
    }
}
