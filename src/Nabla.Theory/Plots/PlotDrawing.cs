using Nabla.Drawing;

namespace Nabla.Theory.Plots;

/// <summary>Draws a chart: the title, the legend below it, the frame with its ticks, and the curves.</summary>
internal sealed class PlotDrawing
{
    private const double TitleHeight = 15;
    private const double TextHeight = 11;
    private const int LeftMargin = 96;
    private const int RightMargin = 28;
    private const int BottomMargin = 68;
    private const int TitleBase = 36;
    private const int LegendRow = 25;
    private const double SampleLength = 30;
    private const double CurvePen = 2.5;
    private const double PointPen = 7;
    private const double Dash = 10;
    private const double Gap = 7;

    private readonly Plot plot;
    private readonly PixelArea area;
    private readonly Axis horizontal;
    private readonly Axis vertical;

    public PlotDrawing(Plot plot)
    {
        this.plot = plot;
        foreach (Curve curve in plot.Curves)
        {
            if (curve.X.Count != curve.Y.Count)
            {
                throw new ArgumentException($"The curve '{curve.Name}' of '{plot.Title}' has {curve.X.Count} horizontal and {curve.Y.Count} vertical values: expected equal counts.", nameof(plot));
            }
        }

        horizontal = new Axis(plot.LogarithmicX, plot.Curves.SelectMany(curve => curve.X));
        vertical = new Axis(plot.LogarithmicY, plot.Curves.SelectMany(curve => curve.Y));
        DrawTitle();
        area = new PixelArea(LeftMargin, DrawLegend(), PlotWriter.Width - RightMargin, PlotWriter.Height - BottomMargin);
        DrawAxes();
        for (int i = 0; i < plot.Curves.Count; i++)
        {
            DrawCurve(plot.Curves[i], Colour.OfCurve(i));
        }
    }

    public Canvas Canvas { get; } = new(PlotWriter.Width, PlotWriter.Height);

    private void DrawTitle()
    {
        // A long title is written smaller so that it fits.
        double room = PlotWriter.Width - LeftMargin - RightMargin, width = Canvas.Measure(plot.Title, TitleHeight);
        Canvas.Write(plot.Title, LeftMargin, TitleBase, 0, TitleHeight * Math.Min(1, room / Math.Max(width, 1)), Colour.Ink);
    }

    /// <summary>
    /// Draws the legend in rows below the title, so that it hides no data, and returns the top of the plot area.
    /// </summary>
    private int DrawLegend()
    {
        double x = LeftMargin, y = TitleBase + LegendRow + 4;
        bool any = false;
        for (int i = 0; i < plot.Curves.Count; i++)
        {
            Curve curve = plot.Curves[i];
            if (curve.Name.Length == 0)
            {
                continue;
            }

            double width = SampleLength + 10 + Canvas.Measure(curve.Name, TextHeight);
            if (any && x + width > PlotWriter.Width - RightMargin)
            {
                (x, y) = (LeftMargin, y + LegendRow);
            }

            any = true;
            double middle = y - (TextHeight / 2);
            PixelPoint[] sample = curve.Style == CurveStyle.Points
                ? [new(x + (SampleLength / 2), middle)]
                : [new(x, middle), new(x + SampleLength, middle)];
            Draw(curve.Style, sample, Colour.OfCurve(i), Canvas.Whole);
            Canvas.Write(curve.Name, x + SampleLength + 10, y, 0, TextHeight, Colour.Ink);
            x += width + 30;
        }

        return (int)(any ? y + 20 : TitleBase + 26);
    }

    private void DrawAxes()
    {
        foreach ((double share, string label) in horizontal.Ticks())
        {
            double x = area.Left + (share * area.Width);
            Canvas.Line(x, area.Top, x, area.Bottom, 1, Colour.Grid);
            Canvas.Write(label, x, area.Bottom + TextHeight + 11, 0.5, TextHeight, Colour.Ink);
        }

        foreach ((double share, string label) in vertical.Ticks())
        {
            double y = area.Bottom - (share * area.Height);
            Canvas.Line(area.Left, y, area.Right, y, 1, Colour.Grid);
            Canvas.Write(label, area.Left - 10, y + (TextHeight / 2), 1, TextHeight, Colour.Ink);
        }

        PixelPoint[] frame = [new(area.Left, area.Top), new(area.Right, area.Top), new(area.Right, area.Bottom), new(area.Left, area.Bottom), new(area.Left, area.Top)];
        Canvas.Draw([frame], 1.2, Colour.Frame, Canvas.Whole);
        Canvas.Write(plot.X, (area.Left + area.Right) / 2.0, PlotWriter.Height - 22, 0.5, TextHeight + 1, Colour.Ink);
        Canvas.Write(plot.Y, 32, (area.Top + area.Bottom) / 2.0, 0.5, TextHeight + 1, Colour.Ink, upwards: true);
    }

    private void DrawCurve(Curve curve, Colour colour)
    {
        var chain = new List<PixelPoint>();
        for (int i = 0; i < curve.X.Count; i++)
        {
            if (horizontal.CanShow(curve.X[i]) && vertical.CanShow(curve.Y[i]))
            {
                chain.Add(new PixelPoint(area.Left + (horizontal.Share(curve.X[i]) * area.Width), area.Bottom - (vertical.Share(curve.Y[i]) * area.Height)));
            }
            else
            {
                Draw(curve.Style, chain, colour, area);
                chain.Clear();
            }
        }

        Draw(curve.Style, chain, colour, area);
    }

    private void Draw(CurveStyle style, IReadOnlyList<PixelPoint> chain, Colour colour, PixelArea clip)
    {
        switch (style)
        {
            case CurveStyle.Line:
                // A single point becomes a line of length 0, which the pen draws as a dot.
                Canvas.Draw([chain.Count == 1 ? [chain[0], chain[0]] : [.. chain]], CurvePen, colour, clip);
                break;
            case CurveStyle.Dashed:
                Canvas.Draw(DashedLine.Cut(chain, Dash, Gap), CurvePen, colour, clip);
                break;
            case CurveStyle.Points:
                Canvas.Draw(chain.Select(point => (PixelPoint[])[point, point]), PointPen, colour, clip);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(style), style, "Expected a CurveStyle.");
        }
    }
}
