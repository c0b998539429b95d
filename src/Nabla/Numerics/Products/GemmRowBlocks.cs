using System.Numerics;
using Nabla.Numerics.Memory;

namespace Nabla.Numerics.Products;

/// <summary>Takes a product block by block while the block is still in a near cache.</summary>
internal interface IRowBlocks<T>
{
    /// <summary>Takes whole rows of the product, from row <paramref name="first"/> on.</summary>
    void Take(int first, ReadOnlySpan<T> rows);
}

/// <summary>A product aᵀ·b that is never stored: block by block of its rows is computed and handed over. For one thread at a time.</summary>
internal sealed unsafe class GemmRowBlocks<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Bytes of a block of a product that is not packed: it shares the first cache with what it is made for.</summary>
    private const int BlockBytes = 16 * 1024;

    /// <summary>Rows of a block of a packed product.</summary>
    private const int PackedRows = 96;

    private AlignedBuffer memory = new(0);

    /// <summary>The share of a worker of the m rows, in whole tiles. The last worker's is about <paramref name="last"/> times another one's, 0 to 1.</summary>
    public static (int First, int End) Share(int m, int part, int parts, double last = 1)
    {
        int tiles = (m + GemmTiles.Rows - 1) / GemmTiles.Rows;
        return (Start(part), part == parts - 1 ? m : Start(part + 1));

        int Start(int worker) => Math.Min(m, (int)Math.Round(tiles * worker / (parts - 1 + last)) * GemmTiles.Rows);
    }

    /// <summary>Computes rows [first, end). left: [k, m], numbers, or bytes that stand for byte / 255; right: [k, n].</summary>
    public void Run<TLeft>(Matrix<TLeft> left, Matrix<T> right, int first, int end, IRowBlocks<T> receiver) where TLeft : unmanaged
    {
        var a = new GemmOperand<TLeft>(left, turned: true);
        var b = new GemmOperand<T>(right);
        bool tiles = GemmRowTiles.Suits<T>(b.Columns, b.Rows), packs = !tiles && GemmShape.IsPacked<T>(end - first, b.Columns, b.Rows);
        int rowsOfBlock = packs ? PackedRows : Math.Max(1, BlockBytes / (b.Columns * sizeof(T)) / GemmTiles.Rows) * GemmTiles.Rows;
        long slabsAt = GemmPanels.LeftBytes<T>(rowsOfBlock, b.Rows), blockAt = packs ? slabsAt + GemmPanels.RightBytes<T>(b.Rows, b.Columns) : 0;
        byte* scratch = Require(blockAt + ((long)rowsOfBlock * b.Columns * sizeof(T)));
        T* slabs = (T*)(scratch + slabsAt), block = (T*)(scratch + blockAt);
        for (int i = first; i < end; i += rowsOfBlock)
        {
            int rows = Math.Min(rowsOfBlock, end - i);
            GemmOperand<TLeft> rowsOfLeft = a.SliceRows(i, i + rows);
            if (tiles)
            {
                GemmRowTiles.Run(left, right, i, i + rows, block);
            }
            else if (packs)
            {
                GemmPanels.MultiplySlabs(rowsOfLeft, b, isPacked: i > first, slabs, block, b.Columns, (T*)scratch);
            }
            else
            {
                GemmKernels.Multiply(rowsOfLeft, b, block, b.Columns);
            }

            receiver.Take(i, new ReadOnlySpan<T>(block, rows * b.Columns));
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
