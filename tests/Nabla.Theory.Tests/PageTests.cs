using System.Buffers.Binary;
using System.IO.Compression;
using Nabla.Theory.Contents;
using Nabla.Theory.Plots;
using Xunit;

namespace Nabla.Theory.Tests;

/// <summary>docs/theory.md and its pictures match the checks.</summary>
public class PageTests
{
    private const string Remedy = "is out of date: run 'nabla theory --book docs'.";

    public static TheoryData<string> Pictured => [.. Catalog.Checks.Where(check => check.Plot is not null).Select(check => check.Id)];

    [Fact]
    public void The_page_is_up_to_date()
    {
        string path = Path.Combine(Run.Root, "docs", "theory.md");
        Assert.True(File.ReadAllText(path).ReplaceLineEndings("\n") == TheoryPage.Write(Run.Results), $"docs/theory.md {Remedy}");
    }

    [Theory]
    [MemberData(nameof(Pictured))]
    public void A_picture_is_up_to_date(string id)
    {
        using var drawn = new MemoryStream();
        PlotWriter.Write(Catalog.Find(id)!.Plot!(), drawn);
        byte[] now = Pixels(drawn.ToArray()), kept = Pixels(File.ReadAllBytes(Path.Combine(Run.Root, "docs", TheoryPage.PicturePath(id))));
        // The last bit of a logarithm may differ between platforms, which changes a pixel only slightly.
        Assert.True(now.Length == kept.Length && now.Zip(kept).All(pair => Math.Abs(pair.First - pair.Second) <= 8), $"docs/{TheoryPage.PicturePath(id)} {Remedy}");
    }

    [Fact]
    public void No_picture_is_left_over() => Assert.Equal(
        Catalog.Checks.Where(check => check.Plot is not null).Select(check => check.Id + ".png").Order(),
        Directory.EnumerateFiles(Path.Combine(Run.Root, "docs", "images", "theory")).Select(Path.GetFileName).Order());

    /// <summary>The size and the unpacked image data of a PNG file.</summary>
    private static byte[] Pixels(byte[] png)
    {
        using var packed = new MemoryStream();
        for (int at = 8; at < png.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            if (png.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8))
            {
                packed.Write(png, at + 8, length);
            }

            at += length + 12;
        }

        packed.Position = 0;
        using var unpacked = new MemoryStream();
        using var inflate = new ZLibStream(packed, CompressionMode.Decompress);
        inflate.CopyTo(unpacked);
        return unpacked.ToArray();
    }
}
