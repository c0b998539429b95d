using System.Globalization;

namespace Nabla.Bench.Report;

/// <summary>Figures as they stand in the tables.</summary>
internal static class Text
{
    /// <summary>Three digits or more, thousands apart; a dash for NaN.</summary>
    public static string Figure(double value) => Math.Abs(value) switch
    {
        double.NaN => "–",
        >= 1000 => value.ToString("#,0", CultureInfo.InvariantCulture),
        >= 100 => value.ToString("0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        >= 1 => value.ToString("0.00", CultureInfo.InvariantCulture),
        _ => value.ToString("0.000", CultureInfo.InvariantCulture),
    };

    /// <summary>A ratio such as 4.2 ×.</summary>
    public static string Ratio(double value) => $"{Figure(value)} ×";

    /// <summary>A fraction such as 0.85; a dash for NaN.</summary>
    public static string Fraction(double value) => double.IsNaN(value) ? "–" : value.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>A figure in a format of its own; a dash for NaN.</summary>
    public static string Formatted(double value, string format) => double.IsNaN(value) ? "–" : value.ToString(format, CultureInfo.InvariantCulture);
}
