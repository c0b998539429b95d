using Nabla.Network;

namespace Nabla.Training;

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

    /// <summary>Mini-batches done since the start of the run.</summary>
    public long Step { get; set; }

    /// <summary>The early-stopping metric of every epoch done (higher is better): counts of right answers, or negated costs.</summary>
    public List<double> Metrics { get; init; } = [];
}
