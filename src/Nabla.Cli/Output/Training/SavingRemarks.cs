using System.Diagnostics;
using Nabla.Runs;

namespace Nabla.Cli.Output.Training;

/// <summary>Says that files of a run cannot be written: each at once, and again after a minute, not at every epoch.</summary>
internal sealed class SavingRemarks(Screen screen) : IProgress<WriteFailure>
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, long> said = [];

    public void Report(WriteFailure value)
    {
        if (said.TryGetValue(value.Path, out long last) && Stopwatch.GetElapsedTime(last) < Pause)
        {
            return;
        }

        said[value.Path] = Stopwatch.GetTimestamp();
        screen.Warn($"{value.Path} cannot be written: {value.Cause.Message}\nTraining goes on, and writing is tried again; what was saved before stays as it is.");
    }
}
