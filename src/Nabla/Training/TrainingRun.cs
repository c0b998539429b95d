using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Nabla.Data;
using Nabla.Numerics.Threads;
using Nabla.Training.Batches;
using Nabla.Training.Penalties;
using Nabla.Training.Stopping;

namespace Nabla.Training;

/// <summary>One run in one precision: the loop over epochs and mini-batches.</summary>
internal sealed class TrainingRun<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NetworkOptions architecture;
    private readonly DataSplit data;
    private readonly TrainingOptions options;
    private readonly TrainingState state;
    private readonly IProgress<TrainingEvent>? observer;
    private readonly List<EpochCompleted> epochs = [];
    private readonly EpochStart epochStart;
    private readonly bool keepBest;
    private readonly int batchSize;
    private readonly int batches;
    private readonly int costInterval;

    public TrainingRun(NetworkOptions architecture, DataSplit data, TrainingOptions options, TrainingState state, IProgress<TrainingEvent>? observer)
    {
        this.architecture = architecture;
        this.data = data;
        this.options = options;
        this.state = state;
        this.observer = observer;
        batchSize = Math.Min(options.BatchSize, data.Train.Count);
        batches = (data.Train.Count + batchSize - 1) / batchSize;
        costInterval = RunningCostMeasured.Interval(batches, options.Epochs);
        if (state.Batch > batches)
        {
            throw new ArgumentException($"The state to resume from has {state.Batch} mini-batches of an epoch behind it, but an epoch of this run has {batches}.");
        }

        epochStart = new EpochStart(state, recovers: options.OnDivergence == DivergenceResponse.Recover);
        keepBest = options.EarlyStopping.Keep == KeepRule.Best
            || (options.EarlyStopping is { Keep: KeepRule.Auto, Patience: not null } && data.Validation is not null);
    }

    /// <summary>The shortest time between two progress events.</summary>
    public TimeSpan ProgressInterval { get; init; } = TimeSpan.FromSeconds(0.1);

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
            stop = TrainEpoch(step, order, cancellation);
            if (stop == StopReason.Diverged && epochStart.TryRecover())
            {
                observer?.Report(new TrainingRecovered(state.Epoch, state.LearningRateFactor));
                stop = null;
            }
            else if (stop is null)
            {
                stop = CompleteEpoch(team, cancellation) && !cancellation.IsCancellationRequested ? AfterEpoch() : StopReason.Interrupt;
            }
        }

        TrainingResult result = Finish(stop.Value);
        observer?.Report(new TrainingCompleted(result, stop == StopReason.Diverged ? null : state));
        return result;
    }

    private StopReason? TrainEpoch(TrainingStep<T> step, int[] order, CancellationToken cancellation)
    {
        int epoch = state.Epoch + 1;
        double before = state.Seconds;
        long start = Stopwatch.GetTimestamp(), reported = start, begin = start;
        double[] rates = new double[step.MaxBatchesPerRun], costs = new double[rates.Length];
        while (state.Batch < batches)
        {
            if (cancellation.IsCancellationRequested)
            {
                return StopReason.Interrupt;
            }

            // Mini-batches of one size go together; the last one of an epoch may be smaller.
            int first = state.Batch * batchSize, samples = Math.Min(batchSize, order.Length - first), count = Math.Min(rates.Length, (order.Length - first) / samples);
            for (int i = 0; i < count; i++)
            {
                rates[i] = LearningRate(state.Batch + i);
            }

            double costBefore = state.CostSum;
            int done = step.Run(new MiniBatch(order, first, samples, epoch), rates.AsSpan(0, count), costs);
            for (int i = 0; i < done; i++)
            {
                state.CostSum += costs[i];
            }

            state.Batch += done;
            long now = Stopwatch.GetTimestamp();
            step.Took(now - begin);
            begin = now;
            if (observer is not null)
            {
                ReportCosts(epoch, first, samples, costBefore, costs.AsSpan(0, done));
                begin = Stopwatch.GetTimestamp();
            }

            state.Seconds = before + Stopwatch.GetElapsedTime(start, now).TotalSeconds;
            if (!step.IsFinite)
            {
                observer?.Report(new TrainingDiverged(epoch, state.Batch, Math.Max(step.FirstLayerNotFinite(), 0), DivergenceCause()));
                return StopReason.Diverged;
            }

            if (observer is not null && Stopwatch.GetElapsedTime(reported, now) > ProgressInterval)
            {
                reported = now;
                int seen = first + (done * samples);
                var progress = new BatchesCompleted(epoch, seen, order.Length, state.CostSum / seen, seen / state.Seconds) { State = state };
                observer.Report(progress);
                progress.EndLoan();
                begin = Stopwatch.GetTimestamp();
            }
        }

        return null;
    }

    /// <summary>Reports the running cost at its fixed mini-batches, however many mini-batches were run together.</summary>
    private void ReportCosts(int epoch, int first, int samples, double sum, ReadOnlySpan<double> costs)
    {
        for (int i = 0; i < costs.Length; i++)
        {
            sum += costs[i];
            int completed = (first / batchSize) + i + 1;
            if (completed % costInterval == 0)
            {
                observer!.Report(new RunningCostMeasured(epoch, completed, batches, sum / (first + ((i + 1) * samples))));
            }
        }
    }

    private double LearningRate(int batch) =>
        state.LearningRateFactor * options.Schedule.At(
            options.LearningRate, new SchedulePlace { Epoch = state.Epoch + 1, Batch = batch, BatchesPerEpoch = batches, Epochs = options.Epochs, Metrics = Metrics });

    /// <returns>Whether it is complete: false where the measurement was interrupted, and the state is still within the epoch.</returns>
    private bool CompleteEpoch(WorkerTeam team, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        Evaluation? training, validation;
        try
        {
            training = options.MonitorTraining ? Measure(data.Train, team, cancellation) : null;
            validation = data.Validation is { } set ? Measure(set, team, cancellation) : null;
        }
        catch (OperationCanceledException)
        {
            return false;
        }

        double rate = LearningRate(batches - 1), cost = state.CostSum / data.Train.Count, seconds = state.Seconds, measured = Stopwatch.GetElapsedTime(start).TotalSeconds;
        epochStart.Advance();
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
            TrainCost = cost,
            Penalty = Penalty.Value(state.Parameters, options.L1, options.L2, data.Train.Count),
            Training = training,
            Validation = validation,
            LearningRate = rate,
            Seconds = seconds,
            EvaluationSeconds = measured,
            SamplesPerSecond = data.Train.Count / seconds,
            IsBest = isBest,
            State = state,
        };
        epochs.Add(completed);
        observer?.Report(completed);
        completed.EndLoan();
        return true;
    }

    /// <summary>Whether the run ends here: a pure function of the state, so that a resumed run decides as the undisturbed one.</summary>
    private StopReason? AfterEpoch()
    {
        ReadOnlySpan<double> metrics = Metrics;
        if (options.EarlyStopping.Patience is { } patience && EarlyStopping.ShouldStop(metrics, patience, options.EarlyStopping.Rule))
        {
            return StopReason.EarlyStop;
        }

        if (options.Schedule.IsFinished(metrics))
        {
            return StopReason.Schedule;
        }

        return state.Epoch >= options.Epochs ? StopReason.Epochs : null;
    }

    private TrainingResult Finish(StopReason stop)
    {
        bool best = keepBest && state.Best is not null;
        bool diverged = stop == StopReason.Diverged;
        return new TrainingResult
        {
            Architecture = architecture,
            Options = options,
            Parameters = best ? state.Best! : diverged ? epochStart.Parameters : state.Parameters,
            Epochs = epochs,
            EpochsDone = state.Epoch,
            BestEpoch = state.BestEpoch,
            KeptEpoch = best ? state.BestEpoch : state.Epoch,
            StoppedBy = stop,
            Seconds = epochs.Sum(epoch => epoch.Seconds),
        };
    }

    private Evaluation Measure(Dataset set, WorkerTeam team, CancellationToken cancellation) =>
        Evaluator.Evaluate<T>(architecture, state.Parameters, set, options.Targets, team, cancellation);

    private double MetricOf(Evaluation validation) =>
        options.EarlyStopping.Metric == EarlyStoppingMetric.Accuracy && validation.Correct is { } correct ? correct : -validation.Cost;

    private string DivergenceCause() =>
        $"The most likely cause is a learning rate of {options.LearningRate.ToString(CultureInfo.InvariantCulture)} that is too large for the curvature of the cost: try a tenth of it{options.Optimizer.DivergenceAdvice}.";

    private ReadOnlySpan<double> Metrics => CollectionsMarshal.AsSpan(state.Metrics);
}
