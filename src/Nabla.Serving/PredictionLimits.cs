namespace Nabla.Serving;

/// <summary>How much one request may ask for.</summary>
public sealed record PredictionLimits
{
    /// <summary>Most bytes of a request's body. Default: 1 MiB.</summary>
    public int BodyBytes { get; init; } = 1 << 20;

    /// <summary>Most rows of a request. Default: 1,000.</summary>
    public int Rows { get; init; } = 1000;

    /// <summary>Most bytes of all bodies that are being received at a time; further requests are told to come again. Default: 64 MiB.</summary>
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
