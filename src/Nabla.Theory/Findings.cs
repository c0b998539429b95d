using System.Globalization;

namespace Nabla.Theory;

/// <summary>The evidence of a check, gathered while it runs.</summary>
/// <remarks>
/// A number is right within |found − expected| ≤ 1e−12·max(1, |expected|); values below 1e−6 are compared relatively, within 1e−9.
/// A check may state its own tolerance, relative to max(1, |expected|), or relative to the value itself.
/// </remarks>
public sealed class Findings
{
    private const double Tolerance = 1e-12;
    private const double SmallestAbsolute = 1e-6;
    private const double RelativeTolerance = 1e-9;

    private readonly List<Finding> all = [];

    /// <summary>The evidence in the order of its gathering.</summary>
    public IReadOnlyList<Finding> All => all;

    /// <summary>A condition of the check.</summary>
    public void Given(string name, string value) => all.Add(new Finding(FindingKind.Given, name, value));

    /// <inheritdoc cref="Given(string, string)"/>
    public void Given(string name, params ReadOnlySpan<double> values) => Given(name, Text(values));

    /// <summary>A number that must come out.</summary>
    /// <param name="name">The quantity.</param>
    /// <param name="found">What the library gives.</param>
    /// <param name="expected">What mathematics gives.</param>
    /// <param name="tolerance">The largest deviation relative to max(1, |expected|), where it is not the usual one.</param>
    public void Equal(string name, double found, double expected, double? tolerance = null)
    {
        bool relative = tolerance is null && expected != 0 && Math.Abs(expected) < SmallestAbsolute;
        AddComparison(name, [found], [expected], _ => relative ? Math.Abs(expected) : Math.Max(1, Math.Abs(expected)), tolerance ?? (relative ? RelativeTolerance : Tolerance));
    }

    /// <summary>Numbers that must come out, compared one by one.</summary>
    public void Equal(string name, ReadOnlySpan<double> found, ReadOnlySpan<double> expected, double? tolerance = null)
    {
        double Scale(double value) => tolerance is null && value != 0 && Math.Abs(value) < SmallestAbsolute ? Math.Abs(value) * RelativeTolerance / Tolerance : Math.Max(1, Math.Abs(value));
        AddComparison(name, found, expected, Scale, tolerance ?? Tolerance);
    }

    /// <summary>The elements of matrices, compared one by one.</summary>
    public void Equal(string name, double[,] found, double[,] expected, double? tolerance = null)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(expected);
        if (found.GetLength(0) != expected.GetLength(0) || found.GetLength(1) != expected.GetLength(1))
        {
            all.Add(new Finding(FindingKind.Found, name, $"a {found.GetLength(0)}×{found.GetLength(1)} matrix", $"a {expected.GetLength(0)}×{expected.GetLength(1)} matrix", Passed: false));
            return;
        }

        Equal(name, [.. found.Cast<double>()], [.. expected.Cast<double>()], tolerance);
    }

    /// <summary>A number that must come out within a deviation relative to itself.</summary>
    public void EqualRelative(string name, double found, double expected, double tolerance) =>
        AddComparison(name, [found], [expected], value => Math.Abs(value), tolerance);

    /// <summary>A number that must come out to the last bit.</summary>
    public void Exactly(string name, double found, double expected) =>
        all.Add(new Finding(FindingKind.Found, name, Text(found), Text(expected), Deviation(found, expected, 1), found.Equals(expected)));

    /// <summary>A number that must not be larger than a bound.</summary>
    public void AtMost(string name, double found, double bound) =>
        all.Add(new Finding(FindingKind.Found, name, Text(found), $"at most {Text(bound)}", null, found <= bound));

    /// <summary>A number that must not be smaller than a bound.</summary>
    public void AtLeast(string name, double found, double bound) =>
        all.Add(new Finding(FindingKind.Found, name, Text(found), $"at least {Text(bound)}", null, found >= bound));

    /// <summary>A statement that must be true.</summary>
    public void Holds(string statement, bool holds) =>
        all.Add(new Finding(FindingKind.Statement, statement, holds ? "true" : "false", Passed: holds));

    /// <summary>The published form, evaluated: it must give the figure by which it is known to fail, and that figure must not be the truth.</summary>
    /// <param name="name">The published form.</param>
    /// <param name="published">What the published form gives.</param>
    /// <param name="figure">The figure by which it fails, known beforehand.</param>
    /// <param name="truth">The right value, from the library.</param>
    /// <param name="tolerance">The largest deviation from the figure, relative to max(1, |figure|), where it is not the usual one.</param>
    public void Refuted(string name, double published, double figure, double truth, double? tolerance = null)
    {
        bool asKnown = published.Equals(figure) || Deviation(published, figure, Math.Max(1, Math.Abs(figure))) <= (tolerance ?? Tolerance);
        bool differs = !(Deviation(published, truth, Math.Max(Math.Abs(truth), double.Epsilon)) <= RelativeTolerance);
        all.Add(new Finding(FindingKind.Refuted, name, Text(published), Text(truth), null, asKnown && differs));
    }

    /// <summary>A published statement that is false.</summary>
    /// <param name="statement">The statement as published.</param>
    /// <param name="instead">What is true instead, with its figures.</param>
    /// <param name="isFalse">Whether the library shows it false.</param>
    public void Refuted(string statement, string instead, bool isFalse) =>
        all.Add(new Finding(FindingKind.Refuted, statement, isFalse ? "false" : "not refuted", instead, null, isFalse));

    /// <summary>A result of an experiment, shown and not judged.</summary>
    public void Reported(string name, string value) => all.Add(new Finding(FindingKind.Reported, name, value));

    /// <inheritdoc cref="Reported(string, string)"/>
    public void Reported(string name, params ReadOnlySpan<double> values) => Reported(name, Text(values));

    /// <summary>A number with the digits that a reader can compare: up to 15.</summary>
    public static string Text(double value)
    {
        if (value == Math.Floor(value) && Math.Abs(value) < 1e15)
        {
            return value.ToString("0", CultureInfo.InvariantCulture).Replace('-', '−');
        }

        return Math.Abs(value) is >= 1e-4 and < 1e15
            ? value.ToString("G15", CultureInfo.InvariantCulture).Replace('-', '−')
            : double.IsFinite(value)
                ? value.ToString("0.##############e0", CultureInfo.InvariantCulture).Replace('-', '−')
                : double.IsNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
    }

    /// <summary>Numbers, in parentheses where there are several.</summary>
    public static string Text(ReadOnlySpan<double> values)
    {
        if (values.Length == 1)
        {
            return Text(values[0]);
        }

        var parts = new List<string>(values.Length);
        foreach (double value in values)
        {
            parts.Add(Text(value));
        }

        return $"({string.Join(", ", parts)})";
    }

    private void AddComparison(string name, ReadOnlySpan<double> found, ReadOnlySpan<double> expected, Func<double, double> scale, double tolerance)
    {
        if (found.Length != expected.Length)
        {
            all.Add(new Finding(FindingKind.Found, name, $"{found.Length} values", $"{expected.Length} values", Passed: false));
            return;
        }

        double worst = 0;
        for (int i = 0; i < found.Length; i++)
        {
            double deviation = found[i].Equals(expected[i]) ? 0 : Deviation(found[i], expected[i], scale(expected[i]));
            worst = deviation <= worst ? worst : deviation;
        }

        all.Add(new Finding(FindingKind.Found, name, Text(found), Text(expected), worst, worst <= tolerance));
    }

    /// <summary>|found − expected| / scale; infinite where it is no number.</summary>
    private static double Deviation(double found, double expected, double scale)
    {
        double deviation = Math.Abs(found - expected) / scale;
        return found.Equals(expected) ? 0 : double.IsNaN(deviation) ? double.PositiveInfinity : deviation;
    }
}
