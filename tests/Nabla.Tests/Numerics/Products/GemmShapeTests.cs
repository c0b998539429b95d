using FsCheck;
using FsCheck.Fluent;
using Nabla.Numerics.Products;
using Nabla.Numerics.Products.Operands;
using Xunit;

namespace Nabla.Tests.Numerics.Products;

public class GemmShapeTests
{
    /// <summary>The scratch memory of a product is sized by the largest share.</summary>
    [Fact]
    public void Shares_are_contiguous_and_none_is_larger_than_the_largest() => Prop.ForAll<PositiveInt, PositiveInt, PositiveInt>((count, tile, parts) =>
    {
        int before = 0;
        for (int part = 0; part < parts.Get; part++)
        {
            (int first, int end) = GemmShape.Share(count.Get, tile.Get, part, parts.Get);
            Assert.Equal(before, first);
            Assert.InRange(end - first, 0, GemmShape.LargestShare(count.Get, tile.Get, parts.Get));
            before = end;
        }

        Assert.Equal(count.Get, before);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    /// <summary>
    /// Every row has exactly one owner, whatever the ratio of the last share: a row with two owners would be updated
    /// twice.
    /// </summary>
    [Fact]
    public void Shares_with_a_smaller_last_one_are_contiguous() => Prop.ForAll<PositiveInt, PositiveInt, byte>((rows, parts, tenths) =>
    {
        double lastShareRatio = tenths % 11 / 10.0;
        int before = 0;
        for (int part = 0; part < parts.Get; part++)
        {
            (int first, int end) = BlockFusedGemm<float>.Share(rows.Get, part, parts.Get, lastShareRatio);
            Assert.Equal(before, first);
            Assert.InRange(end, first, rows.Get);
            Assert.True(end == rows.Get || end % BlockSizes.TileRows == 0);
            before = end;
        }

        Assert.Equal(rows.Get, before);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
}
