using System.Buffers.Binary;
using System.IO.Compression;

namespace Nabla.Cli.Tests.Support;

/// <summary>Data of some 100 MB in memory, made once for all tests: images of ten classes, plain and gzipped, and a table of digits of one character.</summary>
public sealed class LargeFiles : IDisposable
{
    public const int ImageCount = 200_000;
    public const int Rows = 120_000;
    public const int Columns = 100;

    private const int Pixels = 28 * 28;
    private const int ImagesAtOnce = 1_000;

    private readonly string folder = Directory.CreateTempSubdirectory("nabla-tests-").FullName;

    public LargeFiles()
    {
        Directory.CreateDirectory(Images);
        Directory.CreateDirectory(PackedImages);
        Directory.CreateDirectory(Scratch);
        byte[] labels = [.. Header(1, ImageCount), .. Enumerable.Range(0, ImageCount).Select(image => (byte)(image % 10))];
        byte[] some = new byte[ImagesAtOnce * Pixels];
        for (int i = 0; i < some.Length; i++)
        {
            // The class decides which rows are light.
            some[i] = (byte)((i % Pixels / 28 % 10 == i / Pixels % 10 ? 200 : 0) + (i % 31));
        }

        Write(Path.Combine(Images, "train-labels-idx1-ubyte"), stream => stream.Write(labels));
        Write(Path.Combine(Images, "train-images-idx3-ubyte"), WriteImages);
        Write(Path.Combine(PackedImages, "train-labels-idx1-ubyte"), stream => stream.Write(labels));
        Write(Path.Combine(PackedImages, "train-images-idx3-ubyte.gz"), stream =>
        {
            using var gzip = new GZipStream(stream, CompressionLevel.Fastest);
            WriteImages(gzip);
        });
        Write(Table, stream => WriteTable(stream, Rows));
        Write(SmallTable, stream => WriteTable(stream, 2_000));

        void WriteImages(Stream stream)
        {
            stream.Write(Header(3, ImageCount, 28, 28));
            for (int image = 0; image < ImageCount; image += ImagesAtOnce)
            {
                stream.Write(some);
            }
        }
    }

    public string Images => Path.Combine(folder, "images");

    public string PackedImages => Path.Combine(folder, "packed");

    public string Table => Path.Combine(folder, "table.csv");

    /// <summary>The first rows of the table.</summary>
    public string SmallTable => Path.Combine(folder, "small.csv");

    /// <summary>Where the program puts temporary files, if it is told so.</summary>
    public string Scratch => Path.Combine(folder, "scratch");

    public string NewRun(string name) => Path.Combine(folder, $"run-{name}");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static void Write(string path, Action<Stream> write)
    {
        using FileStream stream = File.Create(path);
        write(stream);
    }

    private static byte[] Header(byte rank, params ReadOnlySpan<int> sizes)
    {
        byte[] header = new byte[4 + (4 * sizes.Length)];
        header[2] = 8;
        header[3] = rank;
        for (int i = 0; i < sizes.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + (4 * i)), sizes[i]);
        }

        return header;
    }

    private static void WriteTable(Stream stream, int rows)
    {
        using var text = new BufferedStream(stream, 1 << 20);
        text.Write(System.Text.Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Range(0, Columns).Select(column => $"c{column}")) + ",y\n"));
        byte[] line = new byte[(2 * Columns) + 2];
        line.AsSpan().Fill((byte)',');
        line[^1] = (byte)'\n';
        uint state = 1;
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < Columns; column++)
            {
                // Any digits will do: a linear congruential generator (Numerical Recipes).
                state = (state * 1664525) + 1013904223;
                line[2 * column] = (byte)('0' + ((state >> 16) % 10));
            }

            line[2 * Columns] = (byte)(line[0] < '5' ? 'a' : 'b');
            text.Write(line);
        }
    }
}
