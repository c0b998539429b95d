using System.Buffers.Binary;
using System.IO.Compression;
using Nabla.Theory.Contents;
using Nabla.Theory.Plots;
using Xunit;

namespace Nabla.Theory.Tests;

/// <summary>The index docs/theory.md, the pages of the chapters and the pictures match the checks.</summary>
public class PageTests
{
    private static readonly Lazy<IReadOnlyDictionary<string, string>> Written = new(() => TheoryPage.WriteAll(Run.Results));

    private const string Remedy = "is out of date: run 'nabla theory --book docs'.";

    public static TheoryData<string> Pictured => [.. Catalog.Checks.Where(check => check.Plot is not null).Select(check => check.Id)];

    public static TheoryData<string> Pages => [TheoryPage.IndexPath, .. Catalog.Chapters.Select(TheoryPage.ChapterPath)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_is_up_to_date(string page)
    {
        string kept = File.ReadAllText(Path.Combine(Run.Root, "docs", page)).ReplaceLineEndings("\n");
        Assert.True(kept == Written.Value[page], $"docs/{page} {Remedy}");
    }

    [Fact]
    public void There_is_a_page_for_each_chapter_and_no_other() => Assert.Equal(
        Catalog.Chapters.Select(chapter => chapter.Page + ".md").Order(StringComparer.Ordinal),
        Directory.EnumerateFiles(Path.Combine(Run.Root, "docs", "theory")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_line_of_prose_has_at_most_120_characters(string page)
    {
        bool formula = false;
        foreach (string line in Written.Value[page].Split('\n'))
        {
            formula ^= line == "$$";
            Assert.True(formula || line.StartsWith('|') || line.Length <= 120, line);
        }
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
