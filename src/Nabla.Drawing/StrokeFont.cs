using System.Globalization;

namespace Nabla.Drawing;

/// <summary>
/// A font of single lines: every character is a few pen strokes, so text of any size is drawn like other lines.
/// </summary>
internal sealed class StrokeFont
{
    /// <summary>Height of a capital letter in the units of the outlines.</summary>
    private const double CapitalHeight = 12;
    private const double Spacing = 3.2;
    private const double SpaceWidth = 3;
    private const int StepsPerArc = 6;

    // Superscripts and subscripts, each above the characters that they are scaled from.
    private const string Raised = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ᵀᴸˡⁿᵗᶜᶻᵏᵐ";
    private const string RaisedFrom = "0123456789−+TLlntczkm";
    private const string Lowered = "₀₁₂₃₄₅₆₇₈₉₋₊ᵢⱼₖₘₙₜₓₐₕ";
    private const string LoweredFrom = "0123456789−+ijkmntxah";

    private readonly Dictionary<char, Glyph> glyphs = [];
    private readonly Glyph unknown = new(6, [[new(0, 0), new(6, 0), new(6, 12), new(0, 12), new(0, 0)]]);

    public StrokeFont()
    {
        foreach (string line in StrokeFontOutlines.Glyphs.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            // The first character may be the bar that otherwise separates strokes.
            string[] parts = line[1..].Split('|');
            glyphs.Add(line[0], new Glyph(Number(parts[0].Trim()), [.. parts.Skip(1).Select(Stroke)]));
        }

        glyphs.Add(' ', new Glyph(SpaceWidth, []));
        for (int i = 0; i < Raised.Length; i++)
        {
            glyphs.Add(Raised[i], glyphs[RaisedFrom[i]].Reduced(0.62, 6.2));
        }

        for (int i = 0; i < Lowered.Length; i++)
        {
            glyphs.Add(Lowered[i], glyphs[LoweredFrom[i]].Reduced(0.62, -3));
        }
    }

    /// <summary>Whether the font has a glyph for a character. Characters without one are drawn as a box.</summary>
    public bool Has(char character) => glyphs.ContainsKey(character);

    /// <summary>The length of a text whose capitals are <paramref name="height"/> high.</summary>
    public double Measure(string text, double height) =>
        text.Length == 0 ? 0 : (text.Sum(character => GlyphOf(character).Width + Spacing) - Spacing) * height / CapitalHeight;

    /// <summary>The strokes of a text that starts at the origin. y grows upwards from the baseline.</summary>
    public IEnumerable<PixelPoint[]> Layout(string text, double height)
    {
        double scale = height / CapitalHeight, x = 0;
        foreach (Glyph glyph in text.Select(GlyphOf))
        {
            foreach (PixelPoint[] stroke in glyph.Strokes)
            {
                yield return [.. stroke.Select(point => new PixelPoint((x + point.X) * scale, point.Y * scale))];
            }

            x += glyph.Width + Spacing;
        }
    }

    private Glyph GlyphOf(char character) => glyphs.GetValueOrDefault(character, unknown);

    private static PixelPoint[] Stroke(string text)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        bool curved = words[0] == "~";
        double[] numbers = [.. words.Skip(curved ? 1 : 0).Select(Number)];
        var points = new PixelPoint[numbers.Length / 2];
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = new PixelPoint(numbers[2 * i], numbers[(2 * i) + 1]);
        }

        return curved ? Curve(points) : points;
    }

    /// <summary>
    /// The quadratic B-spline of control points: arcs that join at the midpoints of the control polygon's sides. Closed
    /// if the first and last point are equal.
    /// </summary>
    private static PixelPoint[] Curve(PixelPoint[] control)
    {
        bool closed = control[0] == control[^1];
        var curve = new List<PixelPoint> { closed ? Midpoint(control[0], control[1]) : control[0] };
        int arcs = closed ? control.Length - 1 : control.Length - 2;
        for (int i = 1; i <= arcs; i++)
        {
            PixelPoint from = curve[^1], bend = control[i];
            PixelPoint to = closed ? Midpoint(bend, control[(i % arcs) + 1]) : i == arcs ? control[^1] : Midpoint(bend, control[i + 1]);
            for (int step = 1; step <= StepsPerArc; step++)
            {
                double t = (double)step / StepsPerArc, s = 1 - t;
                curve.Add(new PixelPoint((s * s * from.X) + (2 * s * t * bend.X) + (t * t * to.X), (s * s * from.Y) + (2 * s * t * bend.Y) + (t * t * to.Y)));
            }
        }

        return [.. curve];
    }

    private static PixelPoint Midpoint(PixelPoint a, PixelPoint b) => new((a.X + b.X) / 2, (a.Y + b.Y) / 2);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private sealed record Glyph(double Width, PixelPoint[][] Strokes)
    {
        public Glyph Reduced(double factor, double rise) => new(
            Width * factor,
            [.. Strokes.Select(stroke => (PixelPoint[])[.. stroke.Select(point => new PixelPoint(point.X * factor, (point.Y * factor) + rise))])]);
    }
}
