using System.Diagnostics;
using Nabla.Numerics.Random;
using Nabla.Runs;

namespace Nabla.Bench.Soak;

/// <summary>A run that is killed at random moments and resumed until it comes to its end.</summary>
/// <param name="training">What is run.</param>
/// <param name="folder">Its folder, which does not exist yet.</param>
/// <param name="seconds">How long the undisturbed run took.</param>
/// <param name="random">Decides how often, and when.</param>
internal sealed class KilledRun(SoakTraining training, string folder, double seconds, CounterRandom random)
{
    private CounterRandom random = random;

    /// <summary>The moment of each kill.</summary>
    public List<KillMoment> Kills { get; } = [];

    /// <summary>What could not be read after a kill, with the moment.</summary>
    public List<(KillMoment Moment, string Problem)> Unreadable { get; } = [];

    /// <summary>Runs, kills, resumes.</summary>
    /// <param name="kills">The most kills that are left to do.</param>
    /// <returns>The fingerprint of the weights in the end.</returns>
    public string ToTheEnd(int kills)
    {
        while (true)
        {
            using Process process = File.Exists(Path.Combine(folder, "run.json")) ? training.Resume(folder) : training.Start(folder);
            if (Kills.Count >= kills || (Kills.Count > 0 && (Kills[^1] == KillMoment.AtTheEnd || random.NextDouble() < 0.4)))
            {
                return SoakTraining.WeightsOf(process);
            }

            Task output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
            Wait(process);
            process.Kill();
            process.WaitForExit();
            Task.WaitAll(output, error);
            // One that has come to its end before it was killed is resumed as well: it must end alike again.
            if (process.ExitCode != 0)
            {
                Look();
            }
        }
    }

    /// <summary>Until the moment of the kill: six times in ten at any time; else when the next checkpoint or the model is begun, which last some milliseconds only.</summary>
    private void Wait(Process process)
    {
        double kind = random.NextDouble(), moment = random.NextDouble(), within = random.NextDouble();
        long start = Stopwatch.GetTimestamp();
        process.WaitForExit(TimeSpan.FromSeconds(seconds * (kind < 0.9 ? moment : 0)));
        if (kind >= 0.6)
        {
            string pattern = kind < 0.9 ? "checkpoint.safetensors.*.tmp" : "model.safetensors*";
            while (!process.HasExited && !(Directory.Exists(folder) && Directory.EnumerateFiles(folder, pattern).Any()))
            {
                Thread.Yield();
            }

            for (long found = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(found).TotalMilliseconds < 3 * within;)
            {
                Thread.SpinWait(10);
            }
        }
    }

    /// <summary>Whether all that is in the folder can be read.</summary>
    private void Look()
    {
        KillMoment moment = Directory.Exists(folder) ? KillMoments.Of(folder) : KillMoment.BeforeTheRunBegan;
        Kills.Add(moment);
        if (moment == KillMoment.BeforeTheRunBegan)
        {
            return;
        }

        string? problem = training.Problem("runs", "show", folder, "--json");
        try
        {
            RunFolder run = RunFolder.Open(folder);
            RunOptions options = run.LoadOptions();
            run.LoadMetrics();
            if (File.Exists(run.CheckpointPath))
            {
                Checkpoint.Load(run.CheckpointPath, options.Network, options.Training.Precision);
            }

            if (File.Exists(run.ModelPath))
            {
                Model.Load(run.ModelPath);
                problem ??= training.Problem("inspect", folder);
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            problem ??= e.Message;
        }

        if (problem is not null)
        {
            Unreadable.Add((moment, problem));
        }
    }
}
