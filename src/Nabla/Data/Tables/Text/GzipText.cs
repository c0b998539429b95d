using System.Buffers.Binary;
using System.IO.Compression;
using Nabla.Data.Files;

namespace Nabla.Data.Tables.Text;

/// <summary>
/// The text of a gzip file. A truncated file is an error at its end; the platform's reader takes it for a short one.
/// </summary>
internal sealed class GzipText(FileStream file, string name) : Stream
{
    /// <summary>The most places that are tried as the start of the last member.</summary>
    private const int MaxMembers = 64;

    private readonly GZipStream inflated = new(file, CompressionMode.Decompress);
    private long length;
    private bool isChecked;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int count = Inflate(buffer);
        length += count;
        // Compared with the bytes read so far, not with the whole file, so that a bomb is recognised early.
        if (Inflation.IsBomb(length, file.Position))
        {
            throw new InvalidDataException($"{name}: its first {file.Position} bytes unpack to more than {Inflation.LargestRatio} times as many, which no table of measurements does. If it is one, unpack it first.");
        }

        if (count == 0 && !buffer.IsEmpty && !isChecked)
        {
            isChecked = true;
            RequireEnd();
        }

        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inflated.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Inflate(Span<byte> buffer)
    {
        try
        {
            return inflated.Read(buffer);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{name}: the gzip data is damaged ({error.Message.TrimEnd('.')}). Download the file again.", error);
        }
    }

    /// <summary>
    /// Checks the last four bytes: the length modulo 2³² of the
    /// last member's text, which in most files is the whole text.
    /// </summary>
    private void RequireEnd()
    {
        Span<byte> trailer = stackalloc byte[4];
        file.Position = Math.Max(0, file.Length - 4);
        bool isComplete = file.ReadAtLeast(trailer, 4, throwOnEndOfStream: false) == 4;
        uint last = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        if (!isComplete || (last != (uint)length && !EndsWithMember(last)))
        {
            throw new InvalidDataException($"{name}: the gzip file is truncated. Download it again.");
        }
    }

    /// <summary>Whether the file ends with a member of this length, as a file of several members does.</summary>
    private bool EndsWithMember(uint expected)
    {
        byte[] end = new byte[(int)Math.Min(file.Length, 1 << 20)];
        file.Position = file.Length - end.Length;
        file.ReadExactly(end);
        int start = end.Length;
        for (int tried = 0; tried < MaxMembers && (start = end.AsSpan(0, start).LastIndexOf<byte>([0x1F, 0x8B, 0x08])) >= 0; tried++)
        {
            if (LengthOf(end.AsMemory(start)) == expected)
            {
                return true;
            }
        }

        return false;
    }

    private static uint? LengthOf(ReadOnlyMemory<byte> member)
    {
        try
        {
            using var text = new GZipStream(new MemoryStream(member.ToArray()), CompressionMode.Decompress);
            byte[] buffer = new byte[1 << 16];
            uint total = 0;
            for (int count; (count = text.Read(buffer)) > 0; total += (uint)count)
            {
            }

            return total;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
