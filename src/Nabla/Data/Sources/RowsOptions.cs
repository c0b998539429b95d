namespace Nabla;

/// <summary>How to divide the rows of a program or of a database, and what to learn from their columns.</summary>
public sealed record RowsOptions
{
    /// <summary>The name of the data, for messages and for the facts of a model.</summary>
    public string Name { get; init; } = "rows";

    /// <inheritdoc cref="DataRequest.Validation"/>
    public SplitSize? Validation { get; init; }

    /// <summary>The test part; null for a fifth.</summary>
    public SplitSize? Test { get; init; }

    /// <inheritdoc cref="DataRequest.Limit"/>
    public int? Limit { get; init; }

    /// <summary>The seed of the random split.</summary>
    public ulong Seed { get; init; }

    /// <summary>What to learn from the columns; null for the defaults. There is no header to look for.</summary>
    public TableOptions? Table { get; init; }

    /// <summary>
    /// The memory that cells and inputs may take, in bytes; null for half of what the runtime may use. What does not fit
    /// goes into temporary files. No bit of a result depends on it.
    /// </summary>
    public long? MemoryBudget { get; init; }
}
