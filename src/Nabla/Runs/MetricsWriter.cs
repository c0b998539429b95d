using System.Text;

namespace Nabla.Runs;

/// <summary>Adds lines to a log of epochs. A line that could not be written is kept and goes before the next one.</summary>
internal sealed class MetricsWriter(string path)
{
    private readonly StringBuilder pending = new();
    private long length = -1;

    /// <summary>Adds a line in one write, behind those that failed before. A part that an earlier failure left in the file is cut off first.</summary>
    public void Append(string line)
    {
        pending.Append(line).Append('\n');
        using var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, 0);
        // A file that is shorter than it was is another one: the folder was cleared.
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

    /// <summary>Brings what is written to the disk.</summary>
    public void Flush()
    {
        if (length > 0)
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.Read, 0);
            stream.Flush(flushToDisk: true);
        }
    }
}
