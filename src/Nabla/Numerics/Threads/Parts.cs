namespace Nabla.Numerics.Threads;

/// <summary>Work that falls into independent parts, outside of training, whose own threads are a <see cref="WorkerTeam"/>.</summary>
internal static class Parts
{
    /// <summary>Does parts 0 to <paramref name="count"/> − 1, in any order, on all cores.</summary>
    public static void Run(int count, Action<int> part) => Parallel.For(0, count, part);
}
