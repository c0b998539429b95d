using System.Numerics;
using Nabla.Numerics.Memory;

namespace Nabla.Numerics.Products;

/// <summary>A right operand that is packed once and multiplied often. It does not change any more.</summary>
internal sealed unsafe class PackedMatrix<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AlignedBuffer slabs;
    private readonly int rows;
    private readonly int columns;

    /// <summary>Copies a matrix, [k, n], into panels.</summary>
    public PackedMatrix(Matrix<T> b)
    {
        (rows, columns) = (b.Rows, b.Columns);
        slabs = new AlignedBuffer(GemmPanels.RightBytes<T>(rows, columns));
        GemmPanels.PackRight(new GemmOperand<T>(b), slabs.Pointer<T>());
        b.KeepAlive();
    }

    /// <summary>Memory that a worker needs for its products of up to so many rows.</summary>
    public static AlignedBuffer NewScratch(int rows) => new(GemmPanels.LeftBytes<T>(rows, GemmPanels.Depth));

    /// <summary>c = a·b, with the bits of <see cref="Gemm"/>. a: [m, k]; c: [m, n].</summary>
    public void Multiply(Matrix<T> a, Matrix<T> c, AlignedBuffer scratch)
    {
        GemmPanels.MultiplySlabs(new GemmOperand<T>(a), new GemmOperand<T>(null, rows, columns, columns, 1), isPacked: true, slabs.Pointer<T>(), c.Pointer, c.Stride, scratch.Pointer<T>());
        a.KeepAlive();
        c.KeepAlive();
        GC.KeepAlive(scratch);
    }
}
