using System.Runtime.ExceptionServices;

namespace Nabla.Numerics.Threads;

/// <summary>A part of a job that a worker does by itself.</summary>
internal interface IParallelWork
{
    /// <summary>Does part <paramref name="part"/> of <paramref name="parts"/>. No cell gets its value from two parts, unless both write the same bits.</summary>
    void Run(int part, int parts);
}

/// <summary>Threads that stay for a whole run and do the parts of one job side by side. A job costs no allocation.</summary>
internal sealed class WorkerTeam : IDisposable
{
    /// <summary>How often a worker looks for the next job before it sleeps: some 160 µs, more than the time between two products of a step, or of two stretches of mini-batches. Who came too late for one is awake for the next.</summary>
    private const int Looks = 4000;

    /// <summary>After so many looks a thread lets others run: where threads are more than cores, the one that has work must come first.</summary>
    private const int LooksBetweenYields = 64;

    /// <summary>The gate's value while no job can be joined; otherwise it counts the workers inside.</summary>
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

    /// <summary>A team of the calling thread alone: no threads, no state.</summary>
    public static WorkerTeam Alone => new(1);

    /// <summary>Workers, the calling thread included.</summary>
    public int Threads { get; }

    /// <summary>The job object of a kind, made once and used again by the calling thread.</summary>
    public TJob Job<TJob>() where TJob : class, IParallelWork, new()
    {
        foreach (IParallelWork known in jobs)
        {
            if (known is TJob job)
            {
                return job;
            }
        }

        var made = new TJob();
        jobs.Add(made);
        return made;
    }

    /// <summary>Runs all parts and returns when they are done. The calling thread works too. One caller at a time, and not from inside a part.</summary>
    /// <exception cref="ObjectDisposedException">The team has ended.</exception>
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

        // The first part is always this thread's: it need not ask for it where the others are asking for theirs.
        RunParts(0);
        // Who has not come by now is not waited for: on a busy machine a worker may not run for milliseconds.
        for (int i = 0; Volatile.Read(ref gate) != 0 || Interlocked.CompareExchange(ref gate, Closed, 0) != 0; i++)
        {
            Pause(i);
        }

        work = null;
        parts = 0;
        if (failure is { } exception)
        {
            failure = null;
            ExceptionDispatchInfo.Throw(exception);
        }
    }

    /// <summary>Takes another part of the job, if one is left that nobody has come for. To be called from inside a part; the caller does it then.</summary>
    /// <param name="part">The part.</param>
    public bool TryTakePart(out int part)
    {
        // Looked at first: a counter that is written to has to come from another core.
        part = Volatile.Read(ref nextPart) < parts ? Interlocked.Increment(ref nextPart) - 1 : parts;
        return part < parts;
    }

    /// <summary>Ends the threads and waits for them.</summary>
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

    /// <summary>Helps with the job that is open, if one is.</summary>
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
        for (int i = 0; i < Looks; i++)
        {
            if (generation != seen)
            {
                return generation;
            }

            Pause(i);
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

    /// <summary>The time between two looks.</summary>
    public static void Pause(int look)
    {
        if (look % LooksBetweenYields == LooksBetweenYields - 1)
        {
            Thread.Yield();
        }
        else
        {
            Thread.SpinWait(1);
        }
    }

#pragma warning disable CA1031 // Whatever a worker throws is thrown again on the calling thread.
    /// <summary>Does a part, and those after it that nobody has come for.</summary>
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
