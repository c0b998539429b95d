namespace Nabla.Numerics.Products;

/// <summary>
/// The epilogue of a product per block of rows: it gets a block while the block is still in the L1 or L2 cache.
/// </summary>
internal interface IRowBlockEpilogue<T>
{
    /// <summary>Processes whole rows of the product, from row <paramref name="first"/> on.</summary>
    void Apply(int first, ReadOnlySpan<T> rows);
}
