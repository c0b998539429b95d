using System.Numerics;
using Nabla.Network;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Products;
using Nabla.Numerics.Threads;
using Nabla.Training.Batches;

namespace Nabla.Training.Plans;

/// <summary>
/// For small mini-batches with many inputs: each worker owns a range of the inputs and the first-layer weights for them.
/// </summary>
/// <remarks>
/// Each element of the first product is one chain of additions over all inputs, so the workers form a pipeline: the first
/// worker multiplies its inputs for a group of samples and passes the partial sums to the second, then starts the next group.
/// Finished groups are divided among the workers, which compute δ for them. There is no barrier at the end of a mini-batch:
/// a worker that has finished its update starts the next mini-batch in the other buffer.
/// </remarks>
internal sealed class InputPlan<T> : StepPlan<T>, IParallelWork where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Samples per group: one register tile.</summary>
    private const int SamplesPerGroup = 5;

    /// <summary>The last worker's number of inputs relative to another's: it gets its δ last and also updates the other layers.</summary>
    private const double LastWorkerInputRatio = 0.75;

    /// <summary>Multiply-adds per run: under 100 µs even on one thread, so a worker that arrives late is still awake for the next run.</summary>
    private const long MultiplyAddsPerRun = 3 << 21;

    private readonly Workspace<T>[] workspaces;
    private readonly Backpropagation<T>[][] networks;
    private readonly UpdateShare<T>[] shares;
    private readonly Pipeline products;
    private readonly Pipeline deltas;
    private readonly MiniBatch[] loaded;
    private readonly BatchInputs<T>[][] inputs;
    private readonly double[] rates;
    private readonly double[] costs;
    private MiniBatch first;
    private int count;
    private int firstBuffer;
    private int previousThreads;
    private volatile int stoppedAt;

    public InputPlan(NetworkStructure structure, TrainingOptions options, TrainingState state, Dataset data, WorkerTeam team)
        : base(structure, options, state, data, team, holdsInputs: false)
    {
        int batch = Workspace.Capacity;
        workspaces = [Workspace, NewWorkspace(batch, holdsInputs: false)];
        networks = [.. workspaces.Select(memory => Enumerable.Range(0, team.Threads).Select(_ => new Backpropagation<T>(structure, memory.Share(), differentiates: true, WorkerTeam.Alone)).ToArray())];
        shares = [.. Enumerable.Range(0, team.Threads).Select(_ => new UpdateShare<T>(structure, options, state, data.Count))];
        products = new Pipeline(team.Threads);
        deltas = new Pipeline(team.Threads);
        loaded = new MiniBatch[team.Threads];
        inputs = [.. workspaces.Select(_ => Enumerable.Range(0, team.Threads).Select(part => BatchInputs<T>.AllocateAligned(batch, Inputs(part).End - Inputs(part).First, AsBytes)).ToArray())];
        MaxBatchesPerRun = (int)Math.Clamp(MultiplyAddsPerRun / (3L * Parameters.Count * batch), 1, 16);
        rates = new double[MaxBatchesPerRun];
        costs = new double[MaxBatchesPerRun];
    }

    /// <inheritdoc/>
    public override int MaxBatchesPerRun { get; }

    /// <summary>Whether the plan suits a network: most weights are in the first layer, and there are enough groups for all workers, but not so many that dividing the samples would be faster.</summary>
    public static bool Suits(NetworkStructure structure, TrainingOptions options, int batch, WorkerTeam team) =>
        team.Threads > 1
        && options.Augmentation is null
        && batch >= team.Threads * SamplesPerGroup
        && batch <= team.Threads * SamplesPerGroup * 4
        && (long)structure.Options.Inputs * structure.Stages[0].Units * 4 >= structure.TrainedCount * 3L
        && GemmShape.PartCount(team, (long)structure.TrainedCount * batch) == team.Threads
        && !GemmShape.IsPacked<T>(SamplesPerGroup, structure.Stages[0].Units, structure.Options.Inputs);

    /// <inheritdoc/>
    public override int Run(MiniBatch first, ReadOnlySpan<double> rates, Span<double> costs)
    {
        this.first = first;
        count = rates.Length;
        rates.CopyTo(this.rates);
        products.Reset();
        deltas.Reset();
        if (previousThreads != Threads)
        {
            // Another thread count divides the targets differently, so preloaded data is invalid.
            Array.Clear(loaded);
            previousThreads = Threads;
        }

        stoppedAt = -1;
        if (Threads > 1)
        {
            Team.Run(this, Team.Threads);
        }
        else
        {
            RunOnOneThread();
        }

        IsFinite = stoppedAt < 0;
        int done = IsFinite ? count : stoppedAt + 1;
        this.costs.AsSpan(0, done).CopyTo(costs);
        Workspace = WorkspaceOf(done - 1);
        firstBuffer = (firstBuffer + done) % 2;
        if (!IsFinite)
        {
            Array.Clear(loaded);
        }

        return done;
    }

    /// <inheritdoc/>
    public void Run(int part, int parts)
    {
        // A thread keeps the parts it has started to the end: their weights and sums stay in its caches.
        Span<int> ownParts = stackalloc int[parts];
        int taken = 0;
        try
        {
            do
            {
                ownParts[taken++] = part;
                MultiplyInputs(0, part);
            }
            while (Team.TryTakePart(out part));

            // From here on every part has a thread, so no wait can deadlock.
            RunFromDelta(ownParts[..taken]);
        }
        catch
        {
            // The team rethrows this.
            CancelPipelines();
            throw;
        }
    }

    private void RunOnOneThread()
    {
        Span<int> all = stackalloc int[Team.Threads];
        for (int part = 0; part < all.Length; part++)
        {
            all[part] = part;
        }

        MultiplyInputs(0, all);
        RunFromDelta(all);
    }

    /// <summary>Runs the given parts from δ of the first mini-batch to the end of the run.</summary>
    private void RunFromDelta(ReadOnlySpan<int> ownParts)
    {
        int index = 0;
        while (ComputeDelta(index, ownParts) && UpdateWeights(index, ownParts) && ++index < count && MultiplyInputs(index, ownParts))
        {
        }
    }

    private bool MultiplyInputs(int index, ReadOnlySpan<int> workers)
    {
        bool isRunning = true;
        foreach (int worker in workers)
        {
            isRunning &= MultiplyInputs(index, worker);
        }

        return isRunning;
    }

    /// <summary>Adds one part's inputs to the first product of a mini-batch.</summary>
    /// <returns>False if the run was cancelled.</returns>
    private bool MultiplyInputs(int index, int part)
    {
        MiniBatch batch = BatchOf(index);
        if (loaded[part] != batch)
        {
            Load(index, part);
        }

        // Preloaded data is used only once.
        loaded[part] = default;
        Workspace<T> workspace = WorkspaceOf(index);
        (int firstInput, int endInput) = Inputs(part);
        BatchInputs<T> partInputs = inputs[BufferOf(index)][part];
        Matrix<T> weights = Parameters.Weight<T>(0).Slice(firstInput, endInput - firstInput), z = workspace.Activations(0, batch.Count);
        int groups = GroupCount;
        for (int group = 0; group < groups; group++)
        {
            int start = FirstSample(group, groups), end = FirstSample(group + 1, groups);
            if (!products.Await(part, (index * groups) + group))
            {
                return false;
            }

            partInputs.Slice(start, end - start).Multiply(weights, z.Slice(start, end - start), accumulate: firstInput > 0);
            products.Pass(part, (index * groups) + group);
        }

        return true;
    }

    /// <summary>Computes δ for the parts' groups from the first product.</summary>
    private bool ComputeDelta(int index, ReadOnlySpan<int> workers)
    {
        int groups = GroupCount;
        int parts = Team.Threads;
        foreach (int part in workers)
        {
            (int start, int end) = Samples(part);
            if (start < end)
            {
                if (!products.Await(parts, (index * groups) + (groups * (part + 1) / parts) - 1))
                {
                    return false;
                }

                Backpropagation<T> network = networks[BufferOf(index)][part];
                network.Workspace.First = start;
                network.Run(Parameters, end - start, ContextOf(BatchOf(index), start), firstProductIsDone: true);
            }

            deltas.Pass(part, index);
        }

        return true;
    }

    private bool UpdateWeights(int index, ReadOnlySpan<int> workers)
    {
        int parts = Team.Threads;
        foreach (int part in workers)
        {
            MiniBatch next = BatchOf(index + 1);
            if (next.Count == first.Count && !deltas.HasPassed(parts, index))
            {
                Load(index + 1, part);
                loaded[part] = next;
            }

            for (int worker = 1; worker <= parts; worker++)
            {
                if (!deltas.Await(worker, index))
                {
                    return false;
                }
            }

            Workspace<T> workspace = WorkspaceOf(index);
            shares[part].Run(workspace, first.Count, rates[index], State.Step + index + 1, part, parts, (inputs[BufferOf(index)][part].Slice(0, first.Count), Inputs(part).First));
            bool isFinite = shares[part].IsFinite;
            if (part == 0)
            {
                costs[index] = workspace.CostSum(first.Count);
                isFinite &= double.IsFinite(costs[index]);
            }

            if (!isFinite)
            {
                // Nobody isRunning past the next mini-batch's δ without this worker: none of its updates is begun.
                stoppedAt = index;
            }
        }

        if (stoppedAt == index)
        {
            CancelPipelines();
            return false;
        }

        return true;
    }

    private void CancelPipelines()
    {
        products.Cancel();
        deltas.Cancel();
    }

    /// <summary>Loads a part's inputs and the targets of its groups.</summary>
    private void Load(int index, int part)
    {
        MiniBatch batch = BatchOf(index);
        Workspace<T> workspace = WorkspaceOf(index);
        (int firstInput, int endInput) = Inputs(part);
        Loader(part).LoadInputRange(batch.All, firstInput, inputs[BufferOf(index)][part]);
        (int start, int end) = Samples(part);
        LoadTargets(part, batch, workspace, start, end);
        Loader(part).PrefetchSamples(batch.Next.All, firstInput, endInput);
    }

    /// <summary>A mini-batch of the run, or the first one after it.</summary>
    private MiniBatch BatchOf(int index)
    {
        int start = first.First + (index * first.Count);
        return first with { First = start, Count = Math.Min(first.Count, first.Order.Length - start) };
    }

    /// <summary>The buffer of a mini-batch. Two are enough: no worker can be two mini-batches ahead of another.</summary>
    private int BufferOf(int index) => (firstBuffer + index) % 2;

    private Workspace<T> WorkspaceOf(int index) => workspaces[BufferOf(index)];

    private (int First, int End) Inputs(int part) => BlockFusedGemm<T>.Share(Structure.Options.Inputs, part, Team.Threads, LastWorkerInputRatio);

    /// <summary>The samples for which a part computes δ.</summary>
    private (int Start, int End) Samples(int part)
    {
        int groups = GroupCount;
        return (FirstSample(groups * part / Team.Threads, groups), FirstSample(groups * (part + 1) / Team.Threads, groups));
    }

    /// <summary>One thread has no one to pass sums to, so all samples form one group.</summary>
    private int GroupCount => Threads == 1 ? 1 : Math.Max(1, first.Count / SamplesPerGroup);

    private int FirstSample(int group, int groups) => (int)((long)first.Count * group / groups);
}
