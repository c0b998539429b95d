using FsCheck;
using FsCheck.Fluent;
using Nabla.Numerics.Products;
using Xunit;

namespace Nabla.Tests.Numerics.Products;

public class GemmShapeTests
{
    /// <summary>Memory is taken for the largest share before a product is shared out.</summary>
    [Fact]
    public void Shares_follow_each_other_and_none_is_larger_than_the_largest() => Prop.ForAll<PositiveInt, PositiveInt, PositiveInt>((count, step, parts) =>
    {
        int before = 0;
        for (int part = 0; part < parts.Get; part++)
        {
            (int first, int end) = GemmShape.Share(count.Get, step.Get, part, parts.Get);
            Assert.Equal(before, first);
            Assert.InRange(end - first, 0, GemmShape.LargestShare(count.Get, step.Get, parts.Get));
            before = end;
        }

        Assert.Equal(count.Get, before);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    /// <summary>Every row has one owner, whatever the last worker's share: a row of two would be updated twice.</summary>
    [Fact]
    public void Shares_with_a_smaller_last_one_follow_each_other() => Prop.ForAll<PositiveInt, PositiveInt, byte>((rows, parts, tenths) =>
    {
        double last = tenths % 11 / 10.0;
        int before = 0;
        for (int part = 0; part < parts.Get; part++)
        {
            (int first, int end) = GemmRowBlocks<float>.Share(rows.Get, part, parts.Get, last);
            Assert.Equal(before, first);
            Assert.InRange(end, first, rows.Get);
            Assert.True(end == rows.Get || end % GemmTiles.Rows == 0);
            before = end;
        }

        Assert.Equal(rows.Get, before);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
}
