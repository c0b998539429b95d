namespace Nabla.Theory.Plots;

/// <summary>Draws plots as PNG pictures, the same on every machine.</summary>
public static class PlotWriter
{
    /// <summary>Width of a picture in pixels.</summary>
    public const int Width = 960;

    /// <summary>Height of a picture in pixels.</summary>
    public const int Height = 600;

    /// <summary>Draws a plot and writes it as PNG.</summary>
    /// <param name="plot">The plot. Values that are not finite, or not above 0 on a logarithmic axis, leave a gap in their curve.</param>
    /// <param name="stream">Where to.</param>
    /// <exception cref="ArgumentException">A curve has not as many vertical values as horizontal ones.</exception>
    public static void Write(Plot plot, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(plot);
        ArgumentNullException.ThrowIfNull(stream);
        new PlotDrawing(plot).Canvas.WritePng(stream);
    }
}
