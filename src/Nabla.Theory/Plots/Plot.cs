namespace Nabla.Theory.Plots;

/// <summary>A line chart: what is drawn, not how.</summary>
public sealed record Plot
{
    /// <summary>The heading.</summary>
    public required string Title { get; init; }

    /// <summary>What the horizontal axis counts.</summary>
    public required string X { get; init; }

    /// <summary>What the vertical axis measures.</summary>
    public required string Y { get; init; }

    /// <summary>The curves, drawn in this order.</summary>
    public required IReadOnlyList<Curve> Curves { get; init; }

    /// <summary>Whether the horizontal axis is logarithmic; all x are then above 0.</summary>
    public bool LogarithmicX { get; init; }

    /// <summary>Whether the vertical axis is logarithmic; values at or below 0 are left out.</summary>
    public bool LogarithmicY { get; init; }
}

/// <summary>One curve of a chart.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="X">The horizontal values, ascending.</param>
/// <param name="Y">The vertical values, as many.</param>
/// <param name="Style">How it is drawn.</param>
public sealed record Curve(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y, CurveStyle Style = CurveStyle.Line)
{
    /// <summary>A curve over 0, 1, 2, …, or from another first number.</summary>
    public static Curve OverSteps(string name, IReadOnlyList<double> y, int first = 0) =>
        new(name, [.. Enumerable.Range(first, y.Count).Select(step => (double)step)], y);
}

/// <summary>How a curve is drawn.</summary>
public enum CurveStyle
{
    /// <summary>A line through the points.</summary>
    Line,

    /// <summary>A dashed line through the points.</summary>
    Dashed,

    /// <summary>A mark at each point.</summary>
    Points,
}
