using System.Numerics;

namespace Nabla.Numerics;

/// <summary>Takes a product block by block while the block is still in a near cache.</summary>
internal interface IRowBlocks<T>
{
    /// <summary>Takes whole rows of the product, from row <paramref name="first"/> on. Called from several threads at once, each with its own rows.</summary>
    void Take(int first, ReadOnlySpan<T> rows);
}

/// <summary>A product aᵀ·b that is never stored: each worker computes a block of its rows and hands it over.</summary>
internal sealed unsafe class GemmRowBlocks<T> : IParallelWork where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Bytes of a block of a product that is not packed: it shares the first cache with what it is made for.</summary>
    private const int BlockBytes = 16 * 1024;

    private readonly PartScratch scratch = new();
    private GemmOperand<T> a;
    private GemmOperand<T> b;
    private IRowBlocks<T>? sink;

    /// <summary>Takes a product and returns into how many parts it goes. a: [m, k]; b: [k, n].</summary>
    public int Set(WorkerTeam team, GemmOperand<T> left, GemmOperand<T> right, IRowBlocks<T> receiver)
    {
        a = left;
        b = right;
        sink = receiver;
        int parts = GemmWork<T>.Parts(team, a.Rows, b.Columns, b.Rows);
        long block = (long)RowsOfBlock * b.Columns * sizeof(T);
        scratch.Require(parts, IsPacked ? PackedBytes + block : block);
        return parts;
    }

    public void Run(int part, int parts)
    {
        (int first, int end) = GemmWork<T>.Share(a.Rows, GemmTiles.Rows, part, parts);
        T* memory = scratch.Pointer<T>(part);
        T* slabs = memory + (GemmPanels.LeftBytes<T>() / sizeof(T));
        T* block = IsPacked ? memory + (PackedBytes / sizeof(T)) : memory;
        if (IsPacked)
        {
            GemmPanels.PackRight(b, slabs);
        }

        for (int i = first; i < end; i += RowsOfBlock)
        {
            int rows = Math.Min(RowsOfBlock, end - i);
            GemmOperand<T> left = a.SliceRows(i, i + rows);
            if (IsPacked)
            {
                GemmPanels.MultiplySlabs(left, slabs, b.Columns, block, b.Columns, memory);
            }
            else
            {
                GemmKernels.Multiply(left, b, block, b.Columns);
            }

            sink!.Take(i, new ReadOnlySpan<T>(block, rows * b.Columns));
        }
    }

    private bool IsPacked => GemmWork<T>.IsPacked(a.Rows, b.Columns, b.Rows);

    private long PackedBytes => GemmPanels.LeftBytes<T>() + GemmPanels.RightBytes<T>(b.Rows, b.Columns);

    private int RowsOfBlock => IsPacked
        ? GemmPanels.RowsAtOnce
        : Math.Max(1, BlockBytes / (b.Columns * sizeof(T)) / GemmTiles.Rows) * GemmTiles.Rows;
}
