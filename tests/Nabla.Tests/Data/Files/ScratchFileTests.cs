using Nabla.Data.Files;
using Nabla.Numerics.Memory;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Data.Files;

public sealed class ScratchFileTests
{
    /// <summary>Pieces smaller than, equal to and larger than the buffer of 65,536 bytes.</summary>
    [Fact]
    public void What_was_written_is_read_back()
    {
        var written = new List<byte>();
        using var scratch = new ScratchFile("data");
        foreach (int length in new[] { 1, 0, 65_534, 1, 1, 65_536, 200_000, 7, 65_537 })
        {
            byte[] piece = [.. Enumerable.Range(written.Count, length).Select(i => (byte)(i * 7 / 3))];
            scratch.Write(piece);
            written.AddRange(piece);
        }

        using MappedBuffer mapped = scratch.Map();
        Assert.Equal(written.Count, scratch.Length);
        Assert.Equal(written.Count, mapped.Length);
        Assert.True(mapped.Bytes(0, written.Count).SequenceEqual(written.ToArray()));
        Assert.Equal(written[65_536], mapped.Bytes(65_536, 1)[0]);
        Assert.True(mapped.Bytes(mapped.Length, 0).IsEmpty);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 4)]
    [InlineData(0, -1)]
    [InlineData(3, 1)]
    [InlineData(long.MaxValue, 1)]
    public void Bytes_that_are_not_there_are_refused(long offset, int count)
    {
        using var scratch = new ScratchFile("data");
        scratch.Write([1, 2, 3]);
        using MappedBuffer mapped = scratch.Map();
        Assert.Throws<ArgumentOutOfRangeException>(() => mapped.Bytes(offset, count).Length);
    }

    [Fact]
    public void A_file_that_was_shortened_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not allow a mapped file to be truncated.");
        using var folder = new TemporaryFolder();
        string path = folder.Write("data", new byte[100_000]);
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var mapped = new MappedBuffer(file, 10, 99_990);
        mapped.RequireWhole();
        using (var other = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            other.SetLength(99_999);
        }

        InvalidDataException error = Assert.Throws<InvalidDataException>(mapped.RequireWhole);
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains("99999 bytes now and had 100000", error.Message, StringComparison.Ordinal);
    }
}
