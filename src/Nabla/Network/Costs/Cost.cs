namespace Nabla.Network.Costs;

/// <summary>The cost of one sample; what training minimises is its mean over samples plus the penalty.</summary>
public enum Cost
{
    /// <summary>½‖a − y‖². Ledger T18, T26, T65.</summary>
    Quadratic,

    /// <summary>−Σ_j [y_j ln a_j + (1 − y_j) ln(1 − a_j)], for sigmoid outputs and targets in [0, 1]. Ledger T07 to T17.</summary>
    CrossEntropy,

    /// <summary>−ln a_y for softmax outputs (−Σ_j y_j ln a_j for a target distribution). Ledger T45 to T60.</summary>
    LogLikelihood,

    /// <summary>Σ_j h(a_j − y_j) with h(e) = ½e² for |e| ≤ 1 and |e| − ½ beyond: a target that is far off pulls no harder than one that is 1 off (Huber 1964). Not for softmax.</summary>
    Huber,
}
