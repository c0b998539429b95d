using System.Numerics;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Products.Operands;
using Nabla.Numerics.Threads;

namespace Nabla.Numerics.Products;

/// <summary>A product that the workers of a team share: by rows or by columns of c, never along k.</summary>
internal sealed unsafe class GemmJob<T> : IParallelWork where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>An unpacked product is shared by rows if each part gets at least this many.</summary>
    private const int MinRowsPerPart = 12;

    private readonly PartScratch scratch = new();
    private GemmOperand<T> a;
    private GemmOperand<T> b;
    private Matrix<T> c;
    private IBlockEpilogue? epilogue;
    private bool isPacked;
    private bool isSharedByRows;
    private bool areBytes;

    /// <summary>Prepares a product and returns its number of parts.</summary>
    /// <typeparam name="TLeft">The elements of the left operand: T, or bytes that are scaled to byte / 255.</typeparam>
    public int Prepare<TLeft>(WorkerTeam team, GemmOperand<TLeft> left, GemmOperand<T> right, Matrix<T> result, IBlockEpilogue? after) where TLeft : unmanaged
    {
        epilogue = after;
        a = left.As<T>();
        areBytes = typeof(TLeft) == typeof(byte);
        b = right;
        c = result;
        isPacked = GemmShape.IsPacked<T>(c.Rows, c.Columns, b.Rows);
        int parts = GemmShape.PartCount(team, (long)c.Rows * c.Columns * b.Rows);
        // Packed: divides the longer side, since every part packs the whole other side. Unpacked: prefers rows, since
        // parts of the same rows lie so close together that the prefetcher of one core fetches lines of another's part.
        isSharedByRows = c.Rows >= (isPacked ? c.Columns : Math.Min(c.Columns, MinRowsPerPart * parts));
        parts = Math.Clamp(isSharedByRows ? GemmShape.TileCount(c.Rows, BlockSizes.TileRows) : GemmShape.TileCount(c.Columns, BlockSizes.PanelWidth<T>()), 1, parts);
        int rows = isSharedByRows ? GemmShape.LargestShare(c.Rows, BlockSizes.TileRows, parts) : c.Rows;
        int columns = isSharedByRows ? c.Columns : GemmShape.LargestShare(c.Columns, BlockSizes.PanelWidth<T>(), parts);
        if (isPacked)
        {
            scratch.Require(parts, PackedGemm.LeftBytes<T>(rows, b.Rows) + PackedGemm.RightBytes<T>(rows, b.Rows, columns));
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
        epilogue?.Apply(firstRow, endRow, firstColumn, endColumn);
    }

    private (int First, int End) RowsOf(int part, int parts) => isSharedByRows ? GemmShape.Share(c.Rows, BlockSizes.TileRows, part, parts) : (0, c.Rows);

    private (int First, int End) ColumnsOf(int part, int parts) => isSharedByRows ? (0, c.Columns) : GemmShape.Share(c.Columns, BlockSizes.PanelWidth<T>(), part, parts);

    private void Multiply<TLeft>(int part, GemmOperand<TLeft> left, GemmOperand<T> right, T* result) where TLeft : unmanaged
    {
        if (left.Rows == 0 || right.Columns == 0)
        {
            return;
        }

        T* memory = isPacked || right.ColumnStride != 1 ? scratch.Pointer<T>(part) : null;
        if (isPacked)
        {
            PackedGemm.Multiply(left, right, result, c.Stride, memory, memory + (PackedGemm.LeftBytes<T>(left.Rows, left.Columns) / sizeof(T)));
            return;
        }

        if (memory != null)
        {
            // A transposed right operand is transposed back first, so that lanes run over outputs here, too.
            Transposition.Run(right.Pointer, right.ColumnStride, right.Columns, right.Rows, memory);
            right = new GemmOperand<T>(memory, right.Rows, right.Columns, right.Columns, 1);
        }

        UnpackedGemm.Multiply(left, right, result, c.Stride);
    }
}
