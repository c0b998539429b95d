using System.Text;

namespace Nabla.Runs;

/// <summary>Appends lines to a log of epochs. A line that could not be written is kept, and written before the next one.</summary>
internal sealed class MetricsWriter(string path)
{
    private readonly StringBuilder pending = new();
    private long length = -1;

    /// <summary>Appends a line in one write, after the lines that failed before. An incomplete line of an earlier failure is cut off first.</summary>
    public void Append(string line)
    {
        pending.Append(line).Append('\n');
        using var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, 0);
        // If the file is shorter than before, it was deleted or truncated.
        length = length < 0 ? stream.Length : Math.Min(length, stream.Length);
        if (stream.Length > length)
        {
            stream.SetLength(length);
        }

        stream.Position = length;
        stream.Write(Encoding.UTF8.GetBytes(pending.ToString()));
        length = stream.Position;
        pending.Clear();
    }

    /// <summary>Flushes the log to the disk.</summary>
    public void Flush()
    {
        if (length > 0)
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.Read, 0);
            stream.Flush(flushToDisk: true);
        }
    }
}
