namespace Nabla.Numerics.Products;

/// <summary>
/// The epilogue of a product per worker: it processes a block of c as soon as the worker has computed it.
/// </summary>
internal interface IBlockEpilogue
{
    /// <summary>
    /// Processes rows [firstRow, endRow) and columns [firstColumn, endColumn). Several threads call it at once, each
    /// with its own cells.
    /// </summary>
    void Apply(int firstRow, int endRow, int firstColumn, int endColumn);
}
