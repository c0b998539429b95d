using Microsoft.Win32.SafeHandles;
using Nabla.Data.Files;

namespace Nabla.Runs;

/// <summary>The whole lines of a log that may be growing. A last line without its line end is incomplete, and is left for later.</summary>
internal static class EventLines
{
    /// <summary>Maximum length of a line in bytes: a file without line ends must not fill the memory.</summary>
    public const int MaximumLength = 1 << 16;

    private const int ChunkLength = 2 * MaximumLength;

    /// <summary>Receives a line.</summary>
    /// <param name="line">The line without its end.</param>
    /// <param name="offset">The place of its first byte in the file.</param>
    /// <returns>Whether to continue after this line.</returns>
    public delegate bool Receiver(ReadOnlyMemory<byte> line, long offset);

    /// <summary>Passes on the whole lines from an offset to the end of the file, at most one chunk of memory at a time.</summary>
    /// <param name="path">The log. A missing file has no lines.</param>
    /// <param name="offset">The start of a line.</param>
    /// <param name="receive">Receives each line.</param>
    /// <returns>The offset after the last line that was passed on.</returns>
    /// <exception cref="InvalidDataException">A line is too long, or no line starts at the offset.</exception>
    public static long Read(string path, long offset, Receiver receive)
    {
        // A pipe or a device has no length, and must not be opened.
        if (new FileInfo(path) is not { Exists: true, Length: > 0 })
        {
            return offset == 0 ? 0 : throw Replaced(path, offset);
        }

        using FileStream stream = OrdinaryFile.OpenRead(path, "a log of events");
        return Read(path, stream.SafeFileHandle, offset, receive);
    }

    /// <summary>The offset after the last line end of a file; 0 if it has none.</summary>
    public static long EndOfLastLine(FileStream stream)
    {
        byte[] chunk = new byte[4096];
        for (long end = stream.Length; end > 0;)
        {
            int count = (int)Math.Min(end, chunk.Length);
            stream.Position = end - count;
            stream.ReadExactly(chunk.AsSpan(0, count));
            int last = chunk.AsSpan(0, count).LastIndexOf((byte)'\n');
            end -= count;
            if (last >= 0)
            {
                return end + last + 1;
            }
        }

        return 0;
    }

    private static long Read(string path, SafeFileHandle file, long offset, Receiver receive)
    {
        // Whole lines are never cut, so a line must still start here.
        Span<byte> before = stackalloc byte[1];
        if (offset > 0 && (RandomAccess.Read(file, before, offset - 1) == 0 || before[0] != (byte)'\n'))
        {
            throw Replaced(path, offset);
        }

        long rest = RandomAccess.GetLength(file) - offset;
        if (rest <= 0)
        {
            return offset;
        }

        byte[] chunk = new byte[(int)Math.Min(rest, ChunkLength)], check = new byte[chunk.Length];
        while (true)
        {
            int count = RandomAccess.Read(file, chunk, offset);
            int end = chunk.AsSpan(0, count).LastIndexOf((byte)'\n') + 1;
            if (end == 0)
            {
                RequireLength(path, offset, count);
                return offset;
            }

            // A writer may replace an incomplete line in the middle of a read. Whole lines never change, so the second read tells.
            if (RandomAccess.Read(file, check.AsSpan(0, end), offset) != end || !check.AsSpan(0, end).SequenceEqual(chunk.AsSpan(0, end)))
            {
                continue;
            }

            for (int start = 0; start < end;)
            {
                int length = chunk.AsSpan(start, end - start).IndexOf((byte)'\n');
                RequireLength(path, offset, length);
                bool more = receive(chunk.AsMemory(start, length), offset);
                start += length + 1;
                offset += length + 1;
                if (!more)
                {
                    return offset;
                }
            }
        }
    }

    private static InvalidDataException Replaced(string path, long offset) =>
        new($"{path}: byte {offset}: no line starts here; the log was replaced by another one. Read it again from byte 0.");

    private static void RequireLength(string path, long offset, int length)
    {
        if (length > MaximumLength)
        {
            throw new InvalidDataException($"{path}: byte {offset}: the line has more than {MaximumLength} bytes.");
        }
    }
}
