namespace Nabla.Theory.Plots;

/// <summary>The content of a line chart.</summary>
public sealed record Plot
{
    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>The label of the horizontal axis.</summary>
    public required string X { get; init; }

    /// <summary>The label of the vertical axis.</summary>
    public required string Y { get; init; }

    /// <summary>The curves in the order in which they are drawn.</summary>
    public required IReadOnlyList<Curve> Curves { get; init; }

    /// <summary>Whether the horizontal axis is logarithmic. All x must then be above 0.</summary>
    public bool LogarithmicX { get; init; }

    /// <summary>Whether the vertical axis is logarithmic. Values at or below 0 are then left out.</summary>
    public bool LogarithmicY { get; init; }
}

/// <summary>One curve of a chart.</summary>
/// <param name="Name">Its name in the legend; empty for no legend entry.</param>
/// <param name="X">The horizontal values, ascending.</param>
/// <param name="Y">The vertical values, one for each horizontal value.</param>
/// <param name="Style">The style in which it is drawn.</param>
public sealed record Curve(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y, CurveStyle Style = CurveStyle.Line)
{
    /// <summary>Makes a curve over the integers from <paramref name="first"/>.</summary>
    public static Curve OverSteps(string name, IReadOnlyList<double> y, int first = 0) =>
        new(name, [.. Enumerable.Range(first, y.Count).Select(step => (double)step)], y);
}

/// <summary>The styles of a curve.</summary>
public enum CurveStyle
{
    /// <summary>A line through the points.</summary>
    Line,

    /// <summary>A dashed line through the points.</summary>
    Dashed,

    /// <summary>A dot at each point.</summary>
    Points,
}
