namespace Nabla;

/// <summary>Which data to open, and how to divide it.</summary>
public sealed record DataRequest
{
    /// <summary>
    /// A name such as <c>digits</c>, <c>digits:60000</c> or <c>mnist</c>, a folder with IDX files or of images, or a
    /// table: <c>.csv</c>, <c>.tsv</c>, also gzipped.
    /// </summary>
    public required string Source { get; init; }

    /// <summary>The validation part; null for a tenth of the training samples.</summary>
    public SplitSize? Validation { get; init; }

    /// <summary>The test part, for data without a test set of its own; null for a fifth.</summary>
    public SplitSize? Test { get; init; }

    /// <summary>A table to validate on, instead of a share of the rows (tables only).</summary>
    public string? ValidationFile { get; init; }

    /// <summary>A table to test on, instead of a share of the rows (tables only).</summary>
    public string? TestFile { get; init; }

    /// <summary>How to read a table and what to learn from it; null for the defaults.</summary>
    public TableOptions? Table { get; init; }

    /// <summary>
    /// The size to which the images of a folder are resized; null if all have the same size (folders of images only).
    /// </summary>
    public ImageShape? ImageSize { get; init; }

    /// <summary>Only the first N training samples, or null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>The seed of generated data and random splits.</summary>
    public ulong Seed { get; init; }

    /// <summary>Folders in which to look for named data sets; null for the usual ones.</summary>
    public IReadOnlyList<string>? SearchFolders { get; init; }

    /// <summary>Threads for generated data; no bit depends on it.</summary>
    public int? Threads { get; init; }

    /// <summary>
    /// The memory that the inputs of all parts may take, in bytes; null for half of what the runtime may use. IDX
    /// images and tables beyond it stay in mapped files. No bit of a result depends on it.
    /// </summary>
    public long? MemoryBudget { get; init; }
}
