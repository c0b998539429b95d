using System.Globalization;

namespace Nabla.Network;

/// <summary>The shape of one sample between two layers: units; members × units; or channels × rows × columns.</summary>
public readonly record struct SampleShape
{
    /// <summary>A vector.</summary>
    /// <param name="units">At least 1.</param>
    public SampleShape(int units)
    {
        (First, Second, Third, Rank) = (units, 1, 1, 1);
    }

    /// <summary>Several vectors of one length.</summary>
    /// <param name="members">At least 1.</param>
    /// <param name="units">At least 1.</param>
    public SampleShape(int members, int units)
    {
        (First, Second, Third, Rank) = (members, units, 1, 2);
    }

    /// <summary>A picture.</summary>
    /// <param name="channels">At least 1.</param>
    /// <param name="rows">At least 1.</param>
    /// <param name="columns">At least 1.</param>
    public SampleShape(int channels, int rows, int columns)
    {
        (First, Second, Third, Rank) = (channels, rows, columns, 3);
    }

    /// <summary>The size of the first axis.</summary>
    public int First { get; }

    /// <summary>The size of the second axis, or 1.</summary>
    public int Second { get; }

    /// <summary>The size of the third axis, or 1.</summary>
    public int Third { get; }

    /// <summary>The number of axes, 1 to 3.</summary>
    public int Rank { get; }

    /// <summary>The number of values.</summary>
    /// <exception cref="OverflowException">There are more than an array holds.</exception>
    public int Size => checked(First * Second * Third);

    /// <summary><c>784</c>, <c>8×64</c>, <c>1×28×28</c>.</summary>
    public override string ToString() => string.Join('×', new[] { First, Second, Third }.Take(Math.Max(1, Rank)).Select(size => size.ToString(CultureInfo.InvariantCulture)));
}
