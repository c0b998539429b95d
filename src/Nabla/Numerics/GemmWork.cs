using System.Numerics;

namespace Nabla.Numerics;

/// <summary>Goes on with the cells of a product as soon as a worker has them.</summary>
internal interface IProductBlocks
{
    /// <summary>Takes rows [firstRow, endRow) and columns [firstColumn, endColumn). Called from several threads at once, each with its own cells.</summary>
    void Take(int firstRow, int endRow, int firstColumn, int endColumn);
}

/// <summary>A product shared out between workers, by rows or by columns of c.</summary>
internal sealed unsafe class GemmWork<T> : IParallelWork where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Below this many multiply-adds a part is not worth handing to another thread (some 2 µs of work).</summary>
    private const long MultiplyAddsPerPart = 1 << 16;

    /// <summary>Below this many multiply-adds the copies cost more than they save.</summary>
    private const long MultiplyAddsToPack = 1 << 19;

    /// <summary>Steps of k from which on a tile's work outweighs the copies.</summary>
    private const int DepthToPack = 32;

    /// <summary>Rows from which on the copies of the right operand are read often enough.</summary>
    private const int RowsToPack = 24;

    /// <summary>Rows of a part from which on a product that is not packed is shared by rows.</summary>
    private const int RowsOfPart = 12;

    private readonly PartScratch scratch = new();
    private GemmOperand<T> a;
    private GemmOperand<T> b;
    private Matrix<T> c;
    private IProductBlocks? next;
    private bool isPacked;
    private bool isSharedByRows;

    /// <summary>Whether a product of this shape goes through packed panels.</summary>
    public static bool IsPacked(int m, int n, int k) => m >= RowsToPack && n >= GemmPanels.Width<T>() && k >= DepthToPack && (long)m * n * k >= MultiplyAddsToPack;

    /// <summary>Into how many parts so many multiply-adds go.</summary>
    public static int Parts(WorkerTeam team, long multiplyAdds) => (int)Math.Clamp(multiplyAdds / MultiplyAddsPerPart, 1, team.Threads);

    /// <summary>Whether so many multiply-adds are worth more than one thread.</summary>
    public static bool IsShared(long multiplyAdds) => multiplyAdds >= 2 * MultiplyAddsPerPart;

    /// <summary>Takes a product and returns into how many parts it goes.</summary>
    public int Set(WorkerTeam team, GemmOperand<T> left, GemmOperand<T> right, Matrix<T> result, IProductBlocks? receiver)
    {
        next = receiver;
        a = left;
        b = right;
        c = result;
        isPacked = IsPacked(c.Rows, c.Columns, b.Rows);
        int parts = Parts(team, (long)c.Rows * c.Columns * b.Rows);
        // Copies of rows cost more than those of columns; but halves of the same rows are near enough to be fetched by the wrong worker.
        isSharedByRows = c.Rows >= (isPacked ? c.Columns : Math.Min(c.Columns, RowsOfPart * parts));
        parts = Math.Clamp(isSharedByRows ? Steps(c.Rows, GemmTiles.Rows) : Steps(c.Columns, GemmPanels.Width<T>()), 1, parts);
        // The last share is the largest.
        (int firstRow, int endRow) = RowsOf(parts - 1, parts);
        (int firstColumn, int endColumn) = ColumnsOf(parts - 1, parts);
        if (isPacked)
        {
            scratch.Require(parts, GemmPanels.LeftBytes<T>(endRow - firstRow, b.Rows) + GemmPanels.RightBytes<T>(endRow - firstRow, b.Rows, endColumn - firstColumn));
        }
        else if (b.ColumnStride != 1)
        {
            scratch.Require(parts, (long)b.Rows * (endColumn - firstColumn) * sizeof(T));
        }

        return parts;
    }

    public void Run(int part, int parts)
    {
        (int firstRow, int endRow) = RowsOf(part, parts);
        (int firstColumn, int endColumn) = ColumnsOf(part, parts);
        Multiply(part, a.SliceRows(firstRow, endRow), b.SliceColumns(firstColumn, endColumn), c.Pointer + ((nint)firstRow * c.Stride) + firstColumn);
        next?.Take(firstRow, endRow, firstColumn, endColumn);
    }

    private (int First, int End) RowsOf(int part, int parts) => isSharedByRows ? Share(c.Rows, GemmTiles.Rows, part, parts) : (0, c.Rows);

    private (int First, int End) ColumnsOf(int part, int parts) => isSharedByRows ? (0, c.Columns) : Share(c.Columns, GemmPanels.Width<T>(), part, parts);

    private void Multiply(int part, GemmOperand<T> left, GemmOperand<T> right, T* result)
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

    /// <summary>The share of a part of <paramref name="count"/> rows or columns, in whole steps.</summary>
    public static (int First, int End) Share(int count, int step, int part, int parts)
    {
        int steps = Steps(count, step);
        return (Math.Min(count, (int)((long)steps * part / parts) * step), Math.Min(count, (int)((long)steps * (part + 1) / parts) * step));
    }

    private static int Steps(int count, int step) => (count + step - 1) / step;
}
