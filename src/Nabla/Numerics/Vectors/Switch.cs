namespace Nabla.Numerics.Vectors;

/// <summary>Something that a loop does or leaves out: a constant to the compiler, so that what is off costs neither time nor registers.</summary>
internal interface ISwitch
{
    static abstract bool IsOn { get; }
}

internal readonly struct On : ISwitch
{
    public static bool IsOn => true;
}

internal readonly struct Off : ISwitch
{
    public static bool IsOn => false;
}
