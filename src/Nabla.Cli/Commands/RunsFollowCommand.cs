using System.CommandLine;
using System.Globalization;
using Nabla.Cli.Failures;
using Nabla.Cli.Output;
using Nabla.Runs;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla runs follow</c>: the events of a run, as they are written.</summary>
internal static class RunsFollowCommand
{
    public static Command Create(Option<string> root)
    {
        var run = new Argument<string>("RUN") { Description = "A run folder, or its name" };
        var from = new Option<long>("--from") { Description = "Start at this byte of events.jsonl, at the beginning of a line (0)", HelpName = "BYTE" };
        var command = new DocumentedCommand(
            "follow",
            "Print the events of a run as JSON Lines while it trains, to its end.",
            "nabla runs follow runs/my-run",
            "nabla runs follow my-run --from 4096") { run, from };
        command.SetAction(async (result, cancellation) =>
        {
            string folder = RunsCommand.Locate(result.GetValue(root)!, result.GetValue(run)!);
            if (result.GetValue(from) < 0)
            {
                throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--from {result.GetValue(from)}: expected 0 or more."));
            }

            var opened = RunFolder.Open(folder);
            if (!File.Exists(opened.EventsPath) && opened.LoadMetrics().Count > 0)
            {
                throw new UsageException($"{folder} has no events.jsonl: an earlier version of Nabla trained it. See it with: nabla runs show {folder}");
            }

            var follower = new EventFollower(folder, result.GetValue(from));
            IReadOnlyList<LoggedEvent> events = follower.Read();
            if (events.Count == 0 && opened.LoadEvents() is [.., { Name: "done" }])
            {
                return ExitCodes.Done;
            }

            // A later resume appends to the log after "done".
            while (events is not [.., { Name: "done" }])
            {
                Print(events);
                events = await follower.WaitAsync(cancellation).ConfigureAwait(false);
            }

            Print(events);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Print(IReadOnlyList<LoggedEvent> events)
    {
        foreach (LoggedEvent found in events)
        {
            JsonLines.WriteLine(found.Text);
        }
    }
}
