using Nabla.Choices;
using Nabla.Numerics.Functions;
using Nabla.Training.Schedules;

namespace Nabla;

/// <summary>How the learning rate changes over a run: a pure function of the place in the run and of the metrics so far.</summary>
/// <remarks>A schedule is one file: a record and its row. See CONTRIBUTING.md.</remarks>
public abstract record Schedule : IChoice<Schedule>
{
    /// <summary>η stays.</summary>
    public static Schedule Constant { get; } = new ConstantSchedule();

    /// <summary>η falls along half a cosine to 0.</summary>
    public static Schedule Cosine { get; } = new CosineSchedule();

    /// <summary>η rises to its value, then falls, in one cycle over the run.</summary>
    public static Schedule OneCycle { get; } = new OneCycleSchedule();

    /// <summary>The row of the registry that makes such schedules.</summary>
    public abstract Choice<Schedule> Row { get; }

    /// <summary>The values of the row's parameters.</summary>
    public virtual IReadOnlyList<double> Values => [];

    /// <summary>The name in files and on the command line.</summary>
    public string Name => Row.Name;

    /// <summary>Whether the schedule looks at the metric of the validation data.</summary>
    public virtual bool NeedsValidation => false;

    /// <summary>The learning rate of a mini-batch.</summary>
    /// <param name="initial">η₀.</param>
    /// <param name="place">The place of the mini-batch in the run.</param>
    public abstract double At(double initial, in SchedulePlace place);

    /// <summary>Whether the schedule ends the run after these epochs.</summary>
    /// <param name="metrics">The metric of each epoch done; higher is better.</param>
    public virtual bool IsFinished(ReadOnlySpan<double> metrics) => false;

    /// <summary>The name, with the parameters behind a colon where they differ from the defaults.</summary>
    public sealed override string ToString() => Registry<Schedule>.Text(this);

    /// <summary>From one rate to another along half a cosine.</summary>
    /// <param name="from">The rate at share 0.</param>
    /// <param name="to">The rate at share 1.</param>
    /// <param name="share">0 to 1.</param>
    private protected static double Anneal(double from, double to, double share) =>
        to + ((from - to) * 0.5 * (1 + ScalarMath.SinCos(Math.PI * share).Cos));

    /// <summary>η₀·2^−k, exact.</summary>
    private protected static double Halved(double initial, int halvings) => Math.ScaleB(initial, -halvings);
}

/// <summary>The place of a mini-batch in a run.</summary>
public readonly ref struct SchedulePlace
{
    /// <summary>The epoch, 1-based.</summary>
    public required int Epoch { get; init; }

    /// <summary>The mini-batch of the epoch, 0-based.</summary>
    public required int Batch { get; init; }

    /// <summary>Mini-batches of an epoch.</summary>
    public required int BatchesPerEpoch { get; init; }

    /// <summary>Epochs of the run.</summary>
    public required int Epochs { get; init; }

    /// <summary>The metric of each epoch done; higher is better.</summary>
    public ReadOnlySpan<double> Metrics { get; init; }

    /// <summary>Mini-batches before this one.</summary>
    public double Done => ((double)(Epoch - 1) * BatchesPerEpoch) + Batch;

    /// <summary>Mini-batches of the run.</summary>
    public double Total => (double)Epochs * BatchesPerEpoch;
}
