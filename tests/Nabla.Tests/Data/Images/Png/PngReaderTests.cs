using System.Text;
using System.Text.Json;
using Nabla.Data.Images.Pixels;
using Nabla.Data.Images.Png;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Data.Images.Png;

public class PngReaderTests
{
    private const string Name = "some.png";

    public static TheoryData<string> Pictures => [.. Golden.Read("png/pictures.json").EnumerateArray().Select(picture => picture.GetProperty("name").GetString()!)];

    /// <summary>
    /// tests/golden/png: files that Pillow reads as intended, with the grey of their pixels in exact fractions.
    /// </summary>
    [Theory]
    [MemberData(nameof(Pictures))]
    public void Every_colour_type_depth_filter_and_interlace_has_the_pixels_that_another_program_finds(string name)
    {
        JsonElement picture = Golden.Read("png/pictures.json").EnumerateArray().Single(picture => picture.GetProperty("name").GetString() == name);
        GreyImage image = PngReader.Read(picture.GetProperty("png").GetBytesFromBase64(), Name);
        Assert.Equal(new ImageShape(picture.GetProperty("rows").GetInt32(), picture.GetProperty("columns").GetInt32()), image.Shape);
        Assert.Equal(picture.GetProperty("grey").GetBytesFromBase64(), image.Pixels.ToArray());
    }

    [Fact]
    public void What_the_writer_writes_is_read_back()
    {
        byte[] pixels = [.. Enumerable.Range(0, 77 * 31).Select(i => (byte)(i * i / 7))];
        using var stream = new MemoryStream();
        PngWriter.WriteGrey(stream, pixels, 77);
        GreyImage image = PngReader.Read(stream.ToArray(), Name);
        Assert.Equal(new ImageShape(31, 77), image.Shape);
        Assert.Equal(pixels, image.Pixels.ToArray());
    }

    [Fact]
    public void A_colour_becomes_its_luminance_and_the_transparent_becomes_white()
    {
        // (299·200 + 587·100 + 114·50)/1000 = 124.2; half of it over white: 62.1·… with alpha 51/255 = 1/5: 124.2/5 +
        // 255·4/5 = 228.84.
        byte[] file = PngBytes.File(PngBytes.Header(3, 1, 8, 6), PngBytes.Data(0, 200, 100, 50, 255, 200, 100, 50, 51, 200, 100, 50, 0), PngBytes.End);
        Assert.Equal([124, 229, 255], PngReader.Read(file, Name).Pixels.ToArray());
    }

    [Fact]
    public void Sixteen_bits_are_rounded_to_eight()
    {
        // 255·v/65535 = v/257: 128 → 0.498, 129 → 0.502, 65406 → 254.498, 65407 → 254.502.
        byte[] file = PngBytes.File(PngBytes.Header(4, 1, 16, 0), PngBytes.Data(0, 0, 128, 0, 129, 0xFF, 0x7E, 0xFF, 0x7F), PngBytes.End);
        Assert.Equal([0, 1, 254, 255], PngReader.Read(file, Name).Pixels.ToArray());
    }

    [Fact]
    public void Of_a_transparent_grey_only_the_bits_of_the_depth_count()
    {
        byte[] file = PngBytes.File(PngBytes.Header(2, 1, 4, 0), PngBytes.Chunk("tRNS", 0xAB, 0xC3), PngBytes.Data(0, 0x31), PngBytes.End);
        Assert.Equal([255, 17], PngReader.Read(file, Name).Pixels.ToArray());
    }

    [Fact]
    public void What_stands_behind_the_end_is_passed_over() =>
        Assert.Equal([7], PngReader.Read((byte[])[.. PngBytes.Grey(1, 1, 0, 7), 1, 2, 3], Name).Pixels.ToArray());

    public static TheoryData<string, byte[], string> Refused
    {
        get
        {
            byte[] header = PngBytes.Header(2, 2, 8, 0), data = PngBytes.Data(0, 1, 2, 0, 3, 4), end = PngBytes.End, good = PngBytes.File(header, data, end);
            byte[] wrongCrc = [.. good], wrongAdler = PngBytes.Deflate([0, 1, 2, 0, 3, 4]), packed = PngBytes.Deflate([0, 1, 2, 0, 3, 4]), bomb = PngBytes.Deflate(new byte[1 << 20]);
            wrongCrc[^20] ^= 1;
            wrongAdler[^1] ^= 1;
            byte[] palette = PngBytes.Chunk("PLTE", 1, 2, 3, 4, 5, 6), indexed = PngBytes.Header(2, 2, 1, 3);
            byte[] longer = PngBytes.Chunk("IDAT", packed);
            longer[3]++;
            return new()
            {
                { "empty", [], "byte 0: the file is empty" },
                { "signature cut", good[..5], "byte 0: the file ends within the first eight bytes" },
                { "JPEG", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16], "byte 0: this is a JPEG picture" },
                { "text", "x,y\n1,2\n"u8.ToArray(), "byte 0: a PNG file starts with 89504E47" },
                { "nothing behind the signature", good[..8], "byte 8: the file ends before its IHDR chunk" },
                { "no header", PngBytes.File(data, end), "byte 8: the first chunk is IDAT" },
                { "header too short", PngBytes.File(PngBytes.Chunk("IHDR", 0, 0, 0, 2), data, end), "byte 8: the first chunk is IHDR of 4 bytes" },
                { "no columns", PngBytes.File(PngBytes.Header(0u, 2, 8, 0), data, end), "byte 16: the picture is 0 wide" },
                { "2^31 rows", PngBytes.File(PngBytes.Header(2, 0x80000000, 8, 0), data, end), "byte 16: the picture is 2 wide and 2147483648 high" },
                { "too many pixels", PngBytes.File(PngBytes.Header(100_000, 100_000, 1, 0), data, end), "more than the 134217728 pixels" },
                { "depth 3", PngBytes.File(PngBytes.Header(2, 2, 3, 0), data, end), "byte 24: depth 3 with colour type 0" },
                { "palette of 16 bits", PngBytes.File(PngBytes.Header(2, 2, 16, 3), data, end), "byte 24: depth 16 with colour type 3" },
                { "colour type 5", PngBytes.File(PngBytes.Header(2, 2, 8, 5), data, end), "byte 24: depth 8 with colour type 5" },
                { "interlace 2", PngBytes.File(PngBytes.Header(2u, 2, 8, 0, 2), data, end), "byte 26: compression 0, filter 0, interlace 2" },
                { "two headers", PngBytes.File(header, header, data, end), "byte 33: IHDR is repeated" },
                { "header behind the data", PngBytes.File(header, data, header, end), "IHDR is repeated" },
                { "wrong CRC", wrongCrc, "byte 33: IDAT has the checksum" },
                { "a length that lies", [.. PngBytes.Signature, .. header, .. longer], "byte 33: IDAT claims 15 bytes, but 14 are left" },
                { "a length of 2^32 − 1", [.. PngBytes.Signature, 255, 255, 255, 255, .. header[4..]], "byte 8: IHDR claims 4294967295 bytes" },
                { "a type that is none", PngBytes.File(header, PngBytes.Chunk("ID4T"), data, end), "byte 33: a chunk of type 49443454" },
                { "an unknown critical chunk", PngBytes.File(header, PngBytes.Chunk("ABCD"), data, end), "byte 33: the critical chunk ABCD" },
                { "no data", PngBytes.File(header, end), "byte 33: IEND is repeated or out of place" },
                { "no end", PngBytes.File(header, data), "the file ends before its IEND chunk" },
                { "an end with data", PngBytes.File(header, data, PngBytes.Chunk("IEND", 1)), "IEND has 1 bytes" },
                { "data in two places", PngBytes.File(header, data, PngBytes.Chunk("tEXt"), data, end), "IDAT is repeated" },
                { "no palette", PngBytes.File(indexed, data, end), "no PLTE chunk" },
                { "two palettes", PngBytes.File(indexed, palette, palette, data, end), "PLTE is repeated" },
                { "palette of a grey picture", PngBytes.File(header, palette, data, end), "a grey picture has a palette" },
                { "palette of 5 bytes", PngBytes.File(indexed, PngBytes.Chunk("PLTE", 1, 2, 3, 4, 5), data, end), "PLTE has 5 bytes" },
                { "palette of 3 colours for a bit", PngBytes.File(indexed, PngBytes.Chunk("PLTE", new byte[9]), data, end), "expected three for each of 1 to 2 colours" },
                { "palette behind the data", PngBytes.File(indexed, palette, data, palette, end), "PLTE is repeated" },
                { "transparency before the palette", PngBytes.File(indexed, PngBytes.Chunk("tRNS", 1), palette, data, end), "tRNS of 1 bytes does not belong" },
                { "transparency of more colours", PngBytes.File(indexed, palette, PngBytes.Chunk("tRNS", 1, 2, 3), data, end), "tRNS of 3 bytes does not belong to colour type 3 with 2" },
                { "transparency beside alpha", PngBytes.File(PngBytes.Header(2, 2, 8, 4), PngBytes.Chunk("tRNS", 0, 1), data, end), "tRNS of 2 bytes does not belong to colour type 4" },
                { "two transparencies", PngBytes.File(header, PngBytes.Chunk("tRNS", 0, 1), PngBytes.Chunk("tRNS", 0, 1), data, end), "tRNS is repeated" },
                { "a colour beyond the palette", PngBytes.File(PngBytes.Header(2, 2, 2, 3), palette, PngBytes.Data(0, 0x10, 0, 0x30), end), "row 1, column 1: the colour is not in the palette" },
                { "empty data", PngBytes.File(header, PngBytes.Chunk("IDAT"), end), "byte 33: IDAT: 0 bytes of compressed data" },
                { "no zlib", PngBytes.File(header, PngBytes.Chunk("IDAT", 1, 2, 3, 4, 5, 6, 7), end), "begins with 01 02" },
                { "a preset dictionary", PngBytes.File(header, PngBytes.Chunk("IDAT", [0x78, 0xF9, .. packed[2..]]), end), "begins with 78 F9" },
                { "damaged deflate", PngBytes.File(header, PngBytes.Chunk("IDAT", [0x78, 0x9C, 0xFF, .. packed[3..]]), end), "the compression is damaged" },
                { "wrong Adler", PngBytes.File(header, PngBytes.Chunk("IDAT", wrongAdler), end), "byte 33: IDAT: the" },
                { "Adler missing", PngBytes.File(header, PngBytes.Chunk("IDAT", packed[..^4]), end), "byte 33: IDAT: " },
                { "data cut", PngBytes.File(header, PngBytes.Chunk("IDAT", packed[..^6]), end), "byte 33: IDAT: " },
                { "a row too few", PngBytes.File(header, PngBytes.Data(0, 1, 2), end), "the data ends in row 1 of 2" },
                { "a byte too many", PngBytes.File(header, PngBytes.Data(0, 1, 2, 0, 3, 4, 0), end), "there are more than the 6 bytes" },
                { "a bomb", PngBytes.File(header, PngBytes.Chunk("IDAT", bomb), end), "there are more than the 6 bytes" },
                { "filter 5", PngBytes.File(header, PngBytes.Data(0, 1, 2, 5, 3, 4), end), "row 1 has filter 5" },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_damaged_file_is_refused_with_its_name_and_the_place(string what, byte[] file, string message)
    {
        _ = what;
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => PngReader.Read(file, Name));
        Assert.StartsWith(Name + ": byte ", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_beginning_of_a_file_is_refused()
    {
        byte[] file = PngBytes.File(PngBytes.Header(2u, 2, 1, 3, 1), PngBytes.Chunk("PLTE", 1, 2, 3, 4, 5, 6), PngBytes.Data(0, 0, 0, 0, 0, 0), PngBytes.End);
        PngReader.Read(file, Name);
        for (int length = 0; length < file.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => PngReader.Read(file.AsMemory(0, length), Name));
        }
    }

    [Theory]
    [InlineData(1_000_000u, 100u, 1, 0, 0)]
    [InlineData(10_000u, 10_000u, 16, 6, 0)]
    [InlineData(10_000u, 10_000u, 16, 6, 1)]
    [InlineData(uint.MaxValue, uint.MaxValue, 16, 6, 1)]
    public void A_header_that_claims_more_than_the_file_can_hold_takes_no_memory(uint columns, uint rows, byte depth, byte colour, byte interlace)
    {
        byte[] file = PngBytes.File(PngBytes.Header(columns, rows, depth, colour, interlace), PngBytes.Data(0, 1, 2), PngBytes.End);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => PngReader.Read(file, Name));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
    }

    [Fact]
    public void A_missing_file_and_a_folder_say_so()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("there is no such file", Assert.Throws<FileNotFoundException>(() => PngReader.Read(folder["x.png"])).Message, StringComparison.Ordinal);
        Assert.Contains("is a folder", Assert.Throws<FileNotFoundException>(() => PngReader.Read(folder.Root)).Message, StringComparison.Ordinal);
        string path = folder.Write("cut.png", Encoding.ASCII.GetBytes("\u007fPNG"));
        Assert.StartsWith($"{path}: byte 0", Assert.Throws<InvalidDataException>(() => PngReader.Read(path)).Message, StringComparison.Ordinal);
    }
}
