using System.Numerics;
using Nabla.Data;
using Nabla.Network;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Products;
using Nabla.Numerics.Threads;
using Nabla.Training.Batches;
using Nabla.Training.State;

namespace Nabla.Training.Plans;

/// <summary>
/// Small mini-batches of many inputs: each worker has some of the inputs and the first layer's weights that belong to them, and nobody else touches these.
/// </summary>
/// <remarks>
/// A cell of the first product is one chain over all inputs, so the workers form a line: the first takes a group of samples through its inputs
/// and hands the sums to the second, which goes on while the first has the next group. What has come through all inputs goes on to δ,
/// some groups with each worker. Nobody waits for the others at the end of a mini-batch: who has updated its weights begins the next one, in other memory.
/// </remarks>
internal sealed class InputPlan<T> : StepPlan<T>, IParallelWork where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Samples of a group: those of a register tile.</summary>
    private const int SamplesOfGroup = 5;

    /// <summary>The last worker's inputs, against another's: its groups come to δ last, and it updates the other layers.</summary>
    private const double LastShareRatio = 0.75;

    /// <summary>Multiply-adds of a stretch: even one thread does them in less than 100 µs, so a worker that came too late is still awake for the next one.</summary>
    private const long MultiplyAddsOfStretch = 3 << 21;

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
    private int turn;
    private int threadsBefore;
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
        inputs = [.. workspaces.Select(_ => Enumerable.Range(0, team.Threads).Select(part => BatchInputs<T>.TakeOwn(batch, Inputs(part).End - Inputs(part).First, AsBytes)).ToArray())];
        LongestStretch = (int)Math.Clamp(MultiplyAddsOfStretch / (3L * Parameters.Count * batch), 1, 16);
        rates = new double[LongestStretch];
        costs = new double[LongestStretch];
    }

    /// <inheritdoc/>
    public override int LongestStretch { get; }

    /// <summary>Whether the plan suits a network: the first layer is most of it, and there are groups enough for all workers, but not so many that sharing samples were better.</summary>
    public static bool Suits(NetworkStructure structure, TrainingOptions options, int batch, WorkerTeam team) =>
        team.Threads > 1
        && options.Augmentation is null
        && batch >= team.Threads * SamplesOfGroup
        && batch <= team.Threads * SamplesOfGroup * 4
        && (long)structure.Options.Inputs * structure.Stages[0].Units * 4 >= structure.TrainedCount * 3L
        && GemmShape.PartCount(team, (long)structure.TrainedCount * batch) == team.Threads
        && !GemmShape.IsPacked<T>(SamplesOfGroup, structure.Stages[0].Units, structure.Options.Inputs);

    /// <inheritdoc/>
    public override int Run(MiniBatch first, ReadOnlySpan<double> rates, Span<double> costs)
    {
        this.first = first;
        count = rates.Length;
        rates.CopyTo(this.rates);
        products.Reset();
        deltas.Reset();
        if (threadsBefore != Threads)
        {
            // The targets are divided otherwise.
            Array.Clear(loaded);
            threadsBefore = Threads;
        }

        stoppedAt = -1;
        if (Threads > 1)
        {
            Team.Run(this, Team.Threads);
        }
        else
        {
            RunAlone();
        }

        IsFinite = stoppedAt < 0;
        int done = IsFinite ? count : stoppedAt + 1;
        this.costs.AsSpan(0, done).CopyTo(costs);
        Workspace = WorkspaceOf(done - 1);
        turn = (turn + done) % 2;
        if (!IsFinite)
        {
            Array.Clear(loaded);
        }

        return done;
    }

    /// <inheritdoc/>
    public void Run(int part, int parts)
    {
        // A thread goes all the way with what it has begun: the weights and sums stay in its caches.
        Span<int> mine = stackalloc int[parts];
        int taken = 0;
        try
        {
            do
            {
                mine[taken++] = part;
                MultiplyInputs(0, part);
            }
            while (Team.TryTakePart(out part));

            // From here on somebody is at every worker's part, so whoever waits does not wait for ever.
            GoOn(mine[..taken]);
        }
        catch
        {
            // The team throws this again.
            Break();
            throw;
        }
    }

    private void RunAlone()
    {
        Span<int> all = stackalloc int[Team.Threads];
        for (int part = 0; part < all.Length; part++)
        {
            all[part] = part;
        }

        MultiplyInputs(0, all);
        GoOn(all);
    }

    /// <summary>From the first product of the first mini-batch to the end of the stretch, for the workers' parts that a thread has.</summary>
    private void GoOn(ReadOnlySpan<int> mine)
    {
        int index = 0;
        while (ComputeDelta(index, mine) && UpdateWeights(index, mine) && ++index < count && MultiplyInputs(index, mine))
        {
        }
    }

    private bool MultiplyInputs(int index, ReadOnlySpan<int> workers)
    {
        bool comes = true;
        foreach (int worker in workers)
        {
            comes &= MultiplyInputs(index, worker);
        }

        return comes;
    }

    /// <summary>The first product of a mini-batch, through a worker's inputs.</summary>
    /// <returns>Whether all came that it needs.</returns>
    private bool MultiplyInputs(int index, int part)
    {
        MiniBatch batch = BatchOf(index);
        if (loaded[part] != batch)
        {
            Load(index, part);
        }

        // What was loaded is good for one alone.
        loaded[part] = default;
        Workspace<T> workspace = WorkspaceOf(index);
        (int firstInput, int endInput) = Inputs(part);
        BatchInputs<T> own = inputs[TurnOf(index)][part];
        Matrix<T> weights = Parameters.Weight<T>(0).Slice(firstInput, endInput - firstInput), z = workspace.Activations(0, batch.Count);
        int groups = Groups;
        for (int group = 0; group < groups; group++)
        {
            int start = FirstSample(group, groups), end = FirstSample(group + 1, groups);
            if (!products.Await(part, (index * groups) + group))
            {
                return false;
            }

            own.Slice(start, end - start).Multiply(weights, z.Slice(start, end - start), accumulate: firstInput > 0);
            products.Pass(part, (index * groups) + group);
        }

        return true;
    }

    /// <summary>The workers' groups, from the first product to δ.</summary>
    private bool ComputeDelta(int index, ReadOnlySpan<int> workers)
    {
        int groups = Groups;
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

                Backpropagation<T> network = networks[TurnOf(index)][part];
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
            shares[part].Run(workspace, first.Count, rates[index], State.Step + index + 1, part, parts, (inputs[TurnOf(index)][part].Slice(0, first.Count), Inputs(part).First));
            bool isFinite = shares[part].IsFinite;
            if (part == 0)
            {
                costs[index] = workspace.CostSum(first.Count);
                isFinite &= double.IsFinite(costs[index]);
            }

            if (!isFinite)
            {
                // Nobody comes past the next mini-batch's δ without this worker: none of its updates is begun.
                stoppedAt = index;
            }
        }

        if (stoppedAt == index)
        {
            Break();
            return false;
        }

        return true;
    }

    private void Break()
    {
        products.Cancel();
        deltas.Cancel();
    }

    /// <summary>Loads a worker's inputs and the targets of its groups.</summary>
    private void Load(int index, int part)
    {
        MiniBatch batch = BatchOf(index);
        Workspace<T> workspace = WorkspaceOf(index);
        (int firstInput, int endInput) = Inputs(part);
        Loader(part).LoadOwnInputs(batch.All, firstInput, inputs[TurnOf(index)][part]);
        (int start, int end) = Samples(part);
        LoadTargets(part, batch, workspace, start, end);
        Loader(part).PrefetchSamples(batch.Next.All, firstInput, endInput);
    }

    /// <summary>A mini-batch of the stretch, or the one after it.</summary>
    private MiniBatch BatchOf(int index)
    {
        int start = first.First + (index * first.Count);
        return first with { First = start, Count = Math.Min(first.Count, first.Order.Length - start) };
    }

    /// <summary>Which memory a mini-batch has: a worker may have begun the next one while another is still at the update, but not the one after that.</summary>
    private int TurnOf(int index) => (turn + index) % 2;

    private Workspace<T> WorkspaceOf(int index) => workspaces[TurnOf(index)];

    private (int First, int End) Inputs(int part) => BlockFusedGemm<T>.Share(Structure.Options.Inputs, part, Team.Threads, LastShareRatio);

    /// <summary>The samples that a worker takes on to δ.</summary>
    private (int Start, int End) Samples(int part)
    {
        int groups = Groups;
        return (FirstSample(groups * part / Team.Threads, groups), FirstSample(groups * (part + 1) / Team.Threads, groups));
    }

    /// <summary>Without anybody to pass them to, all samples are one group.</summary>
    private int Groups => Threads == 1 ? 1 : Math.Max(1, first.Count / SamplesOfGroup);

    private int FirstSample(int group, int groups) => (int)((long)first.Count * group / groups);
}
