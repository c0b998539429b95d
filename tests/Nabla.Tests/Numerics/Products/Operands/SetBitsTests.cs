using Nabla.Numerics.Products.Operands;
using Xunit;

namespace Nabla.Tests.Numerics.Products.Operands;

public unsafe class SetBitsTests
{
    [Fact]
    public void Every_byte_lists_its_bits_in_ascending_order()
    {
        ushort* list = stackalloc ushort[SetBits.Slack];
        for (int bits = 0; bits < 256; bits++)
        {
            int count = SetBits.List((byte)bits, 1000, list);
            Assert.Equal(Enumerable.Range(0, 8).Where(bit => ((bits >> bit) & 1) != 0).Select(bit => (ushort)(1000 + bit)), new ReadOnlySpan<ushort>(list, count).ToArray());
        }
    }
}
