using System.Globalization;
using Nabla.Cli.Failures;

namespace Nabla.Cli.Options;

/// <summary>
/// Memory sizes in the form of the command line: <c>512MB</c>, <c>2G</c>, or a number of bytes. A K is 1024.
/// </summary>
internal static class MemorySize
{
    private const string Units = "KMG";

    /// <summary>The number of bytes.</summary>
    /// <exception cref="UsageException">It is not a size.</exception>
    public static long Parse(string option, string text)
    {
        string number = text.EndsWith("B", StringComparison.OrdinalIgnoreCase) ? text[..^1] : text;
        int unit = number.Length > 0 ? Units.IndexOf(char.ToUpperInvariant(number[^1]), StringComparison.Ordinal) + 1 : 0;
        number = unit > 0 ? number[..^1] : number;
        return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long count) && count <= long.MaxValue >> (10 * unit)
            ? count << (10 * unit)
            : throw new UsageException($"{option} {text}: expected a size such as 512MB or 2GB.");
    }
}
