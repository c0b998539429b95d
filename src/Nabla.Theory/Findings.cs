using System.Globalization;

namespace Nabla.Theory;

/// <summary>The evidence of a check, collected during its run.</summary>
/// <remarks>
/// A number passes if |found − expected| ≤ 1e−12·max(1, |expected|). Values below 1e−6 are compared relatively,
/// within 1e−9. A check may state its own tolerance, relative to max(1, |expected|) or relative to the value itself.
/// </remarks>
public sealed class Findings
{
    private const double Tolerance = 1e-12;
    private const double SmallestAbsolute = 1e-6;
    private const double RelativeTolerance = 1e-9;

    private readonly List<Finding> all = [];

    /// <summary>The findings in the order in which they were added.</summary>
    public IReadOnlyList<Finding> All => all;

    /// <summary>Adds a condition of the check.</summary>
    public void Given(string name, string value) => all.Add(new Finding(FindingKind.Given, name, value));

    /// <inheritdoc cref="Given(string, string)"/>
    public void Given(string name, params ReadOnlySpan<double> values) => Given(name, Text(values));

    /// <summary>Adds a number that must equal the expected one.</summary>
    /// <param name="name">The quantity.</param>
    /// <param name="found">The value from the library.</param>
    /// <param name="expected">The value from the mathematics.</param>
    /// <param name="tolerance">The largest deviation relative to max(1, |expected|); null for the default.</param>
    public void Equal(string name, double found, double expected, double? tolerance = null)
    {
        bool relative = tolerance is null && expected != 0 && Math.Abs(expected) < SmallestAbsolute;
        AddComparison(name, [found], [expected], _ => relative ? Math.Abs(expected) : Math.Max(1, Math.Abs(expected)), tolerance ?? (relative ? RelativeTolerance : Tolerance));
    }

    /// <summary>Adds numbers that must equal the expected ones, element by element.</summary>
    public void Equal(string name, ReadOnlySpan<double> found, ReadOnlySpan<double> expected, double? tolerance = null)
    {
        double Scale(double value) => tolerance is null && value != 0 && Math.Abs(value) < SmallestAbsolute ? Math.Abs(value) * RelativeTolerance / Tolerance : Math.Max(1, Math.Abs(value));
        AddComparison(name, found, expected, Scale, tolerance ?? Tolerance);
    }

    /// <summary>Adds a matrix that must equal the expected one, element by element.</summary>
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

    /// <summary>Adds a number that must equal the expected one within a tolerance relative to |expected|.</summary>
    public void EqualRelative(string name, double found, double expected, double tolerance) =>
        AddComparison(name, [found], [expected], value => Math.Abs(value), tolerance);

    /// <summary>Adds a number that must equal the expected one to the last bit.</summary>
    public void Exactly(string name, double found, double expected) =>
        all.Add(new Finding(FindingKind.Found, name, Text(found), Text(expected), Deviation(found, expected, 1), found.Equals(expected)));

    /// <summary>Adds a number that must not exceed a bound.</summary>
    public void AtMost(string name, double found, double bound) =>
        all.Add(new Finding(FindingKind.Found, name, Text(found), $"at most {Text(bound)}", null, found <= bound));

    /// <summary>Adds a number that must not be less than a bound.</summary>
    public void AtLeast(string name, double found, double bound) =>
        all.Add(new Finding(FindingKind.Found, name, Text(found), $"at least {Text(bound)}", null, found >= bound));

    /// <summary>Adds a statement that must be true.</summary>
    public void Holds(string statement, bool holds) =>
        all.Add(new Finding(FindingKind.Statement, statement, holds ? "true" : "false", Passed: holds));

    /// <summary>
    /// Adds the value of a published form, which must be the known wrong number and differ from the true value.
    /// </summary>
    /// <param name="name">The published form.</param>
    /// <param name="published">The value of the published form.</param>
    /// <param name="figure">The wrong number that the published form is known to give.</param>
    /// <param name="truth">The true value, from the library.</param>
    /// <param name="tolerance">
    /// The largest deviation from the figure, relative to max(1, |figure|); null for the default.
    /// </param>
    public void Refuted(string name, double published, double figure, double truth, double? tolerance = null)
    {
        bool asKnown = published.Equals(figure) || Deviation(published, figure, Math.Max(1, Math.Abs(figure))) <= (tolerance ?? Tolerance);
        bool differs = !(Deviation(published, truth, Math.Max(Math.Abs(truth), double.Epsilon)) <= RelativeTolerance);
        all.Add(new Finding(FindingKind.Refuted, name, Text(published), Text(truth), null, asKnown && differs));
    }

    /// <summary>Adds a published statement that is false.</summary>
    /// <param name="statement">The statement as published.</param>
    /// <param name="instead">The true statement, with its numbers.</param>
    /// <param name="isFalse">Whether the library shows the published statement to be false.</param>
    public void Refuted(string statement, string instead, bool isFalse) =>
        all.Add(new Finding(FindingKind.Refuted, statement, isFalse ? "false" : "not refuted", instead, null, isFalse));

    /// <summary>Adds the result of an experiment, which is shown but not judged.</summary>
    public void Reported(string name, string value) => all.Add(new Finding(FindingKind.Reported, name, value));

    /// <inheritdoc cref="Reported(string, string)"/>
    public void Reported(string name, params ReadOnlySpan<double> values) => Reported(name, Text(values));

    /// <summary>Formats a number with up to 15 digits.</summary>
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

    /// <summary>Formats numbers, in parentheses if there are several.</summary>
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

    /// <summary>|found − expected| / scale; infinity if that is not a number.</summary>
    private static double Deviation(double found, double expected, double scale)
    {
        double deviation = Math.Abs(found - expected) / scale;
        return found.Equals(expected) ? 0 : double.IsNaN(deviation) ? double.PositiveInfinity : deviation;
    }
}
