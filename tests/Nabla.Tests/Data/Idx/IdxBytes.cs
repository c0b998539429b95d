using System.Buffers.Binary;
using System.IO.Compression;
using Nabla.Tests.Support;

namespace Nabla.Tests.Data.Idx;

/// <summary>
/// Builds IDX files from the description of the format: two zero bytes, element type, rank, big-endian sizes, elements.
/// </summary>
internal static class IdxBytes
{
    public static byte[] File(uint[] sizes, byte[] elements, byte type = 0x08)
    {
        byte[] file = new byte[4 + (4 * sizes.Length) + elements.Length];
        file[2] = type;
        file[3] = (byte)sizes.Length;
        for (int i = 0; i < sizes.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(4 + (4 * i)), sizes[i]);
        }

        elements.CopyTo(file, 4 + (4 * sizes.Length));
        return file;
    }

    /// <summary>Images whose pixels count up, so that every pixel is known.</summary>
    public static byte[] Images(int count, int rows, int columns) =>
        File([(uint)count, (uint)rows, (uint)columns], [.. Enumerable.Range(0, count * rows * columns).Select(i => (byte)i)]);

    public static byte[] Labels(params byte[] labels) => File([(uint)labels.Length], labels);

    public static byte[] Gzip(byte[] content, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, level))
        {
            gzip.Write(content);
        }

        return memory.ToArray();
    }

    /// <summary>A data set with training and test images of 2×3 pixels, ten classes in turn.</summary>
    public static void WriteFolder(TemporaryFolder folder, string name, int train, int test)
    {
        folder.Write(Path.Combine(name, "train-images-idx3-ubyte"), Images(train, 2, 3));
        folder.Write(Path.Combine(name, "train-labels-idx1-ubyte.gz"), Gzip(Labels(InTurn(train))));
        if (test > 0)
        {
            folder.Write(Path.Combine(name, "t10k-images-idx3-ubyte.gz"), Gzip(Images(test, 2, 3)));
            folder.Write(Path.Combine(name, "t10k-labels-idx1-ubyte"), Labels(InTurn(test)));
        }
    }

    public static byte[] InTurn(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)(i % 10))];
}
