using System.Numerics;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Products.Operands;

namespace Nabla.Numerics.Products;

/// <summary>
/// A product aᵀ·b that is never stored as a whole: each block of its rows goes to an epilogue while it is in a near
/// cache. Not thread-safe.
/// </summary>
internal sealed unsafe class BlockFusedGemm<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// Bytes of a block of an unpacked product. The block shares the L1 cache with the data of the epilogue.
    /// </summary>
    private const int BlockBytes = 16 * 1024;

    /// <summary>Rows of a block of a packed product.</summary>
    private const int PackedRows = 96;

    private AlignedBuffer memory = new(0);

    /// <summary>
    /// A worker's share of the m rows, in whole tiles. The last worker's share is about
    /// <paramref name="lastShareRatio"/> times the size of another, 0 to 1.
    /// </summary>
    public static (int First, int End) Share(int m, int part, int parts, double lastShareRatio = 1)
    {
        int tiles = (m + BlockSizes.TileRows - 1) / BlockSizes.TileRows;
        return (Start(part), part == parts - 1 ? m : Start(part + 1));

        int Start(int worker) => Math.Min(m, (int)Math.Round(tiles * worker / (parts - 1 + lastShareRatio)) * BlockSizes.TileRows);
    }

    /// <summary>
    /// Computes rows [first, end). left: [k, m], numbers, or bytes that are scaled to byte / 255; right: [k, n].
    /// </summary>
    public void Run<TLeft>(Matrix<TLeft> left, Matrix<T> right, int first, int end, IRowBlockEpilogue<T> epilogue) where TLeft : unmanaged
    {
        var a = new GemmOperand<TLeft>(left, transposed: true);
        var b = new GemmOperand<T>(right);
        bool fuses = TileFusedGemm.Suits<T>(b.Columns, b.Rows), packs = !fuses && GemmShape.IsPacked<T>(end - first, b.Columns, b.Rows);
        int blockRows = packs ? PackedRows : Math.Max(1, BlockBytes / (b.Columns * sizeof(T)) / BlockSizes.TileRows) * BlockSizes.TileRows;
        long slabsAt = PackedGemm.LeftBytes<T>(blockRows, b.Rows), blockAt = packs ? slabsAt + PackedGemm.RightBytes<T>(b.Rows, b.Columns) : 0;
        byte* scratch = Require(blockAt + ((long)blockRows * b.Columns * sizeof(T)));
        T* slabs = (T*)(scratch + slabsAt), block = (T*)(scratch + blockAt);
        for (int i = first; i < end; i += blockRows)
        {
            int rows = Math.Min(blockRows, end - i);
            GemmOperand<TLeft> leftRows = a.SliceRows(i, i + rows);
            if (fuses)
            {
                TileFusedGemm.Run(left, right, i, i + rows, block);
            }
            else if (packs)
            {
                PackedGemm.MultiplySlabs(leftRows, b, isPacked: i > first, slabs, block, b.Columns, (T*)scratch);
            }
            else
            {
                UnpackedGemm.Multiply(leftRows, b, block, b.Columns);
            }

            epilogue.Apply(i, new ReadOnlySpan<T>(block, rows * b.Columns));
        }

        left.KeepAlive();
        right.KeepAlive();
    }

    private byte* Require(long bytes)
    {
        if (memory.ByteLength < bytes)
        {
            memory = new AlignedBuffer(bytes);
        }

        return memory.Pointer<byte>();
    }
}
