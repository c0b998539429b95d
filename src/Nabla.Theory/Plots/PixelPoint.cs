namespace Nabla.Theory.Plots;

/// <summary>A point of a picture in pixels: x to the right and y down from the corner of the top left one.</summary>
internal readonly record struct PixelPoint(double X, double Y);
