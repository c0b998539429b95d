using System.Diagnostics;
using Nabla.Runs;

namespace Nabla.Cli.Output.Training;

/// <summary>Reports files of a run that cannot be written: each at once, and then at most once a minute.</summary>
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
        screen.Warn($"{value.Path} cannot be written: {value.Cause.Message}\nTraining continues and writing is tried again; the last saved version stays intact.");
    }
}
