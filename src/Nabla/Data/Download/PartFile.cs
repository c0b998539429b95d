using System.Net.Http.Headers;
using System.Text;
using Nabla.Data.Files;

namespace Nabla.Data.Download;

/// <summary>
/// The received beginning of a file, <c>FILE.part</c>. Beside it,
/// <c>FILE.part.source</c> holds the address that it came from.
/// </summary>
/// <remarks>
/// A download continues only from the same address and with the same strong entity tag (RFC 9110, 13.1.5), because
/// mirrors compress differently.
/// </remarks>
internal sealed class PartFile : IAsyncDisposable
{
    /// <summary>An address and a tag are short; a longer file was not written by this class.</summary>
    private const int LongestSource = 4096;

    private readonly string path;
    private readonly FileStream stream;

    private PartFile(string path, FileStream stream)
    {
        this.path = path;
        this.stream = stream;
    }

    /// <summary>Number of bytes received so far.</summary>
    public long Length => stream.Length;

    /// <summary>The bytes received so far.</summary>
    public Stream Content => stream;

    private string SourcePath => path + ".source";

    /// <summary>Opens the part of a file, or creates an empty one.</summary>
    /// <exception cref="IOException">Another download holds the part, or the folder cannot be written.</exception>
    public static PartFile Open(string target)
    {
        string path = target + ".part";
        try
        {
            return new PartFile(path, new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.Asynchronous));
        }
        catch (IOException error)
        {
            throw new IOException($"{path}: cannot be written ({error.Message}) Another download may be writing it: wait for that to finish, or delete the file.", error);
        }
    }

    /// <summary>
    /// The entity tag with which a download from this address can continue, or null if it must start again.
    /// </summary>
    public EntityTagHeaderValue? TagFor(Uri address)
    {
        string[] lines = stream.Length == 0 ? [] : ReadSource();
        return lines.Length == 2 && lines[0] == address.AbsoluteUri && EntityTagHeaderValue.TryParse(lines[1], out EntityTagHeaderValue? tag) && !tag.IsWeak ? tag : null;
    }

    /// <summary>Discards the received bytes, and records where the next ones come from.</summary>
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

    /// <summary>Appends bytes.</summary>
    public async Task AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        stream.Position = stream.Length;
        await stream.WriteAsync(bytes, cancellation).ConfigureAwait(false);
    }

    /// <summary>Closes the part and moves it to the target.</summary>
    public async Task FinishAsync(string target)
    {
        stream.Flush(flushToDisk: true);
        await stream.DisposeAsync().ConfigureAwait(false);
        File.Move(path, target, overwrite: true);
        File.Delete(SourcePath);
    }

    /// <summary>Closes the part, and deletes it if it is empty.</summary>
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
