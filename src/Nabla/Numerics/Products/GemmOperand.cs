using Nabla.Numerics.Memory;

namespace Nabla.Numerics.Products;

/// <summary>One side of a product as the kernels see it: element (i, j) lies at i·<see cref="RowStride"/> + j·<see cref="ColumnStride"/>.</summary>
/// <remarks>It holds a bare address: whoever made it keeps the matrix alive until the product is done.</remarks>
internal readonly unsafe struct GemmOperand<T>(T* pointer, int rows, int columns, nint rowStride, nint columnStride) where T : unmanaged
{
    /// <summary>A matrix as it stands, or turned.</summary>
    public GemmOperand(Matrix<T> matrix, bool turned = false)
        : this(
            matrix.Pointer,
            turned ? matrix.Columns : matrix.Rows,
            turned ? matrix.Rows : matrix.Columns,
            turned ? 1 : matrix.Stride,
            turned ? matrix.Stride : 1)
    {
    }

    public T* Pointer { get; } = pointer;

    public int Rows { get; } = rows;

    public int Columns { get; } = columns;

    public nint RowStride { get; } = rowStride;

    public nint ColumnStride { get; } = columnStride;

    /// <summary>The same for code that knows what the elements are.</summary>
    public GemmOperand<TOther> As<TOther>() where TOther : unmanaged => new((TOther*)Pointer, Rows, Columns, RowStride, ColumnStride);

    /// <summary>Rows [first, end).</summary>
    public GemmOperand<T> SliceRows(int first, int end) => new(Pointer + (first * RowStride), end - first, Columns, RowStride, ColumnStride);

    /// <summary>Columns [first, end).</summary>
    public GemmOperand<T> SliceColumns(int first, int end) => new(Pointer + (first * ColumnStride), Rows, end - first, RowStride, ColumnStride);
}
