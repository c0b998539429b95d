namespace Nabla.Numerics;

/// <summary>One side of a product as the kernels see it: element (i, j) lies at i·<see cref="RowStride"/> + j·<see cref="ColumnStride"/>.</summary>
/// <remarks>It holds a bare address: whoever made it keeps the matrix alive until the product is done.</remarks>
internal readonly unsafe struct GemmOperand<T> where T : unmanaged
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

    private GemmOperand(T* pointer, int rows, int columns, nint rowStride, nint columnStride)
    {
        Pointer = pointer;
        Rows = rows;
        Columns = columns;
        RowStride = rowStride;
        ColumnStride = columnStride;
    }

    public T* Pointer { get; }

    public int Rows { get; }

    public int Columns { get; }

    public nint RowStride { get; }

    public nint ColumnStride { get; }

    /// <summary>Rows [first, end).</summary>
    public GemmOperand<T> SliceRows(int first, int end) => new(Pointer + (first * RowStride), end - first, Columns, RowStride, ColumnStride);

    /// <summary>Columns [first, end).</summary>
    public GemmOperand<T> SliceColumns(int first, int end) => new(Pointer + (first * ColumnStride), Rows, end - first, RowStride, ColumnStride);
}
