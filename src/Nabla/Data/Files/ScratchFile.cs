using Nabla.Numerics.Memory;

namespace Nabla.Data.Files;

/// <summary>
/// A temporary file for data that does not fit the memory budget: written once from start to end, then mapped.
/// </summary>
/// <remarks>
/// On Unix its name is deleted as soon as it is open, so the file vanishes with the process, however that ends. Windows
/// deletes it with the last handle. It is written with calls that report a full disk; through a mapping, a full disk
/// would kill the process.
/// </remarks>
internal sealed class ScratchFile : IDisposable
{
    private const int BufferBytes = 1 << 16;

    private readonly string name;
    private readonly FileStream file;
    private readonly byte[] buffer = new byte[BufferBytes];
    private int buffered;
    private bool isMapped;

    /// <summary>
    /// Creates the file in <c>TMPDIR</c>. If that is not set, Linux
    /// uses <c>/var/tmp</c>, because <c>/tmp</c> is often in memory.
    /// </summary>
    /// <param name="name">The name of the data, for messages.</param>
    /// <exception cref="IOException">The file cannot be created.</exception>
    public ScratchFile(string name)
    {
        this.name = name;
        string folder = Folder();
        string path = Path.Combine(folder, $"nabla-{Environment.ProcessId}-{Path.GetRandomFileName()}");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (OperatingSystem.IsWindows())
        {
            options.Options = FileOptions.DeleteOnClose;
        }
        else
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            file = new FileStream(path, options);
            if (!OperatingSystem.IsWindows())
            {
                File.Delete(path);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Failed($"no temporary file can be created in {folder}", error);
        }
    }

    /// <summary>Number of bytes written.</summary>
    public long Length { get; private set; }

    /// <summary>Appends bytes.</summary>
    /// <exception cref="IOException">The disk is full or has failed.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        Length += bytes.Length;
        if (buffered + bytes.Length > buffer.Length)
        {
            Flush();
        }

        if (bytes.Length > buffer.Length)
        {
            WriteThrough(bytes);
            return;
        }

        bytes.CopyTo(buffer.AsSpan(buffered));
        buffered += bytes.Length;
    }

    /// <summary>Ends the writing and maps the file for reading. At least one byte must have been written.</summary>
    /// <exception cref="IOException">The disk is full or has failed.</exception>
    public MappedBuffer Map()
    {
        Flush();
        isMapped = true;
        return new MappedBuffer(file, 0, Length);
    }

    /// <summary>Closes the file, unless it was mapped: then it is closed with the mapping.</summary>
    public void Dispose()
    {
        if (!isMapped)
        {
            file.Dispose();
        }
    }

    private static string Folder() =>
        OperatingSystem.IsLinux() && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("TMPDIR")) && Directory.Exists("/var/tmp") ? "/var/tmp" : Path.GetTempPath();

    private void Flush()
    {
        WriteThrough(buffer.AsSpan(0, buffered));
        buffered = 0;
    }

    private void WriteThrough(ReadOnlySpan<byte> bytes)
    {
        try
        {
            file.Write(bytes);
        }
        catch (IOException error)
        {
            throw Failed($"{Length} bytes do not fit into a temporary file in {Folder()}", error);
        }
    }

    private IOException Failed(string what, Exception error) =>
        new($"{name}: {what} ({error.Message.TrimEnd('.')}). Data beyond the memory budget goes there: set TMPDIR to a folder with more space, or allow more memory with --memory.", error);
}
