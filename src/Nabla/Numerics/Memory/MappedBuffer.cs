using System.IO.MemoryMappedFiles;

namespace Nabla.Numerics.Memory;

/// <summary>Bytes of a file that lie in the address space, not in the memory: the system fetches pages when they are read, and drops them when it needs the room.</summary>
/// <remarks>File and mapping are released when nobody holds this any more; their handles see to it themselves.</remarks>
internal sealed unsafe class MappedBuffer : IDisposable
{
    private readonly FileStream file;
    private readonly MemoryMappedFile map;
    private readonly MemoryMappedViewAccessor view;
    private readonly long end;
    private readonly byte* start;

    /// <summary>Maps bytes of a file, to be read only.</summary>
    /// <param name="file">The file, which is not to be disposed of by others.</param>
    /// <param name="offset">Where the bytes start.</param>
    /// <param name="length">How many there are, at least 1. The file must be long enough.</param>
    /// <exception cref="IOException">The system has no room in the address space.</exception>
    public MappedBuffer(FileStream file, long offset, long length)
    {
        this.file = file;
        Length = length;
        end = checked(offset + length);
        map = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        try
        {
            view = map.CreateViewAccessor(offset, length, MemoryMappedFileAccess.Read);
        }
        catch (IOException error)
        {
            map.Dispose();
            throw new IOException($"{file.Name}: {length} bytes cannot be mapped ({error.Message.TrimEnd('.')}). A limit of the address space, such as by ulimit -v, must have room for the data; ulimit -d and the limits of containers need not.", error);
        }

        byte* page = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref page);
        start = page + view.PointerOffset;
        // A handle whose pointer is held would never be released. The field keeps the view alive instead.
        view.SafeMemoryMappedViewHandle.ReleasePointer();
    }

    /// <summary>Number of bytes.</summary>
    public long Length { get; }

    /// <summary>Some of the bytes. Valid as long as this object is reachable.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are not all here.</exception>
    public ReadOnlySpan<byte> Bytes(long offset, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((ulong)offset, (ulong)Length, nameof(offset));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((ulong)count, (ulong)(Length - offset), nameof(count));
        return new ReadOnlySpan<byte>(start + offset, count);
    }

    /// <summary>The file still holds all bytes: reading behind its end would end the process, because systems answer with a signal and not with an error.</summary>
    /// <exception cref="InvalidDataException">It was shortened.</exception>
    public void RequireWhole()
    {
        if (RandomAccess.GetLength(file.SafeFileHandle) is var length && length < end)
        {
            throw new InvalidDataException($"{file.Name}: the file has {length} bytes now and had {end} when it was opened: it was changed while it was read. Start again with a file that stays as it is.");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        view.Dispose();
        map.Dispose();
    }
}
