using System.IO.MemoryMappedFiles;

namespace Nabla.Numerics.Memory;

/// <summary>
/// Bytes of a memory-mapped file: the system loads pages when they are read, and drops them when it needs the memory.
/// </summary>
/// <remarks>
/// File and mapping are released when this object is no longer reachable: their handles have finalizers.
/// </remarks>
internal sealed unsafe class MappedBuffer : IDisposable
{
    private readonly FileStream file;
    private readonly MemoryMappedFile map;
    private readonly MemoryMappedViewAccessor view;
    private readonly long end;
    private readonly byte* start;

    /// <summary>Maps bytes of a file, read-only.</summary>
    /// <param name="file">The file. This object takes ownership of it.</param>
    /// <param name="offset">The position of the first byte.</param>
    /// <param name="length">The number of bytes, at least 1. The file must be long enough.</param>
    /// <exception cref="IOException">The address space has no room.</exception>
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
            throw new IOException($"{file.Name}: {length} bytes cannot be mapped ({error.Message.TrimEnd('.')}). The address space must have room for the data: raise its limit (ulimit -v). ulimit -d and the memory limits of containers do not matter.", error);
        }

        byte* page = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref page);
        start = page + view.PointerOffset;
        // A handle with an acquired pointer would never be released. The field keeps the view alive instead.
        view.SafeMemoryMappedViewHandle.ReleasePointer();
    }

    /// <summary>The number of bytes.</summary>
    public long Length { get; }

    /// <summary>A range of the bytes. Valid as long as this object is reachable.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range is not inside the mapped bytes.</exception>
    public ReadOnlySpan<byte> Bytes(long offset, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((ulong)offset, (ulong)Length, nameof(offset));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((ulong)count, (ulong)(Length - offset), nameof(count));
        return new ReadOnlySpan<byte>(start + offset, count);
    }

    /// <summary>
    /// Checks that the file still has all bytes. Reading beyond its end would kill the process, because the system
    /// raises a signal, not an error.
    /// </summary>
    /// <exception cref="InvalidDataException">The file was shortened.</exception>
    public void RequireWhole()
    {
        if (RandomAccess.GetLength(file.SafeFileHandle) is var length && length < end)
        {
            throw new InvalidDataException($"{file.Name}: the file has {length} bytes now and had {end} when it was opened: it was changed during reading. Start again with a file that does not change.");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        view.Dispose();
        map.Dispose();
    }
}
