using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Nabla.Data;
using Nabla.Network;
using Nabla.Numerics;
using Nabla.Training.Plans;
using Nabla.Training.Regularization;
using Nabla.Training.Schedules;

namespace Nabla.Training;

/// <summary>One run in one precision: the loop over epochs and mini-batches.</summary>
internal sealed class TrainingRun<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The shortest time between two progress events, in seconds.</summary>
    private const double ProgressInterval = 0.1;

    private readonly NetworkOptions architecture;
    private readonly DataSplit data;
    private readonly TrainingOptions options;
    private readonly TrainingState state;
    private readonly IProgress<TrainingEvent>? observer;
    private readonly List<EpochCompleted> epochs = [];
    private readonly Parameters lastFinite;
    private readonly bool keepBest;
    private int lastFiniteEpoch;

    public TrainingRun(NetworkOptions architecture, DataSplit data, TrainingOptions options, TrainingState state, IProgress<TrainingEvent>? observer)
    {
        this.architecture = architecture;
        this.data = data;
        this.options = options;
        this.state = state;
        this.observer = observer;
        lastFinite = state.Parameters.Clone();
        lastFiniteEpoch = state.Epoch;
        keepBest = options.EarlyStopping.Keep == KeepRule.Best
            || (options.EarlyStopping is { Keep: KeepRule.Auto, Patience: not null } && data.Validation is not null);
    }

    public TrainingResult Run(CancellationToken cancellation)
    {
        using var team = new WorkerTeam(options.Threads ?? Environment.ProcessorCount);
        int count = data.Train.Count;
        var step = new TrainingStep<T>(architecture, options, state, data.Train, team);
        int[] order = new int[count];
        observer?.Report(new TrainingStarted(architecture, options, state.Parameters.Count, count, data.Validation?.Count ?? 0, team.Threads));

        StopReason? stop = AfterEpoch();
        while (stop is null)
        {
            MiniBatches.Order(options.Shuffle, options.Seed, state.Epoch + 1, order);
            stop = TrainEpoch(step, order, cancellation, out Progress progress);
            if (stop is null)
            {
                CompleteEpoch(progress, team);
                stop = cancellation.IsCancellationRequested ? StopReason.Interrupt : AfterEpoch();
            }
        }

        TrainingResult result = Finish(stop.Value);
        observer?.Report(new TrainingCompleted(result));
        return result;
    }

    private StopReason? TrainEpoch(TrainingStep<T> step, int[] order, CancellationToken cancellation, out Progress progress)
    {
        int epoch = state.Epoch + 1, batch = Math.Min(options.BatchSize, order.Length);
        int batches = (order.Length + batch - 1) / batch;
        long start = Stopwatch.GetTimestamp(), reported = start;
        progress = default;
        for (int b = 0; b < batches; b++)
        {
            if (cancellation.IsCancellationRequested)
            {
                return StopReason.Interrupt;
            }

            int first = b * batch, samples = Math.Min(batch, order.Length - first);
            double rate = LearningRateSchedule.At(options.Schedule, options.LearningRate, epoch, b, batches, options.Epochs, Metrics);
            double cost = progress.Cost + step.Run(new MiniBatch(order, first, samples, epoch), rate);
            progress = new Progress(cost, first + samples, rate, Stopwatch.GetElapsedTime(start).TotalSeconds);
            // Infinite weights can hide behind saturated units from the cost: they are looked at once an epoch.
            if (!double.IsFinite(cost) || (b + 1 == batches && !Elementwise.AllFinite<T>(state.Parameters.All<T>())))
            {
                int layer = step.FirstLayerNotFinite();
                observer?.Report(new TrainingDiverged(epoch, b + 1, Math.Max(layer, 0), DivergenceCause()));
                return StopReason.Diverged;
            }

            if (observer is not null && Stopwatch.GetElapsedTime(reported).TotalSeconds > ProgressInterval)
            {
                reported = Stopwatch.GetTimestamp();
                observer.Report(new BatchesCompleted(epoch, progress.Samples, order.Length, cost / progress.Samples, progress.Samples / progress.Seconds));
            }
        }

        return null;
    }

    private void CompleteEpoch(Progress progress, WorkerTeam team)
    {
        state.Epoch++;
        lastFinite.CopyFrom(state.Parameters);
        lastFiniteEpoch = state.Epoch;
        long start = Stopwatch.GetTimestamp();
        Evaluation? training = options.MonitorTraining ? Measure(data.Train, team) : null;
        Evaluation? validation = data.Validation is { } set ? Measure(set, team) : null;
        bool isBest = true;
        if (validation is not null)
        {
            state.Metrics.Add(MetricOf(validation));
            isBest = EarlyStopping.BestEpoch(Metrics) == state.Epoch;
        }

        if (isBest)
        {
            state.BestEpoch = state.Epoch;
            if (keepBest)
            {
                state.Best ??= state.Parameters.Clone();
                state.Best.CopyFrom(state.Parameters);
            }
        }

        var completed = new EpochCompleted
        {
            Epoch = state.Epoch,
            TrainCost = progress.Cost / data.Train.Count,
            Penalty = Penalty.Value(state.Parameters, options.L1, options.L2, data.Train.Count),
            Training = training,
            Validation = validation,
            LearningRate = progress.LearningRate,
            Seconds = progress.Seconds,
            EvaluationSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds,
            SamplesPerSecond = data.Train.Count / progress.Seconds,
            IsBest = isBest,
            State = state,
        };
        epochs.Add(completed);
        observer?.Report(completed);
    }

    /// <summary>Whether the run ends here: a pure function of the state, so that a resumed run decides as the undisturbed one.</summary>
    private StopReason? AfterEpoch()
    {
        ReadOnlySpan<double> metrics = Metrics;
        if (options.EarlyStopping.Patience is { } patience && EarlyStopping.ShouldStop(metrics, patience, options.EarlyStopping.Rule))
        {
            return StopReason.EarlyStop;
        }

        if (options.Schedule.Kind == ScheduleKind.Plateau && PlateauSchedule.After(metrics, options.Schedule.Patience, options.Schedule.MinimumFactor).Finished)
        {
            return StopReason.Schedule;
        }

        return state.Epoch >= options.Epochs ? StopReason.Epochs : null;
    }

    private TrainingResult Finish(StopReason stop)
    {
        bool best = keepBest && state.Best is not null;
        return new TrainingResult
        {
            Architecture = architecture,
            Options = options,
            Parameters = best ? state.Best! : stop == StopReason.Diverged ? lastFinite : state.Parameters,
            Epochs = epochs,
            EpochsDone = state.Epoch,
            BestEpoch = state.BestEpoch,
            KeptEpoch = best ? state.BestEpoch : stop == StopReason.Diverged ? lastFiniteEpoch : state.Epoch,
            StoppedBy = stop,
            Seconds = epochs.Sum(epoch => epoch.Seconds),
        };
    }

    private Evaluation Measure(Dataset set, WorkerTeam team) => Evaluator.Evaluate<T>(architecture, state.Parameters, set, options.Targets, team);

    private double MetricOf(Evaluation validation) =>
        options.EarlyStopping.Metric == EarlyStoppingMetric.Accuracy && validation.Correct is { } correct ? correct : -validation.Cost;

    private string DivergenceCause() =>
        $"The most likely cause is a learning rate of {options.LearningRate.ToString(CultureInfo.InvariantCulture)} that is too large for the curvature of the cost: try a tenth of it"
        + (options.Optimizer.Kind is OptimizerKind.Momentum or OptimizerKind.Nesterov ? ", or less momentum." : ".");

    private ReadOnlySpan<double> Metrics => CollectionsMarshal.AsSpan(state.Metrics);

    private readonly record struct Progress(double Cost, int Samples, double LearningRate, double Seconds);
}
