using System.Numerics;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Products.Operands;

namespace Nabla.Numerics.Products;

/// <summary>A right operand that is packed once and multiplied many times. It is immutable.</summary>
internal sealed unsafe class PackedMatrix<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AlignedBuffer slabs;
    private readonly int rows;
    private readonly int columns;

    /// <summary>Packs a matrix, [k, n].</summary>
    public PackedMatrix(Matrix<T> b)
    {
        (rows, columns) = (b.Rows, b.Columns);
        slabs = new AlignedBuffer(PackedGemm.RightBytes<T>(rows, columns));
        PackedGemm.PackRight(new GemmOperand<T>(b), slabs.Pointer<T>());
        b.KeepAlive();
    }

    /// <summary>The memory that a worker needs for products of up to <paramref name="rows"/> rows.</summary>
    public static AlignedBuffer NewScratch(int rows) => new(PackedGemm.LeftBytes<T>(rows, BlockSizes.SlabDepth));

    /// <summary>c = a·b, with the bits of <see cref="Gemm"/>. a: [m, k]; c: [m, n].</summary>
    public void Multiply(Matrix<T> a, Matrix<T> c, AlignedBuffer scratch)
    {
        PackedGemm.MultiplySlabs(new GemmOperand<T>(a), new GemmOperand<T>(null, rows, columns, columns, 1), isPacked: true, slabs.Pointer<T>(), c.Pointer, c.Stride, scratch.Pointer<T>());
        a.KeepAlive();
        c.KeepAlive();
        GC.KeepAlive(scratch);
    }
}
