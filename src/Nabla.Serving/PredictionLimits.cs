namespace Nabla.Serving;

/// <summary>The limits of one request.</summary>
public sealed record PredictionLimits
{
    /// <summary>Maximum bytes of a body. Default: 1 MiB.</summary>
    public int BodyBytes { get; init; } = 1 << 20;

    /// <summary>Maximum rows of a request. Default: 1,000.</summary>
    public int Rows { get; init; } = 1000;

    /// <summary>
    /// Maximum bytes of all bodies in flight; further requests are refused with 503. Default: 64 MiB.
    /// </summary>
    public long BytesInFlight { get; init; } = 64L << 20;

    internal void Validate()
    {
        Require(BodyBytes, nameof(BodyBytes));
        Require(Rows, nameof(Rows));
        Require(BytesInFlight, nameof(BytesInFlight));
    }

    private static void Require(long value, string name)
    {
        if (value < 1)
        {
            throw new ArgumentException($"{name} is {value}: expected at least 1.");
        }
    }
}
