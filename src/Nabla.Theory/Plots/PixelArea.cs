namespace Nabla.Theory.Plots;

/// <summary>A rectangle of pixels: from Left and Top up to, and without, Right and Bottom.</summary>
internal readonly record struct PixelArea(int Left, int Top, int Right, int Bottom)
{
    public int Width => Right - Left;

    public int Height => Bottom - Top;

    /// <summary>The smallest rectangle around both; an empty one adds nothing.</summary>
    public PixelArea Union(PixelArea other) => other.Width <= 0 || other.Height <= 0
        ? this
        : new(Math.Min(Left, other.Left), Math.Min(Top, other.Top), Math.Max(Right, other.Right), Math.Max(Bottom, other.Bottom));
}
