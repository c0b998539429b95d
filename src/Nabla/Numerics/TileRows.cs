namespace Nabla.Numerics;

/// <summary>How many rows a tile has, 1, 5 or 6: a constant to the compiler, which leaves out what it has not.</summary>
internal interface ITileRows
{
    static abstract int Count { get; }
}

internal readonly struct OneRow : ITileRows
{
    public static int Count => 1;
}

internal readonly struct FiveRows : ITileRows
{
    public static int Count => 5;
}

internal readonly struct SixRows : ITileRows
{
    public static int Count => 6;
}
