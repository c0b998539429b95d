using System.Globalization;
using System.Text;
using Nabla.Bench.Machine;
using Nabla.Bench.Report;

namespace Nabla.Bench.Soak;

/// <summary>The page about a soak test.</summary>
/// <param name="training">What was run.</param>
/// <param name="weights">The fingerprint of the undisturbed run's weights.</param>
/// <param name="seconds">How long that run took.</param>
internal sealed class SoakPage(SoakTraining training, string weights, double seconds)
{
    // As it was before the runs.
    private readonly (string Name, string Value)[] machine = [.. MachineFacts.All()];
    private readonly List<(KilledRun Run, string? End, string? Problem)> runs = [];

    /// <summary>Kills so far.</summary>
    public int Kills => runs.Sum(run => run.Run.Kills.Count);

    /// <summary>Whether every run ended with the same bits and every folder could be read.</summary>
    public bool AllHolds => runs.All(run => run.End == weights && run.Run.Unreadable.Count == 0);

    /// <summary>Adds a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="end">The fingerprint of its weights, or null where it came to no end.</param>
    /// <param name="problem">Why not.</param>
    public void Add(KilledRun run, string? end, string? problem) => runs.Add((run, end, problem));

    /// <summary>The page, in Markdown.</summary>
    public string Write(string command)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # Killed and resumed

            Written by `{command}` on {DateTime.UtcNow:yyyy-MM-dd}. A training is killed with SIGKILL at random moments, several times in one run or once, and resumed
            until it comes to its end; then its `weights_sha256` is compared with that of the undisturbed run. After each kill everything in the folder is read: `nabla runs show`,
            the options, the log, the checkpoint, the model.

            ```
            nabla train {string.Join(' ', training.Arguments)}
            ```

            | moment of the kill | kills | in runs that were resumed to the end | with equal weights | unreadable folders |
            | --- | ---: | ---: | ---: | ---: |

            """);
        foreach (KillMoment moment in Enum.GetValues<KillMoment>())
        {
            Row(text, KillMoments.Name(moment), killed => killed == moment);
        }

        Row(text, "**all**", _ => true);
        text.Append(CultureInfo.InvariantCulture, $"""

            {runs.Count} runs, {runs.Count(run => run.End == weights)} of them with the weights of the undisturbed one (`{weights}`, {Text.Figure(seconds)} s); at most {runs.Max(run => run.Run.Kills.Count)} kills in one.


            """);
        foreach (string problem in runs.Select(run => run.Problem).OfType<string>().Concat(runs.SelectMany(run => run.Run.Unreadable.Select(one => $"{KillMoments.Name(one.Moment)}: {one.Problem}"))))
        {
            text.Append(CultureInfo.InvariantCulture, $"- {problem}\n");
        }

        text.Append("| machine | |\n| --- | --- |\n");
        foreach ((string name, string value) in machine)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {value} |\n");
        }

        return text.ToString();
    }

    private void Row(StringBuilder text, string name, Func<KillMoment, bool> counts)
    {
        int Count(Func<(KilledRun Run, string? End, string? Problem), bool> which) => runs.Where(which).Sum(run => run.Run.Kills.Count(counts));
        text.Append(
            CultureInfo.InvariantCulture,
            $"| {name} | {Count(_ => true)} | {Count(run => run.End is not null)} | {Count(run => run.End == weights)} | {runs.Sum(run => run.Run.Unreadable.Count(one => counts(one.Moment)))} |\n");
    }
}
