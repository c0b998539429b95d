using System.Diagnostics;
using Nabla.Cli.Options;
using Nabla.Cli.Output;
using Nabla.Data;
using Nabla.Models;
using Nabla.Network;
using Nabla.Runs;
using Nabla.Training;

namespace Nabla.Cli.Commands;

/// <summary>A run from its options to its model: training, the run folder, the display, the final measurement.</summary>
internal sealed class TrainingJob
{
    public required DataSplit Data { get; init; }

    public required NetworkOptions Architecture { get; init; }

    public required TrainingOptions Options { get; init; }

    /// <summary>Where the run is kept.</summary>
    public required RunFolder Folder { get; init; }

    /// <summary>What stands in run.json.</summary>
    public required RunOptions Record { get; init; }

    /// <summary>The state to go on from, or null for a fresh run.</summary>
    public TrainingState? State { get; init; }

    /// <summary>Does it all.</summary>
    /// <returns>The exit code.</returns>
    public int Run(Screen screen, Func<RunFolder, RunObserver> keeper, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        Folder.SaveOptions(Record with { Outcome = null });
        screen.Remark(TrainingDescription.Of(Data, Architecture, Options));
        if (State is not null)
        {
            screen.Remark($"Going on after epoch {State.Epoch} of {Options.Epochs}{(State.Batch > 0 ? $" and {State.Batch} mini-batches" : "")}.");
        }

        var progress = new TrainingProgress(screen, Options.Epochs);
        var observers = new Observers(Data, keeper(Folder), progress, screen);
        TrainingResult result = progress.Run(() => Trainer.Train(Architecture, Data, Options, observers, State, cancellation));
        Evaluation? test = Data.Test is { } set ? Evaluator.Evaluate(Architecture, result.Parameters, set, Options.Targets, Options.Threads) : null;
        Model model = Model.From(result, Data.Train, test);
        Folder.SaveModel(model);
        Folder.Complete(RunOutcome.Of(result, test, model.WeightsSha256));
        if (screen.IsJson)
        {
            JsonLines.WriteLine(EventJson.Done(result, Folder.ModelPath, Folder.FolderPath, test, model.WeightsSha256, Stopwatch.GetElapsedTime(start).TotalSeconds));
        }
        else if (!screen.IsQuiet || result.StoppedBy is not StopReason.Diverged)
        {
            TrainingSummary.Write(this, result, test, model);
        }

        return ExitCode(screen, result, observers.Divergence);
    }

    private int ExitCode(Screen screen, TrainingResult result, TrainingDiverged? divergence)
    {
        switch (result.StoppedBy)
        {
            case StopReason.Diverged:
                Console.Error.WriteLine($"nabla: training diverged in epoch {divergence?.Epoch}, mini-batch {divergence?.Batch}, layer {divergence?.Layer}. {divergence?.Cause}");
                return ExitCodes.Failed;
            case StopReason.Interrupt:
                screen.Remark($"Interrupted; what was learned is in {Folder.ModelPath}. Go on with: nabla train --resume {Folder.FolderPath}");
                return ExitCodes.Interrupted;
            default:
                return ExitCodes.Done;
        }
    }

    /// <summary>Everyone who listens to the run.</summary>
    private sealed class Observers(DataSplit data, RunObserver folder, TrainingProgress progress, Screen screen) : IProgress<TrainingEvent>
    {
        public TrainingDiverged? Divergence { get; private set; }

        public void Report(TrainingEvent value)
        {
            folder.Report(value);
            progress.Report(value);
            Divergence = value as TrainingDiverged ?? Divergence;
            if (value is TrainingRecovered back)
            {
                screen.Remark($"Diverged in epoch {Divergence?.Epoch}, mini-batch {Divergence?.Batch}, layer {Divergence?.Layer}: going on after epoch {back.Epoch} with {OptionNames.Format(back.LearningRateFactor)} of the learning rate.");
            }

            if (!screen.IsJson)
            {
                return;
            }

            string? line = value switch
            {
                TrainingStarted started => EventJson.Start(started, data.Test?.Count ?? 0, data.Train.Name),
                EpochCompleted epoch => EventJson.Epoch(epoch),
                TrainingDiverged diverged => EventJson.Diverged(diverged),
                TrainingRecovered recovered => EventJson.Recovered(recovered),
                _ => null,
            };
            if (line is not null)
            {
                JsonLines.WriteLine(line);
            }
        }
    }
}
