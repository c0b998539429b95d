namespace Nabla.Network.Operators;

/// <summary>The elementary operators of which layers and activations are made. Formats translate these, and know no layer.</summary>
public enum Operator
{
    /// <summary>x + y.</summary>
    Add,

    /// <summary>x − y.</summary>
    Subtract,

    /// <summary>x·y, element by element.</summary>
    Multiply,

    /// <summary>x/y, element by element.</summary>
    Divide,

    /// <summary>x·Wᵀ with x [samples, in] and W [out, in].</summary>
    Product,

    /// <summary>√x.</summary>
    SquareRoot,

    /// <summary>e^x.</summary>
    Exp,

    /// <summary>erf x.</summary>
    Erf,

    /// <summary>1/(1 + e^−x).</summary>
    Sigmoid,

    /// <summary>tanh x.</summary>
    Tanh,

    /// <summary>max(0, x).</summary>
    Relu,

    /// <summary>x for x &gt; 0, otherwise p·x with the parameter p.</summary>
    LeakyRelu,

    /// <summary>x for x &gt; 0, otherwise p·(e^x − 1) with the parameter p.</summary>
    Elu,

    /// <summary>λx for x &gt; 0, otherwise λα(e^x − 1) with the constants of Klambauer et al. 2017.</summary>
    Selu,

    /// <summary>ln(1 + e^x).</summary>
    Softplus,

    /// <summary>1 for x &gt; 0, otherwise 0.</summary>
    Positive,

    /// <summary>e^x_j / Σ_k e^x_k over the units.</summary>
    Softmax,
}
