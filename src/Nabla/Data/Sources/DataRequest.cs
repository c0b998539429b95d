using Nabla.Data.Tables.Schema;

namespace Nabla.Data.Sources;

/// <summary>Which data to open, and how to divide it.</summary>
public sealed record DataRequest
{
    /// <summary>A built-in name such as <c>digits</c> or <c>digits:60000</c>, <c>mnist</c>, <c>fashion-mnist</c>, a folder with IDX files or of images, or a table: <c>.csv</c>, <c>.tsv</c>, also gzipped.</summary>
    public required string Source { get; init; }

    /// <summary>The validation part; null for a tenth of the training samples.</summary>
    public SplitSize? Validation { get; init; }

    /// <summary>The test part of data that brings none; null for a fifth.</summary>
    public SplitSize? Test { get; init; }

    /// <summary>A table that is the validation part in place of a share of the rows (tables only).</summary>
    public string? ValidationFile { get; init; }

    /// <summary>A table that is the test part in place of a share of the rows (tables only).</summary>
    public string? TestFile { get; init; }

    /// <summary>How a table is read and what is learned from it; null for the defaults.</summary>
    public TableOptions? Table { get; init; }

    /// <summary>The size to which the images of a folder are brought; null where all have one (folders of images only).</summary>
    public ImageShape? ImageSize { get; init; }

    /// <summary>Only the first N training samples, or null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>Decides the generated data and the random splits.</summary>
    public ulong Seed { get; init; }

    /// <summary>Folders in which named data sets are looked for, or null for the usual ones.</summary>
    public IReadOnlyList<string>? SearchFolders { get; init; }

    /// <summary>Threads for generated data; no bit depends on it.</summary>
    public int? Threads { get; init; }

    /// <summary>
    /// What the inputs of all parts may take from the memory, in bytes; null for half of what the runtime may use. IDX images and tables beyond it stay in files, which are mapped.
    /// No bit of a result depends on it.
    /// </summary>
    public long? MemoryBudget { get; init; }
}
