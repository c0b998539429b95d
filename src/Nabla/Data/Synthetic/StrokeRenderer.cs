namespace Nabla.Data.Synthetic;

/// <summary>Draws chains of points with an anti-aliased round pen on a grey image. For one thread at a time.</summary>
internal sealed class StrokeRenderer(int rows, int columns)
{
    private readonly double[] nearest = new double[rows * columns];

    /// <summary>Removes all strokes.</summary>
    public void Clear() => Array.Fill(nearest, double.PositiveInfinity);

    /// <summary>Adds a stroke. Points are in pixels from the centre of the top left pixel.</summary>
    /// <param name="points">The chain of points.</param>
    /// <param name="reach">Pixels farther away than this are not examined.</param>
    public void Add(ReadOnlySpan<(double X, double Y)> points, double reach)
    {
        for (int i = 1; i < points.Length; i++)
        {
            AddSegment(points[i - 1].X, points[i - 1].Y, points[i].X, points[i].Y, reach);
        }
    }

    /// <summary>
    /// Writes the image: the ink fades over one pixel, centred at half the pen's width from a stroke.
    /// </summary>
    public void Write(double penWidth, double ink, Span<byte> pixels)
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            double cover = (penWidth / 2) + 0.5 - Math.Sqrt(nearest[i]);
            pixels[i] = (byte)(255 * ink * Math.Clamp(cover, 0, 1));
        }
    }

    private void AddSegment(double x0, double y0, double x1, double y1, double reach)
    {
        double dx = x1 - x0, dy = y1 - y0, length = (dx * dx) + (dy * dy);
        double inverse = length > 0 ? 1 / length : 0;
        int top = Math.Max(0, (int)Math.Ceiling(Math.Min(y0, y1) - reach)), bottom = Math.Min(rows - 1, (int)Math.Floor(Math.Max(y0, y1) + reach));
        int left = Math.Max(0, (int)Math.Ceiling(Math.Min(x0, x1) - reach)), right = Math.Min(columns - 1, (int)Math.Floor(Math.Max(x0, x1) + reach));
        for (int row = top; row <= bottom; row++)
        {
            for (int column = left; column <= right; column++)
            {
                double px = column - x0, py = row - y0;
                double t = Math.Clamp(((px * dx) + (py * dy)) * inverse, 0, 1);
                double ex = px - (t * dx), ey = py - (t * dy), distance = (ex * ex) + (ey * ey);
                ref double best = ref nearest[(row * columns) + column];
                best = Math.Min(best, distance);
            }
        }
    }
}
