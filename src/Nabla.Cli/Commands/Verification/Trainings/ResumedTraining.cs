using Nabla.Choices;
using Nabla.Runs;
using Nabla.Training.Schedules;

namespace Nabla.Cli.Commands.Verification.Trainings;

/// <summary>A training that is stopped within its second epoch, saved, and resumed from the file.</summary>
internal static class ResumedTraining
{
    /// <summary>Runs the training in two halves. The learning rate must be constant.</summary>
    public static TrainingResult Run(NetworkOptions network, DataSplit data, TrainingOptions options)
    {
        TrainingState half = Stop(network, data, options);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("nabla-verify-");
        try
        {
            string file = Path.Combine(folder.FullName, "checkpoint.safetensors");
            Checkpoint.Save(half, file);
            TrainingState saved = Checkpoint.Load(file, network, options.Precision);
            return Trainer.Train(network, data, options, resume: saved);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static TrainingState Stop(NetworkOptions network, DataSplit data, TrainingOptions options)
    {
        using var stop = new CancellationTokenSource();
        var last = new LastState();
        TrainingOptions stopping = options with { Schedule = new StopWithinEpoch(stop) };
        Trainer.Train(network, data, stopping, last, cancellation: stop.Token);
        return last.State is { Epoch: 1, Batch: > 0 } state
            ? state
            : throw new InvalidOperationException("The run did not stop within its second epoch.");
    }

    private sealed class LastState : IProgress<TrainingEvent>
    {
        public TrainingState? State { get; private set; }

        public void Report(TrainingEvent value) => State = (value as TrainingCompleted)?.State ?? State;
    }

    /// <summary>
    /// A constant learning rate. Asking for that of the fourth mini-batch of the second epoch cancels the run: unlike a
    /// timer, always within that epoch.
    /// </summary>
    private sealed record StopWithinEpoch(CancellationTokenSource Stop) : Schedule
    {
        public override Choice<Schedule> Row => ConstantSchedule.Choice;

        public override double At(double initial, in SchedulePlace place)
        {
            if (place is { Epoch: 2, Batch: 3 })
            {
                Stop.Cancel();
            }

            return initial;
        }
    }
}
