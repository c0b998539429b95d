using System.IO.Compression;
using Nabla.Data.Idx;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Data.Idx;

public class IdxReaderTests
{
    private const string Name = "some-file";

    [Fact]
    public void A_plain_file_is_read()
    {
        IdxContent content = Read(IdxBytes.Images(3, 2, 5), 3);
        Assert.Equal([3, 2, 5], content.Dimensions);
        Assert.Equal(Enumerable.Range(0, 30).Select(i => (byte)i), content.Bytes);
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Fastest)]
    [InlineData(CompressionLevel.SmallestSize)]
    public void A_gzip_file_is_read_whatever_its_name(CompressionLevel level)
    {
        using var folder = new TemporaryFolder();
        byte[] labels = [.. Enumerable.Range(0, 3_000_000).Select(i => (byte)(i * 7 / 1000))];
        string path = folder.Write("labels", IdxBytes.Gzip(IdxBytes.Labels(labels), level));
        Assert.Equal(labels, IdxReader.Read(path, 1).Bytes);
    }

    [Fact]
    public void An_inflation_near_the_limit_of_deflate_is_read()
    {
        // 8 MB of zeros: the best ratio of deflate, about 1030 to 1.
        byte[] file = IdxBytes.Gzip(IdxBytes.Labels(new byte[8 << 20]), CompressionLevel.SmallestSize);
        Assert.True((8 << 20) / file.Length > 900);
        Assert.Equal(8 << 20, Read(file, 1).Bytes.Length);
    }

    public static TheoryData<string, byte[], int, string> Refused => new()
    {
        { "empty", [], 1, "header ends at byte 0" },
        { "one byte", [0], 1, "header ends at byte 1" },
        { "magic cut", [0, 0, 8], 1, "header ends at byte 3" },
        { "no zeros in front", [1, 0, 8, 1, 0, 0, 0, 1, 5], 1, "byte 0: an IDX file starts with two zero bytes, this one with 01 00" },
        { "a PNG", [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10], 3, "this one with 89 50" },
        { "floats", IdxBytes.File([1], [0, 0, 0, 0], 0x0D), 1, "byte 2: element type 0x0D" },
        { "labels for images", IdxBytes.Labels(1, 2), 3, "byte 3: 1 dimensions, expected 3 (images)" },
        { "images for labels", IdxBytes.Images(1, 2, 2), 1, "byte 3: 3 dimensions, expected 1 (labels)" },
        { "sizes cut", IdxBytes.Images(1, 2, 2)[..14], 3, "header ends at byte 14" },
        { "no samples", IdxBytes.File([0, 2, 2], []), 3, "byte 4: dimension 0 is 0" },
        { "no rows", IdxBytes.File([1, 0, 2], []), 3, "byte 8: dimension 1 is 0" },
        { "a size beyond 2^31", IdxBytes.File([0x80000000], [1]), 1, "byte 4: dimension 0 is 2147483648" },
        { "one element short", IdxBytes.Images(2, 2, 2)[..^1], 3, "claims 2 × 2 × 2 bytes, but the file has 7" },
        { "one element more", [.. IdxBytes.Labels(1, 2), 9], 1, "claims 2 bytes, but the file has 3" },
        { "gzip, one element short", IdxBytes.Gzip(IdxBytes.Labels(1, 2, 3)[..^1]), 1, "the data ends at byte 10 of 11" },
        { "gzip, one element more", IdxBytes.Gzip([.. IdxBytes.Labels(1, 2), 9]), 1, "more data after byte 10" },
        { "gzip, nothing in it", IdxBytes.Gzip([]), 1, "header ends at byte 0" },
        { "gzip, magic alone", [0x1F, 0x8B], 1, "" },
        { "gzip, cut", IdxBytes.Gzip(IdxBytes.Images(10, 28, 28))[..^20], 3, "" },
        { "gzip, a wrong checksum", WrongChecksum(), 3, "gzip data is damaged" },
        { "gzip in gzip", IdxBytes.Gzip(IdxBytes.Gzip(IdxBytes.Labels(1))), 1, "this one with 1F 8B" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_damaged_file_is_refused_with_its_name_and_the_place(string what, byte[] file, int rank, string message)
    {
        _ = what;
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Read(file, rank));
        Assert.StartsWith(Name + ": ", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, new uint[] { int.MaxValue, int.MaxValue, int.MaxValue })]
    [InlineData(true, new uint[] { int.MaxValue, int.MaxValue, int.MaxValue })]
    [InlineData(false, new uint[] { 1_000_000, 1_000, 1_000 })]
    [InlineData(true, new uint[] { 1_000_000, 1_000, 1_000 })]
    [InlineData(true, new uint[] { 40_000, 1, 1 })]
    [InlineData(false, new uint[] { 65_536, 65_536, 1 })]
    [InlineData(false, new uint[] { 65_536, 65_536, 65_536 })]
    [InlineData(false, new uint[] { 2_097_152, 2_097_152, 2_097_152 })]
    public void A_header_that_claims_more_than_the_file_takes_no_memory(bool gzip, uint[] sizes)
    {
        byte[] plain = IdxBytes.File(sizes, new byte[10]);
        byte[] file = gzip ? IdxBytes.Gzip(plain) : plain;
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => Read(file, 3));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
    }

    [Theory]
    [InlineData(new uint[] { int.MaxValue, 3, int.MaxValue })]
    [InlineData(new uint[] { int.MaxValue, 4, int.MaxValue })]
    [InlineData(new uint[] { 65_536, 65_536, 0x40000000 })]
    [InlineData(new uint[] { 65_536, 131_072, 0x40000001 })]
    public void Sizes_whose_product_leaves_64_bits_are_refused(uint[] sizes)
    {
        // As if 64 MB followed the header, which may unpack to 66 GB: the product of the three sizes exceeds 2^63
        // before it exceeds that length.
        byte[] file = IdxBytes.Gzip(IdxBytes.File(sizes, new byte[10]));
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => IdxReader.Read(new MemoryStream(file), 64 << 20, Name, 3));
        Assert.Contains("header claims", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_says_so() =>
        Assert.Throws<FileNotFoundException>(() => IdxReader.Read(Path.Combine(Path.GetTempPath(), "nabla-no-such-file"), 1));

    private static IdxContent Read(byte[] file, int rank) => IdxReader.Read(new MemoryStream(file), file.Length, Name, rank);

    private static byte[] WrongChecksum()
    {
        byte[] file = IdxBytes.Gzip(IdxBytes.Images(2, 28, 28));
        file[^8] ^= 1;
        return file;
    }
}
