using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Models.Formats.Safetensors;

/// <summary>Models to and from streams.</summary>
public class ModelStreamTests
{
    private static Model Model { get; } = Nabla.Model.Train(DataSource.Open("moons"), Preset.Plain.For(DataSource.Open("moons").Train));

    private static byte[] Bytes
    {
        get
        {
            using var stream = new MemoryStream();
            Model.Save(stream);
            return stream.ToArray();
        }
    }

    [Fact]
    public void A_stream_gets_the_bytes_of_a_file()
    {
        using var temporary = new TemporaryFolder();
        Model.Save(temporary["model.safetensors"]);
        Assert.Equal(File.ReadAllBytes(temporary["model.safetensors"]), Bytes);
    }

    [Fact]
    public void A_model_is_read_from_the_position_of_the_stream_which_stays_open()
    {
        using var stream = new MemoryStream([1, 2, 3, .. Bytes]) { Position = 3 };
        Assert.Equal(Model.WeightsSha256, Nabla.Model.Load(stream).WeightsSha256);
        Assert.True(stream.CanRead);
    }

    [Fact]
    public void A_stream_that_cannot_seek_and_gives_few_bytes_at_a_time_is_read()
    {
        using var stream = new Trickle(Bytes);
        Assert.Equal(Model.WeightsSha256, Nabla.Model.Load(stream).WeightsSha256);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(100)]
    public void A_stream_that_ends_too_early_is_refused(int length)
    {
        using var whole = new MemoryStream(Bytes[..length]);
        using var trickle = new Trickle(Bytes[..length]);
        Assert.StartsWith("the stream: ", Assert.Throws<InvalidDataException>(() => Nabla.Model.Load(whole)).Message, StringComparison.Ordinal);
        Assert.StartsWith("the stream: ", Assert.Throws<InvalidDataException>(() => Nabla.Model.Load(trickle)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_behind_the_model_are_refused_in_both_kinds_of_streams()
    {
        using var whole = new MemoryStream([.. Bytes, 0, 0]);
        using var trickle = new Trickle([.. Bytes, 0, 0]);
        Assert.Contains("bytes behind the last tensor", Assert.Throws<InvalidDataException>(() => Nabla.Model.Load(whole)).Message, StringComparison.Ordinal);
        Assert.Contains("bytes behind the last tensor", Assert.Throws<InvalidDataException>(() => Nabla.Model.Load(trickle)).Message, StringComparison.Ordinal);
    }

    /// <summary>A pipe may never end, and a header may announce any size.</summary>
    [Theory]
    [InlineData("{}")]
    [InlineData("{\"layers.0.weight\":{\"dtype\":\"F32\",\"shape\":[25000000,10000],\"data_offsets\":[0,1000000000000]}}")]
    [InlineData("{\"layers.0.weight\":{\"dtype\":\"F32\",\"shape\":[10000,10000],\"data_offsets\":[0,400000000]}}")]
    [InlineData("no header")]
    public void A_stream_that_announces_much_or_never_ends_takes_little_memory(string header)
    {
        byte[] start = [.. BitConverter.GetBytes((long)header.Length), .. System.Text.Encoding.UTF8.GetBytes(header)];
        using var announced = new Trickle([.. start, 1, 2, 3]);
        using var endless = new Endless(header.StartsWith('{') ? start[..8] : start);
        foreach (Stream stream in new Stream[] { announced, endless })
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.StartsWith("the stream: ", Assert.Throws<InvalidDataException>(() => Nabla.Model.Load(stream)).Message, StringComparison.Ordinal);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        }
    }

    /// <summary>Some bytes, then zeros for ever.</summary>
    private sealed class Endless(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count)
        {
            int got = base.Read(buffer, offset, count);
            buffer.AsSpan(offset + got, count - got).Clear();
            return count;
        }
    }

    /// <summary>Gives at most seven bytes at a time, and cannot seek.</summary>
    private sealed class Trickle(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 7));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 7)]);

        public override void CopyTo(Stream destination, int bufferSize)
        {
            byte[] few = new byte[7];
            for (int got = Read(few, 0, few.Length); got > 0; got = Read(few, 0, few.Length))
            {
                destination.Write(few, 0, got);
            }
        }
    }
}
