namespace Nabla.Training.UpdateRules;

/// <summary>The update rules, defined exactly as PyTorch defines them.</summary>
public enum OptimizerKind
{
    /// <summary>w ← w − ηg.</summary>
    Sgd,

    /// <summary>v ← μv + g, w ← w − ηv. Ledger T79, T122 to T125.</summary>
    Momentum,

    /// <summary>v ← μv + g, w ← w − η(g + μv). Ledger T125.</summary>
    Nesterov,

    /// <summary>s ← αs + (1 − α)g², w ← w − ηg/(√s + ε).</summary>
    RmsProp,

    /// <summary>Kingma and Ba 2015, with bias correction.</summary>
    Adam,

    /// <summary>Adam with the decay w ← (1 − ηλ/n)w apart from the gradient, weights only (Loshchilov and Hutter 2019).</summary>
    AdamW,
}

/// <summary>An update rule and its constants.</summary>
public sealed record OptimizerOptions
{
    /// <summary>The update rule. Default SGD.</summary>
    public OptimizerKind Kind { get; init; } = OptimizerKind.Sgd;

    /// <summary>μ of momentum and Nesterov; any finite value, for study (ledger T122 to T124). Default 0.9.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Adam's β₁ in [0, 1). Default 0.9.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Adam's β₂ in [0, 1). Default 0.999.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>RMSProp's α in [0, 1). Default 0.99.</summary>
    public double Alpha { get; init; } = 0.99;

    /// <summary>ε ≥ 0 outside the root, of RMSProp, Adam and AdamW. Default 1e-8.</summary>
    public double Epsilon { get; init; } = 1e-8;
}
