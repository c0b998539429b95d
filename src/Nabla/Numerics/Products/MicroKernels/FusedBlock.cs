namespace Nabla.Numerics.Products.MicroKernels;

/// <summary>
/// A block of a product aᵀ·b for <see cref="FusedKernel"/>: some rows, and as many columns as a register tile has.
/// </summary>
internal readonly unsafe struct FusedBlock<T, TLeft>(TLeft* a, nint aRow, T* b, nint bRow, T* masks, nint lastOffset, nint cell, nint cellRow)
    where T : unmanaged
    where TLeft : unmanaged
{
    /// <summary>Element (k = p, row i) is at p·<see cref="ARow"/> + i.</summary>
    public readonly TLeft* A = a;

    public readonly nint ARow = aRow;

    /// <summary>The first column of k = p is at p·<see cref="BRow"/>.</summary>
    public readonly T* B = b;

    public readonly nint BRow = bRow;

    /// <summary>A bit mask for each row: bit p is set if the row is not zero at k = p.</summary>
    public readonly T* Masks = masks;

    /// <summary>The offset of the last vector of a row from its first.</summary>
    public readonly nint LastOffset = lastOffset;

    /// <summary>The index of the first cell in the product.</summary>
    public readonly nint Cell = cell;

    public readonly nint CellRow = cellRow;
}
