using System.Globalization;

namespace Nabla.Cli.Output;

/// <summary>Numbers for people, in the invariant culture.</summary>
internal static class Figures
{
    /// <summary>1234567 as 1,234,567.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>0.9812 as 98.12%.</summary>
    public static string Percent(double share) => (100 * share).ToString("0.00", CultureInfo.InvariantCulture) + "%";

    /// <summary>Four decimals.</summary>
    public static string Ratio(double ratio) => ratio.ToString("0.0000", CultureInfo.InvariantCulture);

    /// <summary>The first names, and … if there are more.</summary>
    public static string Names(IReadOnlyCollection<string> names, int most) => string.Join(", ", names.Take(most)) + (names.Count > most ? ", …" : "");

    /// <summary>Five significant digits.</summary>
    public static string Real(double value) => value.ToString("G5", CultureInfo.InvariantCulture);
}
