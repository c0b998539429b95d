using System.Numerics;

namespace Nabla.Network.Costs;

/// <summary>A cost of the errors e = a − y alone, C = c·Σ_j h(e_j): a struct type parameter, so that the loops over the errors stand once.</summary>
internal interface IErrorCost
{
    /// <summary>c, which multiplies the rounded sum.</summary>
    static abstract double Factor { get; }

    /// <summary>h(e).</summary>
    static abstract double Term(double error);

    /// <summary>c·h′(e) = ∂C/∂a_j.</summary>
    static abstract T Slope<T>(T error) where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

/// <summary>½Σe².</summary>
internal readonly struct QuadraticCost : IErrorCost
{
    public static double Factor => 0.5;

    public static double Term(double error) => error * error;

    public static T Slope<T>(T error) where T : unmanaged, IBinaryFloatingPointIeee754<T> => error;
}

/// <summary>½e² up to an error of 1, |e| − ½ beyond (Huber 1964).</summary>
internal readonly struct HuberCost : IErrorCost
{
    public static double Factor => 1;

    public static double Term(double error)
    {
        double size = Math.Abs(error);
        return size <= 1 ? 0.5 * error * error : size - 0.5;
    }

    public static T Slope<T>(T error) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Clamp(error, -T.One, T.One);
}
