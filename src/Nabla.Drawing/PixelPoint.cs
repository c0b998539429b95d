namespace Nabla.Drawing;

/// <summary>A point of a picture in pixels, x to the right and y down from the top left corner.</summary>
/// <param name="X">Pixels to the right.</param>
/// <param name="Y">Pixels down.</param>
public readonly record struct PixelPoint(double X, double Y);
