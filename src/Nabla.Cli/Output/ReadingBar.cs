using Spectre.Console;

namespace Nabla.Cli.Output;

/// <summary>A progress bar on a terminal while data is read. It disappears when the data is loaded.</summary>
internal static class ReadingBar
{
    /// <summary>
    /// Runs <paramref name="work"/> under the bar. There is nothing to save while data is read, so a signal abandons
    /// the work and removes the bar.
    /// </summary>
    /// <param name="screen">The screen; without a live display no bar is drawn.</param>
    /// <param name="source">The name of the data.</param>
    /// <param name="work">Reads the data and reports the share that is read.</param>
    /// <param name="cancellation">The signal.</param>
    /// <exception cref="OperationCanceledException">A signal arrived.</exception>
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
