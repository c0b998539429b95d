namespace Nabla.Data.Images.Pixels;

/// <summary>A point of a picture in pixels: x to the right and y down from the corner of the top left one.</summary>
/// <param name="X">To the right.</param>
/// <param name="Y">Down.</param>
public readonly record struct PixelPoint(double X, double Y);
