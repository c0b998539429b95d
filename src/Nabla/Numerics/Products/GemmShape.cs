using Nabla.Numerics.Threads;

namespace Nabla.Numerics.Products;

/// <summary>How a product goes, by its shape: whether it is copied into panels, and between how many workers it is worth sharing.</summary>
internal static class GemmShape
{
    /// <summary>Below this many multiply-adds a part is not worth handing to another thread (some 2 µs of work).</summary>
    private const long MultiplyAddsPerPart = 1 << 16;

    /// <summary>Below this many multiply-adds the copies cost more than they save.</summary>
    private const long MultiplyAddsToPack = 1 << 19;

    /// <summary>Steps of k from which on a tile's work outweighs the copies.</summary>
    private const int DepthToPack = 32;

    /// <summary>Rows from which on the copies of the right operand are read often enough.</summary>
    private const int RowsToPack = 24;

    /// <summary>Whether a product of this shape goes through packed panels.</summary>
    public static bool IsPacked<T>(int m, int n, int k) where T : unmanaged =>
        m >= RowsToPack && n >= GemmPanels.Width<T>() && k >= DepthToPack && (long)m * n * k >= MultiplyAddsToPack;

    /// <summary>Into how many parts so many multiply-adds go.</summary>
    public static int Parts(WorkerTeam team, long multiplyAdds) => (int)Math.Clamp(multiplyAdds / MultiplyAddsPerPart, 1, team.Threads);

    /// <summary>Whether so many multiply-adds are worth more than one thread.</summary>
    public static bool IsShared(long multiplyAdds) => multiplyAdds >= 2 * MultiplyAddsPerPart;

    /// <summary>The share of a part of <paramref name="count"/> rows or columns, in whole steps.</summary>
    public static (int First, int End) Share(int count, int step, int part, int parts)
    {
        int steps = Steps(count, step);
        return (Math.Min(count, (int)((long)steps * part / parts) * step), Math.Min(count, (int)((long)steps * (part + 1) / parts) * step));
    }

    /// <summary>The rows or columns of the largest share.</summary>
    public static int LargestShare(int count, int step, int parts) => Math.Min(count, (Steps(count, step) + parts - 1) / parts * step);

    /// <summary>Steps that so many rows or columns take, the last one not whole.</summary>
    public static int Steps(int count, int step) => (count + step - 1) / step;
}
