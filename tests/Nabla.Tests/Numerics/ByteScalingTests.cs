using Nabla.Numerics;
using Xunit;

namespace Nabla.Tests.Numerics;

public class ByteScalingTests
{
    // 256 bytes are whole vectors; 7 more are a rest.
    [Fact]
    public void Every_byte_becomes_the_correctly_rounded_quotient()
    {
        byte[] bytes = [.. Enumerable.Range(0, 263).Select(i => (byte)i)];
        float[] single = new float[bytes.Length];
        double[] precise = new double[bytes.Length];
        ByteScaling.ToUnit<float>(bytes, single);
        ByteScaling.ToUnit<double>(bytes, precise);
        for (int i = 0; i < bytes.Length; i++)
        {
            Assert.Equal(bytes[i] / 255f, single[i]);
            Assert.Equal(bytes[i] / 255.0, precise[i]);
        }
    }
}
