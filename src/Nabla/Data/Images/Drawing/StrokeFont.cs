using System.Globalization;
using Nabla.Data.Images.Pixels;

namespace Nabla.Data.Images.Drawing;

/// <summary>A single-line font: every character is a few strokes of a pen, so that text of any size is drawn as lines are.</summary>
internal sealed class StrokeFont
{
    /// <summary>Height of a capital letter in the units of the outlines.</summary>
    private const double CapitalHeight = 12;
    private const double Spacing = 3.2;
    private const double SpaceWidth = 3;
    private const int StepsPerArc = 6;

    // Small raised and lowered signs, and below each the sign that they are made of.
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
            // The first character may itself be the bar that separates strokes.
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

    /// <summary>Whether the font has a glyph of its own for a character; others are drawn as a box.</summary>
    public bool Has(char character) => glyphs.ContainsKey(character);

    /// <summary>The length of a text whose capitals are <paramref name="height"/> high.</summary>
    public double Measure(string text, double height) =>
        text.Length == 0 ? 0 : (text.Sum(character => Of(character).Width + Spacing) - Spacing) * height / CapitalHeight;

    /// <summary>The strokes of a text that begins at the origin, with y growing upwards from the base line.</summary>
    public IEnumerable<PixelPoint[]> Lay(string text, double height)
    {
        double scale = height / CapitalHeight, x = 0;
        foreach (Glyph glyph in text.Select(Of))
        {
            foreach (PixelPoint[] stroke in glyph.Strokes)
            {
                yield return [.. stroke.Select(point => new PixelPoint((x + point.X) * scale, point.Y * scale))];
            }

            x += glyph.Width + Spacing;
        }
    }

    private Glyph Of(char character) => glyphs.GetValueOrDefault(character, unknown);

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

    /// <summary>The quadratic B-spline of control points: arcs that join at the middles of the control polygon's sides. Closed where first and last point are one.</summary>
    private static PixelPoint[] Curve(PixelPoint[] control)
    {
        bool closed = control[0] == control[^1];
        var curve = new List<PixelPoint> { closed ? Middle(control[0], control[1]) : control[0] };
        int arcs = closed ? control.Length - 1 : control.Length - 2;
        for (int i = 1; i <= arcs; i++)
        {
            PixelPoint from = curve[^1], bend = control[i];
            PixelPoint to = closed ? Middle(bend, control[(i % arcs) + 1]) : i == arcs ? control[^1] : Middle(bend, control[i + 1]);
            for (int step = 1; step <= StepsPerArc; step++)
            {
                double t = (double)step / StepsPerArc, s = 1 - t;
                curve.Add(new PixelPoint((s * s * from.X) + (2 * s * t * bend.X) + (t * t * to.X), (s * s * from.Y) + (2 * s * t * bend.Y) + (t * t * to.Y)));
            }
        }

        return [.. curve];
    }

    private static PixelPoint Middle(PixelPoint a, PixelPoint b) => new((a.X + b.X) / 2, (a.Y + b.Y) / 2);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private sealed record Glyph(double Width, PixelPoint[][] Strokes)
    {
        public Glyph Reduced(double factor, double rise) => new(
            Width * factor,
            [.. Strokes.Select(stroke => (PixelPoint[])[.. stroke.Select(point => new PixelPoint(point.X * factor, (point.Y * factor) + rise))])]);
    }
}
