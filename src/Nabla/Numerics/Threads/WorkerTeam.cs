using System.Runtime.ExceptionServices;

namespace Nabla.Numerics.Threads;

/// <summary>A job that a team divides into independent parts.</summary>
internal interface IParallelWork
{
    /// <summary>
    /// Does part <paramref name="part"/> of <paramref name="parts"/>. Two parts never write the same element, unless
    /// both write the same bits.
    /// </summary>
    void Run(int part, int parts);
}

/// <summary>
/// A thread pool that lives for a whole run. Its threads do the parts of one job at a time, in parallel. A job
/// allocates nothing.
/// </summary>
internal sealed class WorkerTeam : IDisposable
{
    /// <summary>
    /// How often a worker polls for the next job before it sleeps: some 160 µs, longer than the gap between two jobs of
    /// a training run. A worker that came too late for one job is therefore still awake for the next.
    /// </summary>
    private const int SpinsBeforeSleep = 4000;

    /// <summary>
    /// Polls between two yields of a spinning thread: with more threads than cores, the thread that has work must run.
    /// </summary>
    private const int SpinsBetweenYields = 64;

    /// <summary>Value of the gate while no job can be joined. Otherwise the gate counts the workers inside.</summary>
    private const int Closed = -1;

    private readonly object sleeping = new();
    private readonly Thread[] workers;
    private readonly List<IParallelWork> jobs = [];
    private IParallelWork? work;
    private int parts;
    private int nextPart;
    private int gate = Closed;
    private int sleepers;
    private volatile int generation;
    private volatile bool disposed;
    private volatile Exception? failure;

    /// <param name="threads">Workers, the calling thread included; at least 1.</param>
    public WorkerTeam(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Threads = threads;
        workers = new Thread[threads - 1];
        for (int i = 0; i < workers.Length; i++)
        {
            workers[i] = new Thread(Work) { IsBackground = true, Name = $"Nabla worker {i + 1}" };
            workers[i].Start();
        }
    }

    /// <summary>A team that is only the calling thread: it starts no threads and has no state.</summary>
    public static WorkerTeam Alone => new(1);

    /// <summary>Workers, the calling thread included.</summary>
    public int Threads { get; }

    /// <summary>The job object of a type. It is created once and then reused by the calling thread.</summary>
    public TJob Job<TJob>() where TJob : class, IParallelWork, new()
    {
        foreach (IParallelWork existing in jobs)
        {
            if (existing is TJob job)
            {
                return job;
            }
        }

        var created = new TJob();
        jobs.Add(created);
        return created;
    }

    /// <summary>
    /// Runs all parts and returns when they are done. The calling thread works too. One caller at a time; a part must
    /// not call this.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The team is disposed.</exception>
    public void Run(IParallelWork job, int count)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (count <= 1 || workers.Length == 0)
        {
            for (int part = 0; part < count; part++)
            {
                job.Run(part, count);
            }

            return;
        }

        work = job;
        parts = count;
        nextPart = 1;
        Volatile.Write(ref gate, 0);
        Interlocked.Increment(ref generation);
        if (Volatile.Read(ref sleepers) > 0)
        {
            lock (sleeping)
            {
                Monitor.PulseAll(sleeping);
            }
        }

        // Part 0 always belongs to this thread: it need not compete with the others for it.
        RunParts(0);
        // Waits only for the workers inside: on a busy machine a worker may not run for milliseconds.
        for (int spin = 0; Volatile.Read(ref gate) != 0 || Interlocked.CompareExchange(ref gate, Closed, 0) != 0; spin++)
        {
            Spin(spin);
        }

        work = null;
        parts = 0;
        if (failure is { } exception)
        {
            failure = null;
            ExceptionDispatchInfo.Throw(exception);
        }
    }

    /// <summary>
    /// Claims another part of the job, if one is left. Call it from inside a part; the caller must then do the claimed
    /// part, too.
    /// </summary>
    /// <param name="part">The claimed part.</param>
    public bool TryTakePart(out int part)
    {
        // Reads first: a write would fetch the counter's cache line from another core even when no part is left.
        part = Volatile.Read(ref nextPart) < parts ? Interlocked.Increment(ref nextPart) - 1 : parts;
        return part < parts;
    }

    /// <summary>Stops the threads and waits for them.</summary>
    public void Dispose()
    {
        disposed = true;
        Interlocked.Increment(ref generation);
        lock (sleeping)
        {
            Monitor.PulseAll(sleeping);
        }

        foreach (Thread worker in workers)
        {
            worker.Join();
        }
    }

    private void Work()
    {
        int seen = 0;
        while (true)
        {
            seen = AwaitJob(seen);
            if (disposed)
            {
                return;
            }

            Join();
        }
    }

    /// <summary>Joins the current job, if it is still open.</summary>
    private void Join()
    {
        int inside = Volatile.Read(ref gate);
        while (inside != Closed)
        {
            int before = Interlocked.CompareExchange(ref gate, inside + 1, inside);
            if (before == inside)
            {
                if (TryTakePart(out int part))
                {
                    RunParts(part);
                }

                Interlocked.Decrement(ref gate);
                return;
            }

            inside = before;
        }
    }

    private int AwaitJob(int seen)
    {
        for (int spin = 0; spin < SpinsBeforeSleep; spin++)
        {
            if (generation != seen)
            {
                return generation;
            }

            Spin(spin);
        }

        lock (sleeping)
        {
            Interlocked.Increment(ref sleepers);
            while (generation == seen)
            {
                Monitor.Wait(sleeping);
            }

            Interlocked.Decrement(ref sleepers);
        }

        return generation;
    }

    /// <summary>Pauses between two polls.</summary>
    /// <param name="spin">How many polls came before, 0-based.</param>
    public static void Spin(int spin)
    {
        if (spin % SpinsBetweenYields == SpinsBetweenYields - 1)
        {
            Thread.Yield();
        }
        else
        {
            Thread.SpinWait(1);
        }
    }

#pragma warning disable CA1031 // An exception of a worker is rethrown on the calling thread.
    /// <summary>Does a part, and then every further part that it can claim.</summary>
    private void RunParts(int part)
    {
        try
        {
            do
            {
                work!.Run(part, parts);
            }
            while (TryTakePart(out part));
        }
        catch (Exception exception)
        {
            failure = exception;
        }
    }
#pragma warning restore CA1031
}
