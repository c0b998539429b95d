using System.Buffers.Binary;
using Nabla.Data.Files;

namespace Nabla.Data.Idx;

/// <summary>Writes data sets of images as IDX files.</summary>
public static class IdxWriter
{
    /// <summary>Writes a pair of files, <c>PREFIX-images-idx3-ubyte</c> and <c>PREFIX-labels-idx1-ubyte</c>.</summary>
    /// <param name="data">Images stored as bytes.</param>
    /// <param name="folder">An existing folder.</param>
    /// <param name="prefix"><c>train</c> or <c>t10k</c>.</param>
    /// <exception cref="ArgumentException">
    /// The data set has no images stored as bytes, or more than 256 classes.
    /// </exception>
    public static void Write(Dataset data, string folder, string prefix)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Image is not { } image || data.Count == 0 || data.Pixels(0).IsEmpty || data.Classes.Count > 256)
        {
            throw new ArgumentException($"{data.Name} has no images of bytes in at most 256 classes: IDX cannot hold it.", nameof(data));
        }

        AtomicFile.Write(Path.Combine(folder, prefix + "-images-idx3-ubyte"), stream =>
        {
            WriteHeader(stream, data.Count, image.Rows, image.Columns);
            for (int i = 0; i < data.Count; i++)
            {
                stream.Write(data.Pixels(i));
            }
        });
        AtomicFile.Write(Path.Combine(folder, prefix + "-labels-idx1-ubyte"), stream =>
        {
            WriteHeader(stream, data.Count);
            for (int i = 0; i < data.Count; i++)
            {
                stream.WriteByte((byte)data.Label(i));
            }
        });
    }

    private static void WriteHeader(Stream stream, params ReadOnlySpan<int> dimensions)
    {
        stream.Write([0, 0, 8, (byte)dimensions.Length]);
        Span<byte> size = stackalloc byte[4];
        foreach (int dimension in dimensions)
        {
            BinaryPrimitives.WriteInt32BigEndian(size, dimension);
            stream.Write(size);
        }
    }
}
