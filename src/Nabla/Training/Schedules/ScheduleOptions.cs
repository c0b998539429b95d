namespace Nabla.Training.Schedules;

/// <summary>How the learning rate changes over a run.</summary>
public enum ScheduleKind
{
    /// <summary>η stays.</summary>
    Constant,

    /// <summary>η is halved when the metric brought no new best for N epochs; the run stops when η has dropped to η₀·factor. Ledger T119.</summary>
    Plateau,

    /// <summary>η is halved every N epochs.</summary>
    Step,

    /// <summary>η falls along half a cosine from η₀ to 0 over the run, mini-batch by mini-batch.</summary>
    Cosine,

    /// <summary>η rises from η₀/25 to η₀ over the first 30% of the mini-batches and falls to η₀/250,000 over the rest, both along half a cosine (Smith 2018).</summary>
    OneCycle,
}

/// <summary>A schedule and its constants.</summary>
public sealed record ScheduleOptions
{
    /// <summary>The schedule. Default constant.</summary>
    public ScheduleKind Kind { get; init; } = ScheduleKind.Constant;

    /// <summary>N of plateau and step, at least 1. Default 10.</summary>
    public int Patience { get; init; } = 10;

    /// <summary>Plateau stops the run once η has dropped to η₀ times this, in (0, 1). Default 1/128.</summary>
    public double MinimumFactor { get; init; } = 1.0 / 128;
}
