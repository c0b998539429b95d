using Nabla.Numerics.Memory;

namespace Nabla.Data.Files;

/// <summary>A temporary file that takes what the memory shall not: written once from the beginning to the end, then mapped.</summary>
/// <remarks>
/// On Unix its name is gone as soon as it is open, so that it vanishes with the process however that ends; Windows deletes it with the last handle.
/// It is written through calls that report a full disk. Written through a mapping, a full disk would end the process.
/// </remarks>
internal sealed class ScratchFile : IDisposable
{
    private const int BufferBytes = 1 << 16;

    private readonly string name;
    private readonly FileStream file;
    private readonly byte[] buffer = new byte[BufferBytes];
    private int buffered;
    private bool isMapped;

    /// <summary>Creates the file in <c>TMPDIR</c>; where that is not set, on Linux in <c>/var/tmp</c>, because <c>/tmp</c> often is memory.</summary>
    /// <param name="name">The data that it is for, in messages.</param>
    /// <exception cref="IOException">It cannot be created.</exception>
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
            throw Failed($"no temporary file can be made in {folder}", error);
        }
    }

    /// <summary>Bytes written.</summary>
    public long Length { get; private set; }

    /// <summary>Appends bytes.</summary>
    /// <exception cref="IOException">The disk is full, or failed.</exception>
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

    /// <summary>Ends the writing; what was written can be read. At least one byte.</summary>
    /// <exception cref="IOException">The disk is full, or failed.</exception>
    public MappedBuffer Map()
    {
        Flush();
        isMapped = true;
        return new MappedBuffer(file, 0, Length);
    }

    /// <summary>Lets the file go, unless it was mapped: then it goes with the mapping.</summary>
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
            throw Failed($"{Length} bytes do not go into a temporary file in {Folder()}", error);
        }
    }

    private IOException Failed(string what, Exception error) =>
        new($"{name}: {what} ({error.Message.TrimEnd('.')}). Data that is larger than the memory budget goes there: set TMPDIR to a folder with more room, or allow more memory with --memory.", error);
}
