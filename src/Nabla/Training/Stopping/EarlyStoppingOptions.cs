namespace Nabla;

/// <summary>When no further progress counts as certain.</summary>
public enum EarlyStoppingRule
{
    /// <summary>The last N epochs brought no new best. Theory T113.</summary>
    Best,

    /// <summary>The sum of the last N values is no better than the sum of the N before, asked from 2N epochs on. Theory T116.</summary>
    Average,
}

/// <summary>What is watched on the validation data.</summary>
public enum EarlyStoppingMetric
{
    /// <summary>The number of right answers (classification); −cost for regression.</summary>
    Accuracy,

    /// <summary>The data cost, without the penalty.</summary>
    Cost,
}

/// <summary>Which epoch's weights become the model.</summary>
public enum KeepRule
{
    /// <summary>Best where there is a validation set and early stopping is on, otherwise last.</summary>
    Auto,

    /// <summary>The first best epoch by the early-stopping metric.</summary>
    Best,

    /// <summary>The last epoch.</summary>
    Last,
}

/// <summary>Early stopping and its constants.</summary>
public sealed record EarlyStoppingOptions
{
    /// <summary>N, at least 1; null for no early stopping. Default null.</summary>
    public int? Patience { get; init; }

    /// <summary>The rule. Default best.</summary>
    public EarlyStoppingRule Rule { get; init; } = EarlyStoppingRule.Best;

    /// <summary>The metric. Default accuracy.</summary>
    public EarlyStoppingMetric Metric { get; init; } = EarlyStoppingMetric.Accuracy;

    /// <summary>Which weights become the model. Default auto.</summary>
    public KeepRule Keep { get; init; } = KeepRule.Auto;
}
