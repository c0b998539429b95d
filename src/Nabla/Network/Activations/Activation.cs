namespace Nabla.Network.Activations;

/// <summary>The function from weighted input z to activation a of a unit.</summary>
public enum Activation
{
    /// <summary>σ(z) = 1/(1 + e^−z). Ledger T01.</summary>
    Sigmoid,

    /// <summary>tanh z = 2σ(2z) − 1. Ledger T04.</summary>
    Tanh,

    /// <summary>max(0, z); its derivative at 0 is taken as 0.</summary>
    Relu,

    /// <summary>z for z &gt; 0, otherwise 0.01·z.</summary>
    LeakyRelu,

    /// <summary>z·Φ(z) with the normal distribution function Φ (the exact form, not the tanh approximation).</summary>
    Gelu,

    /// <summary>ln(1 + e^z).</summary>
    Softplus,

    /// <summary>a = z. Ledger T05.</summary>
    Linear,

    /// <summary>1 for z &gt; 0, otherwise 0; derivative 0. For networks made by hand (ledger T137); it cannot be trained.</summary>
    Step,

    /// <summary>e^(c·z_j) / Σ_k e^(c·z_k) over the layer, c the softmax constant. Output layer only. Ledger T36 to T63.</summary>
    Softmax,
}
