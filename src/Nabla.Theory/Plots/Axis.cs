using System.Globalization;

namespace Nabla.Theory.Plots;

/// <summary>A tick of an axis.</summary>
/// <param name="Share">Its position: 0 at the start of the axis, 1 at the end.</param>
/// <param name="Label">Its value as text.</param>
internal readonly record struct Tick(double Share, string Label);

/// <summary>Maps values to positions along an axis and chooses its ticks.</summary>
internal sealed class Axis
{
    /// <summary>Free space beyond the data at each end, as a share of the range of the data.</summary>
    private const double Room = 0.04;
    private const int MostTicks = 9;
    private const double Ln10 = 2.302585092994045684;
    private const double Ln2 = 0.693147180559945309;

    /// <summary>Tolerance for ticks that rounding moves past the end, in tick intervals.</summary>
    private const double Slack = 1e-9;

    private readonly bool logarithmic;
    private readonly double start;
    private readonly double end;

    /// <param name="logarithmic">Whether the axis is logarithmic.</param>
    /// <param name="values">The values to show. Values without a position on the axis are ignored.</param>
    public Axis(bool logarithmic, IEnumerable<double> values)
    {
        this.logarithmic = logarithmic;
        double smallest = double.PositiveInfinity, largest = double.NegativeInfinity;
        foreach (double value in values.Where(CanShow).Select(Inner))
        {
            smallest = Math.Min(smallest, value);
            largest = Math.Max(largest, value);
        }

        if (smallest > largest)
        {
            (smallest, largest) = (0, 1);
        }

        // Values that differ only by rounding count as one value: otherwise the axis would show noise.
        double spread = largest - smallest, size = Math.Max(Math.Abs(smallest), Math.Abs(largest));
        double room = spread > 1e-12 * size ? Room * spread : size > 0 ? size / 2 : 0.5;
        start = smallest - room;
        end = largest + room;
    }

    /// <summary>Whether a value has a position on the axis.</summary>
    public bool CanShow(double value) => Math.Abs(value) < 1e300 && (!logarithmic || value > 0);

    /// <summary>The position of a value: 0 at the start of the axis, 1 at the end.</summary>
    public double Share(double value) => (Inner(value) - start) / (end - start);

    /// <summary>The ticks in ascending order.</summary>
    public IEnumerable<Tick> Ticks() => !logarithmic ? EvenTicks(start, end) : end - start < 0.8 ? EvenTicks(Power(start), Power(end)) : Decades();

    /// <summary>
    /// The base-10 logarithm from basic arithmetic alone, so its bits are the same on every platform.
    /// </summary>
    /// <remarks>
    /// x = m·2^e with m in [√½, √2), ln m = 2·artanh s, s = (m − 1)/(m + 1), |s| ≤ 0.172: eleven terms of the series
    /// leave 1e−19.
    /// </remarks>
    internal static double Log10(double x)
    {
        int exponent = Math.ILogB(x);
        double m = Math.ScaleB(x, -exponent);
        if (m > 1.4142135623730951)
        {
            m /= 2;
            exponent++;
        }

        double s = (m - 1) / (m + 1), square = s * s, sum = 0;
        for (int k = 21; k >= 1; k -= 2)
        {
            sum = (sum * square) + (1.0 / k);
        }

        return ((2 * s * sum) + (exponent * Ln2)) / Ln10;
    }

    private double Inner(double value) => logarithmic ? Log10(value) : value;

    /// <summary>
    /// Ticks at equal differences of the value. Also used for a logarithmic axis of less than a decade.
    /// </summary>
    private IEnumerable<Tick> EvenTicks(double low, double high)
    {
        double step = Step(high - low), largest = Math.Max(Math.Abs(low), Math.Abs(high));
        int stepExponent = Exponent(step), exponent = largest is >= 1e5 or < 1e-3 ? stepExponent : 0;
        string format = "F" + Math.Max(0, exponent - stepExponent).ToString(CultureInfo.InvariantCulture);
        for (double i = Math.Ceiling((low / step) - Slack) + 0.0; i * step <= high + (Slack * step); i++)
        {
            double value = i * step;
            string number = (exponent == 0 ? value : value / PowerOfTen(exponent)).ToString(format, CultureInfo.InvariantCulture);
            string label = i == 0 ? "0" : exponent == 0 ? number : $"{number}·{Raised(exponent)}";
            yield return new Tick(logarithmic ? Share(value) : (value - start) / (end - start), label.Replace('-', '−'));
        }
    }

    /// <summary>Ticks at powers of ten, and at 2 and 5 times these if there are few.</summary>
    private IEnumerable<Tick> Decades()
    {
        int step = Math.Max(1, (int)Math.Ceiling((end - start) / MostTicks));
        int[] digits = end - start < 2.5 ? [1, 2, 5] : [1];
        for (int exponent = (int)Math.Floor(start / step) * step; exponent <= end; exponent += step)
        {
            foreach (int digit in digits)
            {
                double place = exponent + Log10(digit);
                if (place >= start - Slack && place <= end + Slack)
                {
                    yield return new Tick((place - start) / (end - start), Decimal(digit, exponent));
                }
            }
        }
    }

    /// <summary>
    /// The smallest interval of the form 1, 2 or 5 times a power of ten that gives at most <see cref="MostTicks"/>
    /// ticks.
    /// </summary>
    private static double Step(double length)
    {
        double power = PowerOfTen(Exponent(length / MostTicks));
        double[] steps = [1, 2, 5, 10];
        return power * steps.First(step => length / (power * step) <= MostTicks);
    }

    private static string Decimal(int digit, int exponent) => exponent is >= -3 and <= 4
        ? (digit * PowerOfTen(exponent)).ToString("0.####", CultureInfo.InvariantCulture)
        : (digit > 1 ? $"{digit}·" : "") + Raised(exponent);

    private static string Raised(int exponent) => "10" + string.Concat(
        exponent.ToString(CultureInfo.InvariantCulture).Select(character => character == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[character - '0']));

    /// <summary>⌊log₁₀ x⌋. For x = 10^k this is k in spite of rounding.</summary>
    private static int Exponent(double x) => (int)Math.Floor(Log10(x) + Slack);

    /// <summary>
    /// 10^x: a power of ten times e^(f·ln 10) for the fractional part f. Thirty terms of the series leave 1e−21.
    /// </summary>
    private static double Power(double x)
    {
        double whole = Math.Floor(x), t = (x - whole) * Ln10, sum = 1;
        for (int k = 30; k >= 1; k--)
        {
            sum = 1 + (sum * t / k);
        }

        return PowerOfTen((int)whole) * sum;
    }

    /// <summary>
    /// The double nearest to a power of ten. Repeated multiplication by ten would round away from it.
    /// </summary>
    private static double PowerOfTen(int exponent) => double.Parse($"1e{exponent}", CultureInfo.InvariantCulture);
}
