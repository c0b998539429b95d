namespace Nabla.Numerics;

/// <summary>A part of a job that a worker does by itself.</summary>
internal interface IParallelWork
{
    /// <summary>Does part <paramref name="part"/> of <paramref name="parts"/>. Parts write to different cells.</summary>
    void Run(int part, int parts);
}

/// <summary>Threads that do the parts of one job side by side.</summary>
internal sealed class WorkerTeam(int threads) : IDisposable
{
    /// <summary>A team of the calling thread alone: no threads, no state.</summary>
    public static WorkerTeam Alone => new(1);

    public int Threads { get; } = threads;

    /// <summary>Runs all parts and returns when they are done. The calling thread works too.</summary>
    public void Run(IParallelWork work, int parts)
    {
        ObjectDisposedException.ThrowIf(Threads < 1, this);
        for (int part = 0; part < parts; part++)
        {
            work.Run(part, parts);
        }
    }

    public void Dispose()
    {
    }
}
