using System.Buffers;
using System.Text;

namespace Nabla.Runs;

/// <summary>Appends whole lines to the log of a run. A line that could not be written is kept, and written before the next one.</summary>
/// <remarks>A whole line that a reader may have seen is never cut or changed. Only an incomplete last line, left by a kill or a full disk, is cut off.</remarks>
internal sealed class EventWriter(string path)
{
    /// <summary>Every line is an object, and starts with this in place of its brace.</summary>
    private const string Start = "{\"v\":1,";

    private readonly ArrayBufferWriter<byte> pending = new();
    private long length = -1;
    private bool isFailing;

    /// <summary>Whether lines wait to be written.</summary>
    private bool HasPending => pending.WrittenCount > 0;

    /// <summary>Keeps a line for the next write.</summary>
    /// <param name="line">A JSON object on one line.</param>
    /// <param name="canBeMissed">Whether the line is dropped while the log cannot be written, so that the memory for kept lines stays small.</param>
    public void Keep(string line, bool canBeMissed = false)
    {
        if (!(canBeMissed && isFailing))
        {
            pending.Write(Line(line));
        }
    }

    /// <summary>The bytes of a line in the log.</summary>
    /// <param name="line">A JSON object on one line.</param>
    public static byte[] Line(string line) => Encoding.UTF8.GetBytes($"{Start}{line.AsSpan(1)}\n");

    /// <summary>Appends a line in one write, after the lines that were kept.</summary>
    /// <param name="line">A JSON object on one line.</param>
    public void Append(string line)
    {
        Keep(line);
        Write();
    }

    /// <summary>Writes the lines that were kept.</summary>
    public void Write()
    {
        if (!HasPending)
        {
            return;
        }

        isFailing = true;
        using var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, 0);
        if (stream.Length != length)
        {
            long before = length;
            length = EventLines.EndOfLastLine(stream);
            DropWritten(stream, before);
            stream.SetLength(length);
        }

        stream.Position = length;
        stream.Write(pending.WrittenSpan);
        length = stream.Position;
        pending.ResetWrittenCount();
        isFailing = false;
    }

    /// <summary>Writes the lines that were kept, and flushes the log to the disk.</summary>
    public void Flush()
    {
        Write();
        if (length > 0)
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, 0);
            stream.Flush(flushToDisk: true);
        }
    }

    /// <summary>Drops the kept lines that a write let through before it failed: they are the lines of the file after its earlier length.</summary>
    private void DropWritten(FileStream stream, long before)
    {
        long written = length - before;
        if (before < 0 || written <= 0 || written > pending.WrittenCount)
        {
            return;
        }

        byte[] lines = new byte[written];
        stream.Position = before;
        stream.ReadExactly(lines);
        if (pending.WrittenSpan.StartsWith(lines))
        {
            byte[] rest = pending.WrittenSpan[lines.Length..].ToArray();
            pending.ResetWrittenCount();
            pending.Write(rest);
        }
    }
}
