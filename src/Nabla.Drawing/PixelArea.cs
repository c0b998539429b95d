namespace Nabla.Drawing;

/// <summary>A rectangle of pixels: from Left and Top to Right and Bottom, which are exclusive.</summary>
/// <param name="Left">The first column.</param>
/// <param name="Top">The first row.</param>
/// <param name="Right">The column after the last.</param>
/// <param name="Bottom">The row after the last.</param>
public readonly record struct PixelArea(int Left, int Top, int Right, int Bottom)
{
    /// <summary>Number of columns; below 1 if the area is empty.</summary>
    public int Width => Right - Left;

    /// <summary>Number of rows; below 1 if the area is empty.</summary>
    public int Height => Bottom - Top;

    /// <summary>The smallest rectangle around both. An empty area adds nothing.</summary>
    public PixelArea Union(PixelArea other) => other.Width <= 0 || other.Height <= 0
        ? this
        : new(Math.Min(Left, other.Left), Math.Min(Top, other.Top), Math.Max(Right, other.Right), Math.Max(Bottom, other.Bottom));
}
