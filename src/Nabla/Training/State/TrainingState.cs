namespace Nabla;

/// <summary>All that the next mini-batch of a run depends on beside the data and the options: a checkpoint is this value.</summary>
public sealed class TrainingState
{
    /// <summary>The parameters.</summary>
    public required Parameters Parameters { get; init; }

    /// <summary>The optimizer's moving quantities, each laid out as the parameters: none, one (v or s), or two (Adam's m and v).</summary>
    public required IReadOnlyList<Parameters> Moments { get; init; }

    /// <summary>The parameters of the best epoch so far, or null while none is kept.</summary>
    public Parameters? Best { get; set; }

    /// <summary>The best epoch so far, 1-based; 0 before the first.</summary>
    public int BestEpoch { get; set; }

    /// <summary>Epochs done.</summary>
    public int Epoch { get; set; }

    /// <summary>Mini-batches done since the start of the run; those that a recovery took back count no more.</summary>
    public long Step { get; set; }

    /// <summary>Mini-batches done of the epoch in progress; 0 between epochs.</summary>
    public int Batch { get; set; }

    /// <summary>The sum of their data costs.</summary>
    public double CostSum { get; set; }

    /// <summary>Seconds of training in the epoch in progress.</summary>
    public double Seconds { get; set; }

    /// <summary>The parameters at the start of the epoch in progress, which a divergence leaves; null before the run has begun.</summary>
    public Parameters? StartParameters { get; set; }

    /// <summary>The moments at the start of the epoch in progress, where a divergence leads back there; otherwise none.</summary>
    public IReadOnlyList<Parameters> StartMoments { get; set; } = [];

    /// <summary>What the schedule's learning rate is multiplied by: 1, and half as much after every recovery from a divergence.</summary>
    public double LearningRateFactor { get; set; } = 1;

    /// <summary>The early-stopping metric of every epoch done (higher is better): counts of right answers, or negated costs.</summary>
    public List<double> Metrics { get; init; } = [];
}
