using System.Diagnostics;
using Nabla.Cli.Failures;
using Nabla.Cli.Options;
using Nabla.Cli.Output;
using Nabla.Cli.Output.Reports;
using Nabla.Cli.Output.Training;
using Nabla.Numerics;
using Nabla.Runs;

namespace Nabla.Cli.Commands.Training;

/// <summary>One run: training, the run folder, the display and the final measurement.</summary>
internal sealed class TrainingJob
{
    public required DataSplit Data { get; init; }

    public required NetworkOptions Architecture { get; init; }

    public required TrainingOptions Options { get; init; }

    /// <summary>The folder of the run.</summary>
    public required RunFolder Folder { get; init; }

    /// <summary>The content of run.json.</summary>
    public required RunOptions Record { get; init; }

    /// <summary>The state to continue from, or null for a new run.</summary>
    public TrainingState? State { get; init; }

    /// <summary>Runs the job.</summary>
    /// <returns>The exit code.</returns>
    public int Run(Screen screen, Func<RunFolder, IProgress<WriteFailure>, RunObserver> keeper, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        Folder.SaveOptions(Record with { Outcome = null });
        screen.Remark(TrainingDescription.Of(Data, Architecture, Options));
        if (Arithmetic.IsEmulated)
        {
            screen.Remark($"{Arithmetic.Description}: training is some 30 times slower, with the same bits. See docs/speed.md, \"Compiled ahead of time\".");
        }

        if (State is not null)
        {
            screen.Remark($"Continuing after epoch {State.Epoch} of {Options.Epochs}{(State.Batch > 0 ? $" and {State.Batch} mini-batches" : "")}.");
        }

        var progress = new TrainingProgress(screen, Options.Epochs);
        var observers = new Observers(Data, keeper(Folder, new SavingRemarks(screen)), progress, screen);
        TrainingResult result = progress.Run(() => Trainer.Train(Architecture, Data, Options, observers, State, cancellation));
        Measured? measured = Test(result, cancellation);
        Evaluation? test = measured?.Evaluation;
        Model model = Model.From(result, Data.Train, test);
        SavedModel saved = SavedModel.Write(Folder, model);
        if (test is not null || Data.Test is null)
        {
            Complete(screen, RunOutcome.Of(result, test, model.WeightsSha256));
        }

        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        AppendEnd(screen, result, test, model, saved, elapsed);
        WriteResult(screen, result, measured, model, saved, elapsed, cancellation);
        return ExitCode(screen, result, observers.Divergence, saved, cancellation.IsCancellationRequested);
    }

    /// <summary>
    /// Measures the test set; null if there is none, or after an interrupt, since saving the model comes first.
    /// </summary>
    private Measured? Test(TrainingResult result, CancellationToken cancellation)
    {
        try
        {
            return Data.Test is { } set ? Measured.Of(Architecture, result.Parameters, set, Options.Targets, Options.Threads, cancellation) : null;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private void Complete(Screen screen, RunOutcome outcome)
    {
        try
        {
            Folder.Complete(outcome);
        }
        catch (Exception e) when (SavedModel.IsWriteFailure(e))
        {
            screen.Warn($"{Folder.OptionsPath} cannot be written: {e.Message}\nThe outcome of the run is missing there.");
        }
    }

    private void AppendEnd(Screen screen, TrainingResult result, Evaluation? test, Model model, SavedModel saved, TimeSpan elapsed)
    {
        try
        {
            if (saved.Problem is { } problem)
            {
                Folder.AppendRemark(problem);
            }

            Folder.AppendDone(result, saved.Path, test, model.WeightsSha256, elapsed.TotalSeconds);
        }
        catch (Exception e) when (SavedModel.IsWriteFailure(e))
        {
            screen.Warn($"{Folder.EventsPath} cannot be written: {e.Message}\nThe end of the run is missing there.");
        }
    }

    private void WriteResult(Screen screen, TrainingResult result, Measured? test, Model model, SavedModel saved, TimeSpan elapsed, CancellationToken cancellation)
    {
        try
        {
            if (screen.IsJson)
            {
                JsonLines.WriteLine(EventJson.Done(result, saved.Path, Folder.FolderPath, test?.Evaluation, model.WeightsSha256, elapsed.TotalSeconds));
            }
            else if (!cancellation.IsCancellationRequested && (!screen.IsQuiet || result.StoppedBy is not StopReason.Diverged))
            {
                TrainingSummary.Write(Folder, Record, Data, result, test, model, saved.Path);
            }
        }
        catch (IOException e)
        {
            throw new WorkFailedException($"standard output cannot be written: {e.Message}\nThe model is {(saved.Path is null ? "not saved" : $"in {saved.Path}")}.");
        }
    }

    private int ExitCode(Screen screen, TrainingResult result, TrainingDiverged? divergence, SavedModel saved, bool isInterrupted)
    {
        if (saved.Problem is { } problem)
        {
            screen.Warn(problem);
            return ExitCodes.Failed;
        }

        switch (result.StoppedBy)
        {
            case StopReason.Diverged:
                screen.Warn($"training diverged in epoch {divergence?.Epoch}, mini-batch {divergence?.Batch}, layer {divergence?.Layer}. {divergence?.Cause}");
                return ExitCodes.Failed;
            case StopReason.Interrupt:
            case var _ when isInterrupted:
                screen.Warn($"interrupted; the model so far is in {saved.Path}. Continue with: nabla train --resume {Folder.FolderPath}");
                return ExitCodes.Interrupted;
            default:
                return ExitCodes.Done;
        }
    }

    /// <summary>Passes the events of the run to all observers.</summary>
    private sealed class Observers(DataSplit data, RunObserver folder, TrainingProgress progress, Screen screen) : IProgress<TrainingEvent>
    {
        private bool writesJson = screen.IsJson;

        public TrainingDiverged? Divergence { get; private set; }

        public void Report(TrainingEvent value)
        {
            folder.Report(value);
            progress.Report(value);
            Divergence = value as TrainingDiverged ?? Divergence;
            if (value is TrainingRecovered back)
            {
                screen.Remark($"Diverged in epoch {Divergence?.Epoch}, mini-batch {Divergence?.Batch}, layer {Divergence?.Layer}: continuing after epoch {back.Epoch} with {OptionNames.Format(back.LearningRateFactor)} of the learning rate.");
            }

            if (!writesJson)
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
            try
            {
                if (line is not null)
                {
                    JsonLines.WriteLine(line);
                }
            }
            catch (IOException e)
            {
                writesJson = false;
                screen.Warn($"standard output cannot be written: {e.Message}\nTraining continues; its epochs are in the events.jsonl of the run.");
            }
        }
    }
}
