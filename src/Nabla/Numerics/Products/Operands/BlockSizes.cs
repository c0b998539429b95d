using System.Runtime.Intrinsics;

namespace Nabla.Numerics.Products.Operands;

/// <summary>
/// The block sizes of the matrix product, in BLIS letters: MR and NR of the register tile, KC and MC of the cache
/// blocks.
/// </summary>
internal static class BlockSizes
{
    /// <summary>
    /// MR, the rows of a full register tile: twelve accumulators, two vectors of b and one of a take 15 of the 16
    /// registers of AVX2.
    /// </summary>
    public const int TileRows = 6;

    /// <summary>
    /// KC, the depth of a slab: the values of k packed at once. A panel of that depth (32 KiB in float with 256 bits)
    /// streams from the L2 cache; a deeper slab needs fewer passes over c.
    /// </summary>
    public const int SlabDepth = 512;

    /// <summary>The most row strips packed at once, in float: MC = 44 · 6 rows.</summary>
    public const int StripsPerBlock = 44;

    /// <summary>
    /// MC, the rows of a that are packed at once: with KC some 530 KiB, about the size of the L2 cache.
    /// </summary>
    public static unsafe int BlockRows<T>() where T : unmanaged => StripsPerBlock * TileRows * sizeof(float) / sizeof(T);

    /// <summary>NR, the columns of a panel: two vectors.</summary>
    public static int PanelWidth<T>() where T : unmanaged =>
        2 * (Vector512.IsHardwareAccelerated ? Vector512<T>.Count : Vector256.IsHardwareAccelerated ? Vector256<T>.Count : Vector128<T>.Count);

    /// <summary>
    /// The depth of every slab of a product but the last. Slabs have about the same depth, so none is much thinner than
    /// the others.
    /// </summary>
    public static int SlabDepthFor(int k)
    {
        int slabs = Math.Max(1, (k + SlabDepth - 1) / SlabDepth);
        return (k + slabs - 1) / slabs;
    }

    /// <summary>
    /// How many of the last row strips have five rows instead of six. Six and five rows together cover every number of
    /// rows from 20 on, and a batch of 10, without computing a cell twice. For other numbers of rows the result is 0.
    /// </summary>
    public static int FiveRowStrips(int rows)
    {
        int strips = (TileRows - (rows % TileRows)) % TileRows;
        return rows >= 5 * strips ? strips : 0;
    }
}
