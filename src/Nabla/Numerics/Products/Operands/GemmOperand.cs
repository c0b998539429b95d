using Nabla.Numerics.Memory;

namespace Nabla.Numerics.Products.Operands;

/// <summary>
/// An operand as the kernels see it, with two strides: element (i, j) is at i·<see cref="RowStride"/> +
/// j·<see cref="ColumnStride"/>.
/// </summary>
/// <remarks>
/// It holds a bare pointer: the code that creates it must keep the matrix alive until the product is done.
/// </remarks>
internal readonly unsafe struct GemmOperand<T>(T* pointer, int rows, int columns, nint rowStride, nint columnStride) where T : unmanaged
{
    /// <summary>A matrix, or its transpose.</summary>
    public GemmOperand(Matrix<T> matrix, bool transposed = false)
        : this(
            matrix.Pointer,
            transposed ? matrix.Columns : matrix.Rows,
            transposed ? matrix.Rows : matrix.Columns,
            transposed ? 1 : matrix.Stride,
            transposed ? matrix.Stride : 1)
    {
    }

    public T* Pointer { get; } = pointer;

    public int Rows { get; } = rows;

    public int Columns { get; } = columns;

    public nint RowStride { get; } = rowStride;

    public nint ColumnStride { get; } = columnStride;

    /// <summary>The same operand with its real element type, for generic code that has checked it.</summary>
    public GemmOperand<TOther> As<TOther>() where TOther : unmanaged => new((TOther*)Pointer, Rows, Columns, RowStride, ColumnStride);

    /// <summary>Rows [first, end).</summary>
    public GemmOperand<T> SliceRows(int first, int end) => new(Pointer + (first * RowStride), end - first, Columns, RowStride, ColumnStride);

    /// <summary>Columns [first, end).</summary>
    public GemmOperand<T> SliceColumns(int first, int end) => new(Pointer + (first * ColumnStride), Rows, end - first, RowStride, ColumnStride);
}
