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
