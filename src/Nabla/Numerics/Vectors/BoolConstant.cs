namespace Nabla.Numerics.Vectors;

/// <summary>
/// A compile-time flag as a type parameter: the JIT compiles each value separately, so a branch that is off costs no
/// time and no registers.
/// </summary>
internal interface IBoolConstant
{
    static abstract bool Value { get; }
}

internal readonly struct True : IBoolConstant
{
    public static bool Value => true;
}

internal readonly struct False : IBoolConstant
{
    public static bool Value => false;
}
