using System.Numerics;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Threads;

namespace Nabla.Numerics.Products;

/// <summary>Goes on with the cells of a product as soon as a worker has them.</summary>
internal interface IProductBlocks
{
    /// <summary>Takes rows [firstRow, endRow) and columns [firstColumn, endColumn). Called from several threads at once, each with its own cells.</summary>
    void Take(int firstRow, int endRow, int firstColumn, int endColumn);
}

/// <summary>A product shared out between workers, by rows or by columns of c.</summary>
internal sealed unsafe class GemmWork<T> : IParallelWork where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Rows of a part from which on a product that is not packed is shared by rows.</summary>
    private const int RowsOfPart = 12;

    private readonly PartScratch scratch = new();
    private GemmOperand<T> a;
    private GemmOperand<T> b;
    private Matrix<T> c;
    private IProductBlocks? next;
    private bool isPacked;
    private bool isSharedByRows;
    private bool areBytes;

    /// <summary>Takes a product and returns into how many parts it goes.</summary>
    /// <typeparam name="TLeft">The elements of the left operand: numbers, or bytes that stand for byte / 255.</typeparam>
    public int Set<TLeft>(WorkerTeam team, GemmOperand<TLeft> left, GemmOperand<T> right, Matrix<T> result, IProductBlocks? receiver) where TLeft : unmanaged
    {
        next = receiver;
        a = left.As<T>();
        areBytes = typeof(TLeft) == typeof(byte);
        b = right;
        c = result;
        isPacked = GemmShape.IsPacked<T>(c.Rows, c.Columns, b.Rows);
        int parts = GemmShape.Parts(team, (long)c.Rows * c.Columns * b.Rows);
        // Copies of rows cost more than those of columns; but halves of the same rows are near enough to be fetched by the wrong worker.
        isSharedByRows = c.Rows >= (isPacked ? c.Columns : Math.Min(c.Columns, RowsOfPart * parts));
        parts = Math.Clamp(isSharedByRows ? GemmShape.Steps(c.Rows, GemmTiles.Rows) : GemmShape.Steps(c.Columns, GemmPanels.Width<T>()), 1, parts);
        int rows = isSharedByRows ? GemmShape.LargestShare(c.Rows, GemmTiles.Rows, parts) : c.Rows;
        int columns = isSharedByRows ? c.Columns : GemmShape.LargestShare(c.Columns, GemmPanels.Width<T>(), parts);
        if (isPacked)
        {
            scratch.Require(parts, GemmPanels.LeftBytes<T>(rows, b.Rows) + GemmPanels.RightBytes<T>(rows, b.Rows, columns));
        }
        else if (b.ColumnStride != 1)
        {
            scratch.Require(parts, (long)b.Rows * columns * sizeof(T));
        }

        return parts;
    }

    public void Run(int part, int parts)
    {
        if (areBytes)
        {
            Run(part, parts, a.As<byte>());
        }
        else
        {
            Run(part, parts, a);
        }
    }

    private void Run<TLeft>(int part, int parts, GemmOperand<TLeft> left) where TLeft : unmanaged
    {
        (int firstRow, int endRow) = RowsOf(part, parts);
        (int firstColumn, int endColumn) = ColumnsOf(part, parts);
        Multiply(part, left.SliceRows(firstRow, endRow), b.SliceColumns(firstColumn, endColumn), c.Pointer + ((nint)firstRow * c.Stride) + firstColumn);
        next?.Take(firstRow, endRow, firstColumn, endColumn);
    }

    private (int First, int End) RowsOf(int part, int parts) => isSharedByRows ? GemmShape.Share(c.Rows, GemmTiles.Rows, part, parts) : (0, c.Rows);

    private (int First, int End) ColumnsOf(int part, int parts) => isSharedByRows ? (0, c.Columns) : GemmShape.Share(c.Columns, GemmPanels.Width<T>(), part, parts);

    private void Multiply<TLeft>(int part, GemmOperand<TLeft> left, GemmOperand<T> right, T* result) where TLeft : unmanaged
    {
        if (left.Rows == 0 || right.Columns == 0)
        {
            return;
        }

        T* memory = isPacked || right.ColumnStride != 1 ? scratch.Pointer<T>(part) : null;
        if (isPacked)
        {
            GemmPanels.Multiply(left, right, result, c.Stride, memory, memory + (GemmPanels.LeftBytes<T>(left.Rows, left.Columns) / sizeof(T)));
            return;
        }

        if (memory != null)
        {
            // Turned first, so that lanes run over outputs here too.
            Transposition.Run(right.Pointer, right.ColumnStride, right.Columns, right.Rows, memory);
            right = new GemmOperand<T>(memory, right.Rows, right.Columns, right.Columns, 1);
        }

        GemmKernels.Multiply(left, right, result, c.Stride);
    }
}
