namespace Nabla;

/// <summary>The floating-point type of parameters and arithmetic.</summary>
public enum Precision
{
    /// <summary>32-bit <see cref="float"/>: to train.</summary>
    Single,

    /// <summary>64-bit <see cref="double"/>: to prove.</summary>
    Double,
}
