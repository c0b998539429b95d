using System.Diagnostics;

namespace Nabla.Numerics.Memory;

/// <summary>A row-major view [rows, columns] of a part of an <see cref="AlignedBuffer"/>.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly unsafe struct Matrix<T> where T : unmanaged
{
    private readonly AlignedBuffer buffer;
    private readonly int offset;

    /// <summary>A view that starts <paramref name="offset"/> elements into the buffer; rows lie <paramref name="stride"/> elements apart.</summary>
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

    /// <summary>A new zeroed matrix with no gaps between its rows.</summary>
    public Matrix(int rows, int columns)
        : this(AlignedBuffer.For<T>((long)rows * columns), 0, rows, columns, columns)
    {
    }

    /// <summary>A new zeroed matrix whose rows begin with a cache line each: who writes to one row disturbs nobody at another.</summary>
    public static Matrix<T> InLines(int rows, int columns)
    {
        int line = AlignedBuffer.Alignment / sizeof(T), stride = (columns + line - 1) / line * line;
        return new Matrix<T>(AlignedBuffer.For<T>((long)rows * stride), 0, rows, columns, stride);
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Elements from one row to the next.</summary>
    public int Stride { get; }

    /// <summary>The address of element (0, 0). Valid as long as the buffer is reachable.</summary>
    public T* Pointer => buffer.Pointer<T>() + offset;

    /// <summary>Keeps the buffer reachable up to here, for code that went on with <see cref="Pointer"/> alone.</summary>
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

    /// <summary>The rows from <paramref name="start"/> on, <paramref name="count"/> of them.</summary>
    public Matrix<T> Slice(int start, int count)
    {
        Debug.Assert(start >= 0 && count >= 0 && start + count <= Rows);
        return new Matrix<T>(buffer, offset + (start * Stride), count, Columns, Stride);
    }
}
