using Nabla.Numerics.Vectors;

namespace Nabla.Numerics.Products;

/// <summary>Goes on with cells of a product while they are in registers.</summary>
internal interface IRowTiles<TVector> where TVector : struct
{
    /// <summary>Takes some vectors of a row of the product, side by side. The last one may overlap the one before it: they hold the same cells there.</summary>
    /// <param name="cell">Where the first one lies in the product, row by row without gaps.</param>
    /// <param name="last">Cells from there to the last one.</param>
    /// <param name="cells0">The first vector.</param>
    /// <param name="cells1">The second, where there are more than two.</param>
    /// <param name="cells2">The third, where there are four.</param>
    /// <param name="cells3">The last one.</param>
    void Take<TVectors>(nint cell, nint last, TVector cells0, TVector cells1, TVector cells2, TVector cells3) where TVectors : struct, ITileCount;
}
