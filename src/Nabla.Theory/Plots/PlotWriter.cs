namespace Nabla.Theory.Plots;

/// <summary>Draws plots as PNG pictures that are the same on every machine.</summary>
public static class PlotWriter
{
    /// <summary>Width of a picture in pixels.</summary>
    public const int Width = 960;

    /// <summary>Height of a picture in pixels.</summary>
    public const int Height = 600;

    /// <summary>Draws a plot and writes it as PNG.</summary>
    /// <param name="plot">
    /// The plot. A value that is not finite, or not above 0 on a logarithmic axis, leaves a gap in its curve.
    /// </param>
    /// <param name="stream">The stream to write to.</param>
    /// <exception cref="ArgumentException">A curve has different numbers of horizontal and vertical values.</exception>
    public static void Write(Plot plot, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(plot);
        ArgumentNullException.ThrowIfNull(stream);
        new PlotDrawing(plot).Canvas.WritePng(stream);
    }
}
