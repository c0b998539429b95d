using System.Numerics;
using Nabla.Data;
using Nabla.Network;
using Nabla.Numerics;

namespace Nabla.Training.Plans;

/// <summary>
/// Small mini-batches of many inputs: each worker has some of the inputs and the first layer's weights that belong to them, and nobody else touches these.
/// </summary>
/// <remarks>
/// A cell of the first product is one chain over all inputs, so the workers form a line: the first takes a group of samples through its inputs
/// and hands the sums to the second, which goes on while the first has the next group. What has come through all inputs goes on to δ,
/// some groups with each worker. Who waits for the others' δ loads its inputs of the next mini-batch meanwhile; who does not loads them when the step no longer waits for it.
/// </remarks>
internal sealed class InputPlan<T> : StepPlan<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Samples of a group: those of a register tile.</summary>
    private const int SamplesOfGroup = 5;

    /// <summary>The last worker's inputs, against another's: its groups come to δ last, and it updates the other layers.</summary>
    private const double LastShare = 0.75;

    private readonly Backpropagation<T>[] networks;
    private readonly Relay products;
    private readonly Relay deltas;
    private readonly MiniBatch[] loaded;
    private readonly LateLoad?[] late;
    private int partsLoaded;

    public InputPlan(NetworkOptions architecture, TrainingOptions options, TrainingState state, Dataset data, SampleWeights? weights, Workspace<T> workspace, WorkerTeam team)
        : base(architecture, options, state, data, weights, workspace, team)
    {
        networks = [.. Enumerable.Range(0, team.Threads).Select(_ => new Backpropagation<T>(architecture, workspace.Share(), WorkerTeam.Alone))];
        products = new Relay(team.Threads);
        deltas = new Relay(team.Threads);
        loaded = new MiniBatch[team.Threads];
        late = [.. Enumerable.Range(0, team.Threads).Select(part => part == 0 ? null : new LateLoad())];
    }

    /// <summary>Whether the plan suits a network: the first layer is most of it, and there are groups enough for all workers, but not so many that sharing samples were better.</summary>
    public static bool Suits(NetworkOptions architecture, TrainingOptions options, Parameters parameters, int batch, WorkerTeam team) =>
        team.Threads > 1
        && options.Augmentation is null
        && batch >= team.Threads * SamplesOfGroup
        && batch <= team.Threads * SamplesOfGroup * 4
        && (long)architecture.Inputs * architecture.Layers[0].Units * 4 >= parameters.Count * 3L
        && GemmShape.Parts(team, (long)parameters.Count * batch) == team.Threads
        && !GemmShape.IsPacked<T>(SamplesOfGroup, architecture.Layers[0].Units, architecture.Inputs);

    /// <inheritdoc/>
    public override void Run(int part, int parts)
    {
        // A thread goes all the way with what it has begun: the weights and sums stay in its caches.
        Span<int> mine = stackalloc int[parts];
        int count = 0;
        try
        {
            do
            {
                mine[count++] = part;
                MultiplyInputs(part, parts);
            }
            while (Team.TryTakePart(out part));

            // From here on somebody is at every worker's part, so whoever waits does not wait for ever.
            foreach (int worker in mine[..count])
            {
                ComputeDelta(worker, parts);
            }

            foreach (int worker in mine[..count])
            {
                UpdateWeights(worker, parts);
            }

            MiniBatch next = Batch.Next;
            if (late[mine[0]] is { } load && next.Count > 0 && loaded[mine[0]] != next)
            {
                load.Set(next, NextInputs(next.Count));
            }
        }
        catch
        {
            // Nobody may wait for what does not come; the team throws this again.
            foreach (int worker in mine[..count])
            {
                products.Break(worker);
                deltas.Break(worker);
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public override void RunAfterwards(int part)
    {
        LateLoad load = late[part]!;
        if (load.IsDue)
        {
            try
            {
                Load(load.Batch, part, Team.Threads, load.Inputs);
                loaded[part] = load.Batch;
            }
            finally
            {
                load.End();
            }
        }
    }

    protected override void Share(double learningRate)
    {
        products.Reset();
        deltas.Reset();
        if (partsLoaded != Threads)
        {
            ForgetLoaded();
            partsLoaded = Threads;
        }

        Update.Set(Batch.Count, learningRate, Threads, LastShare);
        Team.Run(this, Threads);
    }

    /// <summary>Other workers have other inputs.</summary>
    private void ForgetLoaded()
    {
        foreach (LateLoad? load in late)
        {
            load?.Await();
        }

        Array.Clear(loaded);
    }

    /// <summary>The first product, through a worker's inputs.</summary>
    private void MultiplyInputs(int part, int parts)
    {
        late[part]?.Await();
        if (loaded[part] != Batch)
        {
            Load(Batch, part, parts, Workspace.Batch(Batch.Count));
        }

        // The memory is exchanged before every mini-batch: what was loaded is good for one alone.
        loaded[part] = default;
        (int first, int end) = Inputs(part, parts);
        BatchInputs<T> inputs = Workspace.Batch(Batch.Count);
        Matrix<T> weights = Parameters.Weight<T>(0), z = Workspace.Activations(0, Batch.Count);
        int groups = Groups(Batch, parts);
        for (int group = 0; group < groups; group++)
        {
            int start = FirstSample(Batch, group, parts), count = FirstSample(Batch, group + 1, parts) - start;
            products.Await(part, group);
            inputs.Slice(start, count).MultiplySteps(weights, z.Slice(start, count), first, end);
            products.Pass(part, group);
        }
    }

    /// <summary>A worker's groups, from the first product to δ.</summary>
    private void ComputeDelta(int part, int parts)
    {
        (int start, int end) = Samples(Batch, part, parts);
        if (start < end)
        {
            products.Await(parts, GroupsBefore(Batch, part + 1, parts) - 1);
            networks[part].Workspace.First = start;
            networks[part].Run(Parameters, end - start, DropoutFrom(start), firstProductIsDone: true);
        }

        deltas.Pass(part, 0);
    }

    private void UpdateWeights(int part, int parts)
    {
        // A smaller mini-batch has other samples for each worker, and another thread may still be at these, with the targets that would be replaced.
        MiniBatch next = Batch.Next;
        if (next.Count == Batch.Count && !deltas.HasPassed(parts, 0))
        {
            Load(next, part, parts, NextInputs(next.Count));
            loaded[part] = next;
        }

        for (int worker = 1; worker <= parts; worker++)
        {
            deltas.Await(worker, 0);
        }

        Update.Run(part, parts);
    }

    /// <summary>Loads a worker's inputs and the targets of its groups.</summary>
    private void Load(MiniBatch batch, int part, int parts, BatchInputs<T> inputs)
    {
        (int first, int end) = Inputs(part, parts);
        Loader(part).LoadInputs(batch.All, inputs, first, end);
        (int start, int endOfSamples) = Samples(batch, part, parts);
        LoadTargets(part, batch, start, endOfSamples);
        Loader(part).Expect(batch.Next.All, first, end);
    }

    private (int First, int End) Inputs(int part, int parts) => GemmRowBlocks<T>.Share(Architecture.Inputs, part, parts, LastShare);

    /// <summary>The samples that a worker takes on to δ.</summary>
    private static (int Start, int End) Samples(MiniBatch batch, int part, int parts) =>
        (FirstSample(batch, GroupsBefore(batch, part, parts), parts), FirstSample(batch, GroupsBefore(batch, part + 1, parts), parts));

    /// <summary>Without anybody to pass them to, all samples are one group.</summary>
    private static int Groups(MiniBatch batch, int parts) => parts == 1 ? 1 : Math.Max(1, batch.Count / SamplesOfGroup);

    private static int GroupsBefore(MiniBatch batch, int part, int parts) => Groups(batch, parts) * part / parts;

    private static int FirstSample(MiniBatch batch, int group, int parts) => (int)((long)batch.Count * group / Groups(batch, parts));

    /// <summary>What a worker loads when the step no longer waits for it. The next step may find another thread at its part, which waits until it is there.</summary>
    private sealed class LateLoad
    {
        private bool isDue;

        public MiniBatch Batch { get; private set; }

        public BatchInputs<T> Inputs { get; private set; }

        public bool IsDue => Volatile.Read(ref isDue);

        /// <summary>Before the step ends.</summary>
        public void Set(MiniBatch batch, BatchInputs<T> inputs)
        {
            (Batch, Inputs) = (batch, inputs);
            Volatile.Write(ref isDue, true);
        }

        public void End() => Volatile.Write(ref isDue, false);

        public void Await()
        {
            for (int look = 0; IsDue; look++)
            {
                WorkerTeam.Pause(look);
            }
        }
    }
}
