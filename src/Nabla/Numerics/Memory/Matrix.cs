using System.Diagnostics;

namespace Nabla.Numerics.Memory;

/// <summary>A row-major view, [rows, columns], of part of an <see cref="AlignedBuffer"/>.</summary>
/// <typeparam name="T"><see cref="float"/>, <see cref="double"/> or <see cref="byte"/>.</typeparam>
internal readonly unsafe struct Matrix<T> where T : unmanaged
{
    private readonly AlignedBuffer buffer;
    private readonly int offset;

    /// <summary>
    /// A view that starts <paramref name="offset"/> elements into the buffer. Its rows are <paramref name="stride"/>
    /// elements apart.
    /// </summary>
    public Matrix(AlignedBuffer buffer, int offset, int rows, int columns, int stride)
    {
        Debug.Assert(rows >= 0 && columns >= 0 && stride >= columns && offset >= 0);
        Debug.Assert(rows == 0 || ((long)offset + ((long)(rows - 1) * stride) + columns) * sizeof(T) <= buffer.ByteLength);
        this.buffer = buffer;
        this.offset = offset;
        Rows = rows;
        Columns = columns;
        Stride = stride;
    }

    /// <summary>A new zeroed matrix without gaps between its rows.</summary>
    public Matrix(int rows, int columns)
        : this(AlignedBuffer.For<T>((long)rows * columns), 0, rows, columns, columns)
    {
    }

    /// <summary>
    /// A new zeroed matrix in which each row starts a cache line: threads that write to different rows do not share
    /// lines.
    /// </summary>
    public static Matrix<T> WithAlignedRows(int rows, int columns)
    {
        int line = AlignedBuffer.Alignment / sizeof(T), stride = (columns + line - 1) / line * line;
        return new Matrix<T>(AlignedBuffer.For<T>((long)rows * stride), 0, rows, columns, stride);
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>The distance from one row to the next, in elements.</summary>
    public int Stride { get; }

    /// <summary>The address of element (0, 0). Valid as long as the buffer is reachable.</summary>
    public T* Pointer => buffer.Pointer<T>() + offset;

    /// <summary>Keeps the buffer reachable up to this call, for code that uses only <see cref="Pointer"/>.</summary>
    public void KeepAlive() => GC.KeepAlive(buffer);

    public ref T this[int row, int column]
    {
        get
        {
            Debug.Assert((uint)row < (uint)Rows && (uint)column < (uint)Columns);
            return ref Row(row)[column];
        }
    }

    /// <summary>One row, [columns].</summary>
    public Span<T> Row(int row) => buffer.As<T>().Slice(offset + (row * Stride), Columns);

    /// <summary>All elements, row by row; only for a matrix without gaps.</summary>
    public Span<T> Elements
    {
        get
        {
            Debug.Assert(Stride == Columns || Rows <= 1);
            return buffer.As<T>().Slice(offset, Rows * Columns);
        }
    }

    /// <summary><paramref name="count"/> rows, from row <paramref name="start"/> on.</summary>
    public Matrix<T> Slice(int start, int count)
    {
        Debug.Assert(start >= 0 && count >= 0 && start + count <= Rows);
        return new Matrix<T>(buffer, offset + (start * Stride), count, Columns, Stride);
    }
}
