namespace Nabla.Numerics.Products.MicroKernels;

/// <summary>The epilogue of a product per register tile: it gets the cells while they are still in registers.</summary>
internal interface ITileEpilogue<TVector> where TVector : struct
{
    /// <summary>
    /// Processes two to four adjacent vectors of one row of the product. The last vector may overlap the one before it;
    /// both hold the same cells there.
    /// </summary>
    /// <param name="cell">The index of the first cell in the product, row by row without gaps.</param>
    /// <param name="lastOffset">The offset of the last vector from the first, in cells.</param>
    /// <param name="cells0">The first vector.</param>
    /// <param name="cells1">The second vector, if there are more than two.</param>
    /// <param name="cells2">The third vector, if there are four.</param>
    /// <param name="cells3">The last vector.</param>
    void Apply<TVectors>(nint cell, nint lastOffset, TVector cells0, TVector cells1, TVector cells2, TVector cells3) where TVectors : struct, ITileCount;
}
