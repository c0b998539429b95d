using System.Globalization;
using System.Text;
using Nabla.Bench.Machine;
using Nabla.Bench.Report;

namespace Nabla.Bench.Load;

/// <summary>The page about a load test.</summary>
/// <param name="minutes">How long it lasted.</param>
internal sealed class LoadPage(double minutes)
{
    /// <summary>How much more memory the last minute may need than the one after a quarter of the time.</summary>
    private const double Growth = 1.25;

    private readonly (string Name, string Value)[] machine = [.. MachineFacts.All()];

    /// <summary>Whether all was as it must be.</summary>
    public static bool AllHolds(LoadRun run, int exitCode) =>
        run.IsAlive && exitCode == 0 && !run.Problems.Any() && !run.Wrong.Any() && run.MemoryByMinute[^1] <= Growth * run.MemoryByMinute[run.MemoryByMinute.Count / 4];

    /// <summary>The page, in Markdown.</summary>
    public string Write(LoadRun run, int exitCode, string command)
    {
        var text = new StringBuilder();
        int hostile = run.Answers.Values.Sum();
        text.Append(CultureInfo.InvariantCulture, $"""
            # Under load

            Written by `{command}` on {DateTime.UtcNow:yyyy-MM-dd}. `nabla serve` answers good and hostile requests side by side for {minutes:0.##} minutes, all from a second
            process on the same machine. The model is that of `nabla {string.Join(' ', ServeProcess.Training)}`. Every good answer is held against the first one, letter by letter.

            | | |
            | --- | ---: |
            | good answers to one sample | {run.Times.Length:#,0} |
            | median, ms | {Text.Figure(At(run, 0.5) * 1e3)} |
            | 99th percentile, ms | {Text.Figure(At(run, 0.99) * 1e3)} |
            | 99.9th percentile, ms | {Text.Figure(At(run, 0.999) * 1e3)} |
            | longest, ms | {Text.Figure(At(run, 1) * 1e3)} |
            | good answers to 50 samples | {run.Batches:#,0} |
            | good requests that failed or were answered otherwise | {run.Problems.Count()} |
            | hostile requests | {hostile:#,0} |
            | answered otherwise than they must be | {run.Wrong.Sum(wrong => wrong.Count):#,0} |
            | the server at the end | {(run.IsAlive ? $"alive; exit {exitCode} at SIGTERM" : "gone")} |

            The most memory that the server held in each minute, in MB: {string.Join(", ", run.MemoryByMinute.Select(bytes => Text.Figure(bytes / 1e6)))}.

            | hostile requests | sent | answers |
            | --- | ---: | --- |

            """);
        foreach (IGrouping<string, KeyValuePair<(string Name, int Status), int>> kind in run.Answers.GroupBy(answer => answer.Key.Name).OrderBy(kind => kind.Key, StringComparer.Ordinal))
        {
            string answers = string.Join(", ", kind.OrderBy(answer => answer.Key.Status).Select(answer => $"{Status(answer.Key.Status)}{(kind.Count() > 1 ? $" ({answer.Value:#,0})" : "")}"));
            text.Append(CultureInfo.InvariantCulture, $"| {kind.Key} | {kind.Sum(answer => answer.Value):#,0} | {answers} |\n");
        }

        text.AppendLine();
        foreach (string problem in run.Problems.Concat(run.Wrong.Select(wrong => $"{wrong.Name}: {wrong.Count} answered with {Status(wrong.Status)}")))
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

    /// <summary>The time that a share of the good answers stayed below.</summary>
    private static double At(LoadRun run, double share) => run.Times.Length == 0 ? double.NaN : run.Times[(int)Math.Min(run.Times.Length - 1, share * run.Times.Length)];

    private static string Status(int status) => status switch
    {
        0 => "closed",
        -1 => "nothing",
        _ => status.ToString(CultureInfo.InvariantCulture),
    };
}
