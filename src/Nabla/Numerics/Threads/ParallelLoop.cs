namespace Nabla.Numerics.Threads;

/// <summary>
/// A parallel loop for work outside of training. Training has its own threads, a <see cref="WorkerTeam"/>.
/// </summary>
internal static class ParallelLoop
{
    /// <summary>Runs parts 0 to <paramref name="count"/> − 1, in any order, on all cores.</summary>
    public static void Run(int count, Action<int> part) => Parallel.For(0, count, part);
}
