using System.Globalization;

namespace Nabla;

/// <summary>The size of a part of a data set: a share, a count, or nothing.</summary>
public readonly record struct SplitSize
{
    private SplitSize(double share, int count)
    {
        Share = share;
        Count = count;
    }

    /// <summary>No samples.</summary>
    public static SplitSize None => default;

    /// <summary>The share in (0, 1), or 0 where a count is given.</summary>
    public double Share { get; }

    /// <summary>The count, or 0 where a share is given.</summary>
    public int Count { get; }

    /// <summary>A share of the samples.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The share lies outside (0, 1).</exception>
    public static SplitSize OfShare(double share) => share > 0 && share < 1
        ? new SplitSize(share, 0)
        : throw new ArgumentOutOfRangeException(nameof(share), share, "A share must lie in (0, 1).");

    /// <summary>A number of samples, 0 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public static SplitSize OfCount(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return new SplitSize(0, count);
    }

    /// <summary>Reads a share such as 0.1, a count such as 10000, or 0.</summary>
    /// <exception cref="ArgumentException">The text is neither a share nor a count.</exception>
    public static SplitSize Parse(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? OfCount(count)
        : double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double share) && share > 0 && share < 1 ? OfShare(share)
        : throw new ArgumentException($"'{text}' is not a split size: expected a share between 0 and 1 such as 0.1, a count such as 10000, or 0.");

    /// <summary>
    /// The number of samples out of <paramref name="total"/>. A
    /// share is rounded to the nearest count, and to at least 1.
    /// </summary>
    public int Of(int total) => Share > 0 ? Math.Max(1, (int)Math.Round(Share * total, MidpointRounding.AwayFromZero)) : Count;

    /// <inheritdoc/>
    public override string ToString() => Share > 0 ? Share.ToString(CultureInfo.InvariantCulture) : Count.ToString(CultureInfo.InvariantCulture);
}
