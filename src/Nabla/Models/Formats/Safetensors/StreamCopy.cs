using System.Buffers.Binary;

namespace Nabla.Models.Formats.Safetensors;

/// <summary>Copies a safetensors stream that cannot seek into memory.</summary>
/// <remarks>
/// The header is checked before the data is read, and memory grows only with the bytes that arrive. So neither an endless
/// stream nor a header with large figures fills the memory.
/// </remarks>
internal static class StreamCopy
{
    /// <summary>A stream in memory doubles its array; this leaves room for the last growth.</summary>
    private const long MostBytes = int.MaxValue - (1 << 24);

    private const int PieceBytes = 1 << 16;

    /// <summary>The bytes of the stream: all, or as many as show what is wrong with them.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <exception cref="InvalidDataException">The header is damaged, or announces more than memory can hold.</exception>
    public static MemoryStream Of(Stream stream, string name)
    {
        var copy = new MemoryStream();
        if (TryAppend(stream, copy, 8))
        {
            ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(copy.GetBuffer());
            if (headerLength <= SafetensorsReader.MaximumHeaderLength && TryAppend(stream, copy, (long)headerLength))
            {
                long data = SafetensorsHeader.Parse(name, copy.GetBuffer().AsSpan(8, (int)headerLength), dataLength: null).DataLength;
                if (data > MostBytes - copy.Length)
                {
                    throw new InvalidDataException($"{name}: the header describes {data} data bytes, but a stream that cannot seek may have {MostBytes} bytes in all. Write it to a file first.");
                }

                // One byte more shows whether the stream goes on.
                TryAppend(stream, copy, data + 1);
            }
        }

        copy.Position = 0;
        return copy;
    }

    /// <summary>Appends so many bytes, or fewer where the stream ends.</summary>
    /// <returns>Whether there were as many.</returns>
    private static bool TryAppend(Stream stream, MemoryStream copy, long count)
    {
        byte[] piece = new byte[Math.Min(count, PieceBytes)];
        while (count > 0)
        {
            int got = stream.Read(piece, 0, (int)Math.Min(count, piece.Length));
            if (got == 0)
            {
                return false;
            }

            copy.Write(piece, 0, got);
            count -= got;
        }

        return true;
    }
}
