namespace Nabla.Tests.Fuzzing;

/// <summary>A format to attack.</summary>
internal sealed record FuzzFormat
{
    /// <summary>What it is called in reports.</summary>
    public required string Name { get; init; }

    /// <summary>Small good files, or the part of each that is damaged.</summary>
    public required IReadOnlyList<byte[]> Corpus { get; init; }

    /// <summary>Reads a file and requires of what it has read all that its readers' callers take for granted.</summary>
    public required Action<string> Read { get; init; }

    /// <summary>The name of the file, where readers go by its end.</summary>
    public string FileName { get; init; } = "x";

    /// <summary>Whether words and numbers are edited as well as bytes.</summary>
    public bool IsText { get; init; }

    /// <summary>Makes a file of a damaged part and the index of its original: packs it, or makes checksums right, so that what lies behind them is reached.</summary>
    public Func<byte[], int, byte[]> Wrap { get; init; } = (part, _) => part;

    /// <summary>Whether an error is one that the reader documents, with a message that names the file.</summary>
    public Func<Exception, string, bool> IsRefusal { get; init; } =
        (error, path) => error is InvalidDataException && error.Message.StartsWith(path, StringComparison.Ordinal);

    /// <summary>Whether the reader works on several threads, so that the allocations of all count.</summary>
    public bool IsThreaded { get; init; }

    /// <summary>Bytes that a reader may allocate whatever the length of the file: its buffers.</summary>
    public long FixedBytes { get; init; } = 1 << 20;

    /// <summary>Bytes that it may allocate for each byte of the file.</summary>
    public long BytesForByte { get; init; } = 500;

    public override string ToString() => Name;
}
