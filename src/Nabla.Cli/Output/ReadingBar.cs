using Spectre.Console;

namespace Nabla.Cli.Output;

/// <summary>A bar on a terminal while data are read, which is gone when they are there.</summary>
internal static class ReadingBar
{
    /// <summary>Runs <paramref name="work"/> under the bar. While data are read there is nothing to save yet: after a signal the work is left where it is, and the bar goes.</summary>
    /// <param name="screen">Where it is drawn; nothing is where no live bar can be.</param>
    /// <param name="source">What is read.</param>
    /// <param name="work">Reads, and tells which share is read.</param>
    /// <param name="cancellation">The signal.</param>
    /// <exception cref="OperationCanceledException">The signal came.</exception>
    public static T Run<T>(Screen screen, string source, Func<IProgress<double>?, T> work, CancellationToken cancellation)
    {
        if (!screen.IsLive)
        {
            return Wait(null);
        }

        return screen.Progress.Progress()
            .AutoClear(true)
            .HideCompleted(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 24 }, new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => Wait(new Share(context.AddTask(Markup.Escape($"reading {source}"), maxValue: 1))));

        T Wait(IProgress<double>? reading) => Task.Run(() => work(reading), cancellation).WaitAsync(cancellation).GetAwaiter().GetResult();
    }

    private sealed class Share(ProgressTask bar) : IProgress<double>
    {
        public void Report(double value) => bar.Value = value;
    }
}
