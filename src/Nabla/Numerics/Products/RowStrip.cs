namespace Nabla.Numerics.Products;

/// <summary>Some columns of some rows of a product aᵀ·b, as <see cref="GemmRowTiles"/> goes through them.</summary>
internal readonly unsafe struct RowStrip<T, TLeft>(TLeft* a, nint aRow, T* b, nint bRow, T* masks, nint last, nint cell, nint cellRow)
    where T : unmanaged
    where TLeft : unmanaged
{
    /// <summary>Step p of row i at p·<see cref="ARow"/> + i.</summary>
    public readonly TLeft* A = a;

    public readonly nint ARow = aRow;

    /// <summary>The first column of step p at p·<see cref="BRow"/>.</summary>
    public readonly T* B = b;

    public readonly nint BRow = bRow;

    /// <summary>A bit for each step in which a row is not zero, [rows at once].</summary>
    public readonly T* Masks = masks;

    /// <summary>Where a row's last vector lies in it.</summary>
    public readonly nint Last = last;

    /// <summary>Where the first row lies in the product.</summary>
    public readonly nint Cell = cell;

    public readonly nint CellRow = cellRow;
}
