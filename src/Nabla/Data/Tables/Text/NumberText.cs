using System.Globalization;

namespace Nabla.Data.Tables.Text;

/// <summary>Reads numbers in UTF-8 text, correctly rounded to double.</summary>
/// <remarks>
/// Most cells of a table do not need the general algorithm. Let the digits be an integer m, and k the power of ten. m
/// &lt; 2⁵³ and |k| ≤ 22 need a single rounding (Clinger, "How to read floating point numbers accurately", 1990). A
/// longer m, as programs write it for an exact round trip, is divided with a remainder: q = m/10ᵏ, r = m − q·10ᵏ by a
/// fused multiply-add, and q + r/10ᵏ is correct unless the error of r/10ᵏ can change its rounding.
/// </remarks>
internal static class NumberText
{
    private const ulong LargestExact = 1UL << 53;

    /// <summary>A larger integer does not fit the signed 64-bit difference.</summary>
    private const ulong LargestMantissa = long.MaxValue;

    /// <summary>2⁻⁵⁰, twice the largest relative error of two roundings.</summary>
    private const double Uncertainty = 1.0 / (1L << 50);

    /// <summary>Number of digits that always fit the mantissa.</summary>
    private const int SafeDigits = 19;

    private const int LongestNumber = 512;

    private static ReadOnlySpan<double> PowersOfTen =>
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>
    /// Reads a number: sign, digits with a point, exponent; also <c>inf</c> and <c>infinity</c>, and ±∞ if the number
    /// is too large. No spaces and no thousands separators.
    /// </summary>
    /// <param name="text">The whole cell.</param>
    /// <param name="point">The decimal point, <c>.</c> or <c>,</c>.</param>
    /// <param name="value">The number.</param>
    /// <returns>Whether the text is a number.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, byte point, out double value)
    {
        value = 0;
        int i = 0;
        bool negative = false;
        if (text.Length > 0 && text[0] is (byte)'-' or (byte)'+')
        {
            negative = text[0] == '-';
            i = 1;
        }

        if (i == text.Length)
        {
            return false;
        }

        if (TryPlain(text[i..], point, negative, out value))
        {
            return true;
        }

        ulong mantissa = 0;
        int digits = 0, fraction = 0, first = i;
        bool hasPoint = false;
        for (; i < text.Length; i++)
        {
            uint digit = (uint)(text[i] - '0');
            if (digit <= 9)
            {
                // Leading zeros are not digits of the mantissa.
                digits += mantissa == 0 && digit == 0 ? 0 : 1;
                mantissa = digits <= SafeDigits ? (10 * mantissa) + digit : mantissa;
                fraction += hasPoint ? 1 : 0;
            }
            else if (text[i] == point && !hasPoint)
            {
                hasPoint = true;
            }
            else
            {
                break;
            }
        }

        if (i - first == (hasPoint ? 1 : 0))
        {
            return !hasPoint && TryInfinity(text[i..], negative, out value);
        }

        if (i < text.Length && !TryExponent(text[i..], ref fraction))
        {
            return false;
        }

        if (digits <= SafeDigits && mantissa <= LargestMantissa && TryRound(mantissa, fraction, out value))
        {
            value = negative ? -value : value;
            return true;
        }

        return ParseGeneral(text, point, out value);
    }

    /// <summary>
    /// Reads a number without exponent and with so few digits that they
    /// always fit the mantissa: nearly every cell of nearly every table.
    /// </summary>
    private static bool TryPlain(ReadOnlySpan<byte> text, byte point, bool negative, out double value)
    {
        value = 0;
        if (text.Length >= SafeDigits)
        {
            return false;
        }

        ulong mantissa = 0;
        int i = 0;
        uint digit;
        for (; i < text.Length && (digit = (uint)(text[i] - '0')) <= 9; i++)
        {
            mantissa = (10 * mantissa) + digit;
        }

        int fraction = 0;
        if (i > 0 && i < text.Length && text[i] == point)
        {
            int first = ++i;
            for (; i < text.Length && (digit = (uint)(text[i] - '0')) <= 9; i++)
            {
                mantissa = (10 * mantissa) + digit;
            }

            fraction = i - first;
        }

        if (i == 0 || i < text.Length || !TryRound(mantissa, fraction, out value))
        {
            return false;
        }

        value = negative ? -value : value;
        return true;
    }

    /// <summary>Computes mantissa·10^−fraction, if the fast way is certain to round correctly.</summary>
    private static bool TryRound(ulong mantissa, int fraction, out double value)
    {
        value = 0;
        if (mantissa == 0)
        {
            return true;
        }

        if (fraction is < -22 or > 22)
        {
            return false;
        }

        double power = PowersOfTen[Math.Abs(fraction)];
        if (mantissa <= LargestExact)
        {
            value = fraction >= 0 ? mantissa / power : mantissa * power;
            return true;
        }

        if (fraction < 0)
        {
            return false;
        }

        double high = mantissa;
        double low = (long)mantissa - (long)(ulong)high;
        double quotient = high / power;
        double rest = (Math.FusedMultiplyAdd(-quotient, power, high) + low) / power;
        // The relative error of the two roundings in rest is below 2⁻⁵¹.
        value = quotient + (rest * (1 - Uncertainty));
        return value == quotient + (rest * (1 + Uncertainty));
    }

    private static bool TryExponent(ReadOnlySpan<byte> text, ref int fraction)
    {
        if (text[0] is not ((byte)'e' or (byte)'E') || text.Length < 2)
        {
            return false;
        }

        bool negative = text[1] == '-';
        text = text[(negative || text[1] == '+' ? 2 : 1)..];
        if (text.IsEmpty)
        {
            return false;
        }

        int exponent = 0;
        foreach (byte letter in text)
        {
            uint digit = (uint)(letter - '0');
            if (digit > 9)
            {
                return false;
            }

            // Beyond the range of double: the general algorithm decides between zero and infinity.
            exponent = exponent > 100_000 ? exponent : (10 * exponent) + (int)digit;
        }

        fraction += negative ? exponent : -exponent;
        return true;
    }

    private static bool TryInfinity(ReadOnlySpan<byte> text, bool negative, out double value)
    {
        value = negative ? double.NegativeInfinity : double.PositiveInfinity;
        return System.Text.Ascii.EqualsIgnoreCase(text, "inf"u8) || System.Text.Ascii.EqualsIgnoreCase(text, "infinity"u8);
    }

    private static bool ParseGeneral(ReadOnlySpan<byte> text, byte point, out double value)
    {
        value = 0;
        if (text.Length > LongestNumber)
        {
            return false;
        }

        Span<byte> copy = stackalloc byte[text.Length];
        text.CopyTo(copy);
        copy.Replace(point, (byte)'.');
        return double.TryParse(copy, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value);
    }
}
