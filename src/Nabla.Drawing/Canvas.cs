using Nabla.Data.Images.Png;

namespace Nabla.Drawing;

/// <summary>
/// A picture with anti-aliased lines and text, drawn with a round pen, and filled rectangles. For one thread at a time.
/// </summary>
public sealed class Canvas
{
    private const long MaxPixels = 1 << 26;

    private readonly StrokeFont font = new();
    private readonly Colour[] pixels;
    private readonly double[] nearest;

    /// <summary>Creates a white picture.</summary>
    /// <param name="width">Number of pixels per row, at least 1.</param>
    /// <param name="height">Number of rows, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A side is below 1, or the picture has more than 2²⁶ pixels.
    /// </exception>
    public Canvas(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)width * height, MaxPixels, nameof(height));
        Width = width;
        Height = height;
        pixels = new Colour[width * height];
        nearest = new double[width * height];
        Array.Fill(pixels, Colour.White);
        Array.Fill(nearest, double.PositiveInfinity);
        Whole = new PixelArea(0, 0, width, height);
    }

    /// <summary>Number of pixels per row.</summary>
    public int Width { get; }

    /// <summary>Number of rows.</summary>
    public int Height { get; }

    /// <summary>The area of the whole picture, for use as a clip.</summary>
    public PixelArea Whole { get; }

    /// <summary>The colour of a pixel.</summary>
    public Colour this[int x, int y] => pixels[(y * Width) + x];

    /// <summary>Whether the font has a glyph for a character. Characters without one are drawn as a box.</summary>
    public bool HasGlyph(char character) => font.Has(character);

    /// <summary>The length in pixels of a text whose capitals are <paramref name="height"/> pixels high.</summary>
    public double Measure(string text, double height) => font.Measure(text, height);

    /// <summary>
    /// Draws chains of points as one stroke of the pen: where they cross, the colour is applied once.
    /// </summary>
    /// <param name="chains">The chains, in pixels; (0, 0) is the corner of the top left pixel.</param>
    /// <param name="pen">Width of the pen in pixels.</param>
    /// <param name="colour">The colour.</param>
    /// <param name="clip">No pixel outside it is changed.</param>
    public void Draw(IEnumerable<PixelPoint[]> chains, double pen, Colour colour, PixelArea clip)
    {
        ArgumentNullException.ThrowIfNull(chains);
        double reach = (pen / 2) + 1;
        var touched = new PixelArea(Width, Height, 0, 0);
        foreach (PixelPoint[] chain in chains)
        {
            for (int i = 1; i < chain.Length; i++)
            {
                touched = touched.Union(AddSegment(chain[i - 1], chain[i], reach, clip));
            }
        }

        for (int y = touched.Top; y < touched.Bottom; y++)
        {
            for (int x = touched.Left; x < touched.Right; x++)
            {
                ref double distance = ref nearest[(y * Width) + x];
                double cover = Math.Clamp((pen / 2) + 0.5 - Math.Sqrt(distance), 0, 1);
                distance = double.PositiveInfinity;
                ref Colour pixel = ref pixels[(y * Width) + x];
                pixel = colour.Over(pixel, cover);
            }
        }
    }

    /// <summary>Draws a straight line with a round pen.</summary>
    public void Line(double x0, double y0, double x1, double y1, double pen, Colour colour) =>
        Draw([[new PixelPoint(x0, y0), new PixelPoint(x1, y1)]], pen, colour, Whole);

    /// <summary>Fills the part of a rectangle that lies in the picture.</summary>
    public void Fill(PixelArea area, Colour colour)
    {
        int left = Math.Clamp(area.Left, 0, Width), right = Math.Clamp(area.Right, left, Width);
        for (int y = Math.Max(0, area.Top); y < Math.Min(Height, area.Bottom); y++)
        {
            pixels.AsSpan((y * Width) + left, right - left).Fill(colour);
        }
    }

    /// <summary>Writes a text from left to right, or upwards if <paramref name="upwards"/> is true.</summary>
    /// <param name="text">The text.</param>
    /// <param name="x">The x of the anchor.</param>
    /// <param name="y">The y of the baseline; the y of the anchor for a text that runs upwards.</param>
    /// <param name="anchor">
    /// The share of the text before the anchor: 0 starts at the anchor, ½ is centred, 1 ends there.
    /// </param>
    /// <param name="height">Height of capital letters in pixels.</param>
    /// <param name="colour">The colour.</param>
    /// <param name="upwards">Whether the text is turned by 90° counter-clockwise.</param>
    public void Write(string text, double x, double y, double anchor, double height, Colour colour, bool upwards = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        double before = anchor * font.Measure(text, height);
        Draw(
            font.Layout(text, height).Select(stroke => (PixelPoint[])[.. stroke.Select(p => upwards ? new PixelPoint(x - p.Y, y + before - p.X) : new PixelPoint(x - before + p.X, y - p.Y))]),
            Math.Max(1.1, height / 7.5),
            colour,
            Whole);
    }

    /// <summary>Writes the picture as a PNG.</summary>
    public void WritePng(Stream stream)
    {
        byte[] bytes = new byte[pixels.Length * 3];
        for (int i = 0; i < pixels.Length; i++)
        {
            (bytes[3 * i], bytes[(3 * i) + 1], bytes[(3 * i) + 2]) = (pixels[i].Red, pixels[i].Green, pixels[i].Blue);
        }

        PngWriter.WriteColour(stream, bytes, Width);
    }

    /// <summary>
    /// Lowers the squared distance of each pixel's centre to the stroke
    /// by one more segment, and returns the pixels that may have changed.
    /// </summary>
    private PixelArea AddSegment(PixelPoint a, PixelPoint b, double reach, PixelArea clip)
    {
        double dx = b.X - a.X, dy = b.Y - a.Y, length = (dx * dx) + (dy * dy);
        double inverse = length > 0 ? 1 / length : 0;
        var area = new PixelArea(
            Math.Max(clip.Left, (int)Math.Floor(Math.Min(a.X, b.X) - reach)),
            Math.Max(clip.Top, (int)Math.Floor(Math.Min(a.Y, b.Y) - reach)),
            Math.Min(clip.Right, (int)Math.Ceiling(Math.Max(a.X, b.X) + reach)),
            Math.Min(clip.Bottom, (int)Math.Ceiling(Math.Max(a.Y, b.Y) + reach)));
        for (int y = area.Top; y < area.Bottom; y++)
        {
            for (int x = area.Left; x < area.Right; x++)
            {
                double px = x + 0.5 - a.X, py = y + 0.5 - a.Y;
                double t = Math.Clamp(((px * dx) + (py * dy)) * inverse, 0, 1);
                double ex = px - (t * dx), ey = py - (t * dy);
                ref double best = ref nearest[(y * Width) + x];
                best = Math.Min(best, (ex * ex) + (ey * ey));
            }
        }

        return area;
    }
}
