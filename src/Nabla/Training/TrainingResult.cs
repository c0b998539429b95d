namespace Nabla;

/// <summary>Why a run ended.</summary>
public enum StopReason
{
    /// <summary>All epochs are done.</summary>
    Epochs,

    /// <summary>The early-stopping rule fired.</summary>
    EarlyStop,

    /// <summary>The plateau schedule reached its smallest learning rate.</summary>
    Schedule,

    /// <summary>Cancelled from outside; what was learned is kept.</summary>
    Interrupt,

    /// <summary>A value was no longer finite; the last finite parameters are kept.</summary>
    Diverged,
}

/// <summary>What came of a run.</summary>
public sealed record TrainingResult
{
    /// <summary>The architecture.</summary>
    public required NetworkOptions Architecture { get; init; }

    /// <summary>The options of the run.</summary>
    public required TrainingOptions Options { get; init; }

    /// <summary>The parameters that were kept.</summary>
    public required Parameters Parameters { get; init; }

    /// <summary>Every epoch of this process, in order.</summary>
    public required IReadOnlyList<EpochCompleted> Epochs { get; init; }

    /// <summary>Epochs done, those before a resume included.</summary>
    public required int EpochsDone { get; init; }

    /// <summary>The first best epoch by the early-stopping metric, or the last one without validation data; 1-based, 0 where no epoch was finished.</summary>
    public required int BestEpoch { get; init; }

    /// <summary>The epoch after which the kept parameters were taken (an interrupted run may have gone on for part of another); 0 where no epoch was finished.</summary>
    public required int KeptEpoch { get; init; }

    /// <summary>Why the run ended.</summary>
    public required StopReason StoppedBy { get; init; }

    /// <summary>Seconds of training alone, over these epochs.</summary>
    public required double Seconds { get; init; }
}
