using Nabla.Numerics.Products.Operands;
using Nabla.Numerics.Threads;

namespace Nabla.Numerics.Products;

/// <summary>Decisions by the shape of a product: whether it is packed, and how many workers share it.</summary>
internal static class GemmShape
{
    /// <summary>A part with fewer multiply-adds (some 2 µs of work) is not worth a thread.</summary>
    private const long MultiplyAddsPerPart = 1 << 16;

    /// <summary>With fewer multiply-adds, packing costs more than it saves.</summary>
    private const long MinPackedMultiplyAdds = 1 << 19;

    /// <summary>From this depth on, a tile's arithmetic outweighs the packing.</summary>
    private const int MinPackedDepth = 32;

    /// <summary>From this many rows on, a packed panel is read often enough.</summary>
    private const int MinPackedRows = 24;

    /// <summary>Whether a product of this shape is packed.</summary>
    public static bool IsPacked<T>(int m, int n, int k) where T : unmanaged =>
        m >= MinPackedRows && n >= BlockSizes.PanelWidth<T>() && k >= MinPackedDepth && (long)m * n * k >= MinPackedMultiplyAdds;

    /// <summary>The number of parts for a number of multiply-adds.</summary>
    public static int PartCount(WorkerTeam team, long multiplyAdds) => (int)Math.Clamp(multiplyAdds / MultiplyAddsPerPart, 1, team.Threads);

    /// <summary>Whether a number of multiply-adds is worth more than one thread.</summary>
    public static bool IsShared(long multiplyAdds) => multiplyAdds >= 2 * MultiplyAddsPerPart;

    /// <summary>
    /// The share of a part of <paramref name="count"/> rows or columns, in whole tiles of <paramref name="tile"/> rows
    /// or columns.
    /// </summary>
    public static (int First, int End) Share(int count, int tile, int part, int parts)
    {
        int tiles = TileCount(count, tile);
        return (Math.Min(count, (int)((long)tiles * part / parts) * tile), Math.Min(count, (int)((long)tiles * (part + 1) / parts) * tile));
    }

    /// <summary>The rows or columns of the largest share.</summary>
    public static int LargestShare(int count, int tile, int parts) => Math.Min(count, (TileCount(count, tile) + parts - 1) / parts * tile);

    /// <summary>The number of tiles that cover <paramref name="count"/> rows or columns.</summary>
    public static int TileCount(int count, int tile) => (count + tile - 1) / tile;
}
