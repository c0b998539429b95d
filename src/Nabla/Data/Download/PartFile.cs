using System.Net.Http.Headers;
using System.Text;
using Nabla.Data.Files;

namespace Nabla.Data.Download;

/// <summary>The beginning of a file that is being downloaded, <c>FILE.part</c>; beside it, <c>FILE.part.source</c> remembers where the beginning came from.</summary>
/// <remarks>A beginning is continued only from the same address, and only under the strong entity tag it had (RFC 9110, 13.1.5): two mirrors may compress differently.</remarks>
internal sealed class PartFile : IAsyncDisposable
{
    /// <summary>An address and a tag are short; whatever is longer was not written here.</summary>
    private const int LongestSource = 4096;

    private readonly string path;
    private readonly FileStream stream;

    private PartFile(string path, FileStream stream)
    {
        this.path = path;
        this.stream = stream;
    }

    /// <summary>Bytes received so far.</summary>
    public long Length => stream.Length;

    /// <summary>The bytes themselves.</summary>
    public Stream Content => stream;

    private string SourcePath => path + ".source";

    /// <summary>Opens the beginning of a file, or makes an empty one.</summary>
    /// <exception cref="IOException">Another download holds it, or the folder cannot be written.</exception>
    public static PartFile Open(string target)
    {
        string path = target + ".part";
        try
        {
            return new PartFile(path, new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.Asynchronous));
        }
        catch (IOException error)
        {
            throw new IOException($"{path}: cannot be written ({error.Message}) Another download may be at work on it: wait for it, or delete the file.", error);
        }
    }

    /// <summary>The tag under which this address can be continued, or null where it must be read from the start.</summary>
    public EntityTagHeaderValue? TagFor(Uri address)
    {
        string[] lines = stream.Length == 0 ? [] : ReadSource();
        return lines.Length == 2 && lines[0] == address.AbsoluteUri && EntityTagHeaderValue.TryParse(lines[1], out EntityTagHeaderValue? tag) && !tag.IsWeak ? tag : null;
    }

    /// <summary>Forgets what was received, and remembers where the next bytes come from.</summary>
    public void Restart(Uri? address = null, EntityTagHeaderValue? tag = null)
    {
        stream.SetLength(0);
        stream.Position = 0;
        File.Delete(SourcePath);
        if (address is not null && tag is { IsWeak: false })
        {
            AtomicFile.Write(SourcePath, file => file.Write(Encoding.UTF8.GetBytes($"{address.AbsoluteUri}\n{tag}")));
        }
    }

    /// <summary>Adds bytes at the end.</summary>
    public async Task AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        stream.Position = stream.Length;
        await stream.WriteAsync(bytes, cancellation).ConfigureAwait(false);
    }

    /// <summary>Puts the finished file into its place. The part is closed then.</summary>
    public async Task FinishAsync(string target)
    {
        stream.Flush(flushToDisk: true);
        await stream.DisposeAsync().ConfigureAwait(false);
        File.Move(path, target, overwrite: true);
        File.Delete(SourcePath);
    }

    /// <summary>Closes the part; an empty one leaves nothing behind.</summary>
    public async ValueTask DisposeAsync()
    {
        bool empty = stream.CanRead && stream.Length == 0;
        await stream.DisposeAsync().ConfigureAwait(false);
        if (empty)
        {
            File.Delete(path);
            File.Delete(SourcePath);
        }
    }

    private string[] ReadSource()
    {
        var source = new FileInfo(SourcePath);
        return source is { Exists: true, Length: <= LongestSource } ? File.ReadAllLines(SourcePath) : [];
    }
}
