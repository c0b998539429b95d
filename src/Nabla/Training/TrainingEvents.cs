using System.Globalization;
using System.Text;
using Nabla.Numerics;
using Nabla.Training;

namespace Nabla;

/// <summary>Something that happened in a run. Events are reported on the training thread, in order, as they happen.</summary>
public abstract record TrainingEvent;

/// <summary>The run begins.</summary>
/// <param name="Architecture">The network.</param>
/// <param name="Options">The options of the run.</param>
/// <param name="ParameterCount">Weights and biases.</param>
/// <param name="TrainCount">Training samples.</param>
/// <param name="ValidationCount">Validation samples, or 0.</param>
/// <param name="Threads">Worker threads in use.</param>
public sealed record TrainingStarted(NetworkOptions Architecture, TrainingOptions Options, int ParameterCount, int TrainCount, int ValidationCount, int Threads) : TrainingEvent
{
    /// <summary>Bits of the vectors that this process computes with: 512, 256 or 128. No bit of a result depends on it.</summary>
    public static int VectorBits => Arithmetic.VectorBits;
}

/// <summary>Some mini-batches of an epoch are done; a few times a second, for a progress bar.</summary>
/// <param name="Epoch">The epoch in progress, 1-based.</param>
/// <param name="Samples">Samples of this epoch done.</param>
/// <param name="TrainCount">Samples of an epoch.</param>
/// <param name="TrainCost">Running mean of the data cost in this epoch.</param>
/// <param name="SamplesPerSecond">Training speed in this epoch so far.</param>
public sealed record BatchesCompleted(int Epoch, int Samples, int TrainCount, double TrainCost, double SamplesPerSecond) : TrainingEvent
{
    private StateLoan? loan;

    /// <summary>All that the next mini-batch depends on. It can be read only while the event is handled, on the training thread; copy what you need later.</summary>
    /// <exception cref="InvalidOperationException">The event is no longer handled, or this is another thread, as with <see cref="Progress{T}"/>.</exception>
    public required TrainingState State
    {
        get => loan!.State;
        init => loan = new StateLoan(value);
    }

    internal void EndLoan() => loan!.End();

    /// <summary>Prints everything but the state.</summary>
    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"Epoch = {Epoch}, Samples = {Samples}, TrainCount = {TrainCount}, TrainCost = {TrainCost}, SamplesPerSecond = {SamplesPerSecond}");
        return true;
    }
}

/// <summary>The running cost at fixed mini-batches of an epoch: the same events in every run of the same options, unlike <see cref="BatchesCompleted"/>.</summary>
/// <remarks>At most 100 an epoch, and at most some 10,000 in a run.</remarks>
/// <param name="Epoch">The epoch in progress, 1-based.</param>
/// <param name="Batch">The number of mini-batches of this epoch completed.</param>
/// <param name="Batches">Mini-batches of an epoch.</param>
/// <param name="TrainCost">Mean data cost over the epoch's mini-batches so far, each measured before its update.</param>
public sealed record RunningCostMeasured(int Epoch, int Batch, int Batches, double TrainCost) : TrainingEvent
{
    /// <summary>Maximum number of these events in an epoch.</summary>
    private const int MostPerEpoch = 100;

    /// <summary>Maximum number of these events in a run: its log stays within a megabyte for them, however many epochs there are.</summary>
    private const int MostPerRun = 10_000;

    /// <summary>The event is reported at every multiple of this number of mini-batches.</summary>
    /// <param name="batches">Mini-batches of an epoch.</param>
    /// <param name="epochs">Epochs of the run.</param>
    internal static int Interval(int batches, int epochs)
    {
        int most = Math.Min(MostPerEpoch, MostPerRun / epochs);
        return most == 0 ? int.MaxValue : ((batches - 1) / most) + 1;
    }
}

/// <summary>An epoch is done and measured.</summary>
public sealed record EpochCompleted : TrainingEvent
{
    private StateLoan? loan;

    /// <summary>The epoch, 1-based.</summary>
    public required int Epoch { get; init; }

    /// <summary>Mean data cost over the epoch's mini-batches, each measured before its update.</summary>
    public required double TrainCost { get; init; }

    /// <summary>The penalty λ₁/n·Σ|w| + λ₂/(2n)·Σw² after the epoch, the same for every data set.</summary>
    public required double Penalty { get; init; }

    /// <summary>Measured on the whole training set after the epoch, where asked for.</summary>
    public Evaluation? Training { get; init; }

    /// <summary>Measured on the validation set, where there is one.</summary>
    public Evaluation? Validation { get; init; }

    /// <summary>The learning rate of the epoch's last mini-batch.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Seconds of training alone.</summary>
    public required double Seconds { get; init; }

    /// <summary>Seconds of the measurements after the epoch.</summary>
    public required double EvaluationSeconds { get; init; }

    /// <summary>Samples trained in a second.</summary>
    public required double SamplesPerSecond { get; init; }

    /// <summary>Whether this is the best epoch so far by the early-stopping metric.</summary>
    public required bool IsBest { get; init; }

    /// <summary>All that the next mini-batch depends on. It can be read only while the event is handled, on the training thread; copy what you need later.</summary>
    /// <exception cref="InvalidOperationException">The event is no longer handled, or this is another thread, as with <see cref="Progress{T}"/>.</exception>
    public required TrainingState State
    {
        get => loan!.State;
        init => loan = new StateLoan(value);
    }

    internal void EndLoan() => loan!.End();

    /// <summary>Prints everything but the state.</summary>
    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"Epoch = {Epoch}, TrainCost = {TrainCost}, Penalty = {Penalty}, Training = {Training}, Validation = {Validation}, ");
        builder.Append(CultureInfo.InvariantCulture, $"LearningRate = {LearningRate}, Seconds = {Seconds}, EvaluationSeconds = {EvaluationSeconds}, SamplesPerSecond = {SamplesPerSecond}, IsBest = {IsBest}");
        return true;
    }
}

/// <summary>A cost or a parameter is no longer finite; the run stops, or goes on after <see cref="TrainingRecovered"/>.</summary>
/// <param name="Epoch">The epoch, 1-based.</param>
/// <param name="Batch">The mini-batch of the epoch, 1-based.</param>
/// <param name="Layer">The first layer whose values are not finite, 0-based.</param>
/// <param name="Cause">The likely cause and what to do, in a sentence.</param>
public sealed record TrainingDiverged(int Epoch, int Batch, int Layer, string Cause) : TrainingEvent;

/// <summary>The run has gone back to the end of an epoch, to go on from there with smaller steps.</summary>
/// <param name="Epoch">The last epoch that still counts; 0 for the first parameters.</param>
/// <param name="LearningRateFactor">What the schedule's learning rate is multiplied by from now on.</param>
public sealed record TrainingRecovered(int Epoch, double LearningRateFactor) : TrainingEvent;

/// <summary>The run is over.</summary>
/// <param name="Result">What came of it.</param>
/// <param name="State">The state that a later run goes on from, or null where the run diverged: then it holds values that are not finite. It no longer
/// changes, so it can be read at any time and on any thread.</param>
public sealed record TrainingCompleted(TrainingResult Result, TrainingState? State) : TrainingEvent;
