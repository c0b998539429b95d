namespace Nabla.Serving;

/// <summary>How a model file is loaded and reloaded.</summary>
public sealed record ModelHostOptions
{
    /// <summary>Interval of the checks for a replaced file; null for none. Default: one second.</summary>
    public TimeSpan? ReloadInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Worker threads for requests of many rows, at least 1, or null for one per core.</summary>
    public int? Threads { get; init; }

    internal void Validate()
    {
        if (ReloadInterval is { } interval && interval <= TimeSpan.Zero)
        {
            throw new ArgumentException($"{nameof(ReloadInterval)} is {interval}: expected a time above zero, or null for never.");
        }

        if (Threads is < 1)
        {
            throw new ArgumentException($"{nameof(Threads)} is {Threads}: expected at least 1, or null for one per core.");
        }
    }
}
