namespace Nabla.Data.Images.Pixels;

/// <summary>A rectangle of pixels: from Left and Top up to, and without, Right and Bottom.</summary>
/// <param name="Left">The first column.</param>
/// <param name="Top">The first row.</param>
/// <param name="Right">The column behind the last.</param>
/// <param name="Bottom">The row below the last.</param>
public readonly record struct PixelArea(int Left, int Top, int Right, int Bottom)
{
    /// <summary>Columns; below 1 where it is empty.</summary>
    public int Width => Right - Left;

    /// <summary>Rows; below 1 where it is empty.</summary>
    public int Height => Bottom - Top;

    /// <summary>The smallest rectangle around both; an empty one adds nothing.</summary>
    public PixelArea Union(PixelArea other) => other.Width <= 0 || other.Height <= 0
        ? this
        : new(Math.Min(Left, other.Left), Math.Min(Top, other.Top), Math.Max(Right, other.Right), Math.Max(Bottom, other.Bottom));
}
