using System.Numerics;
using Nabla.Numerics.Memory;

namespace Nabla.Network;

/// <summary>Every matrix that a pass over at most <see cref="Capacity"/> samples needs, taken once. Matrices are numbered by the stages of the network.</summary>
internal sealed class Workspace<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly BatchInputs<T>[] inputs;
    private readonly Matrix<T> targets;
    private readonly Matrix<T>[] activations;
    private readonly Matrix<T>[] derivatives;
    private readonly Matrix<T>[] deltas;
    private readonly double[] costs;
    private readonly T[] weights;

    /// <param name="structure">The network.</param>
    /// <param name="capacity">The largest mini-batch.</param>
    /// <param name="backward">Whether the backward pass will be used.</param>
    /// <param name="weighted">Whether the samples have weights.</param>
    /// <param name="asBytes">Whether the inputs are images as bytes.</param>
    /// <param name="holdsInputs">Whether the inputs lie here.</param>
    public Workspace(NetworkStructure structure, int capacity, bool backward, bool weighted = false, bool asBytes = false, bool holdsInputs = true)
    {
        Capacity = capacity;
        IReadOnlyList<Stage> stages = structure.Stages;
        int inputCount = structure.Options.Inputs;
        // An array of one, so that all views of the memory see an exchange.
        inputs = [holdsInputs ? BatchInputs<T>.Allocate(capacity, inputCount, asBytes) : default];
        targets = new Matrix<T>(capacity, stages[^1].Units);
        activations = OfStages(stages, stages.Count);
        derivatives = OfStages(stages, backward ? stages.Count : 0, stage => HasSlopes(structure, stage));
        // Without a backward pass the output layer's δ is only scratch for its cost.
        deltas = backward ? OfStages(stages, stages.Count) : [new Matrix<T>(capacity, stages[^1].Units)];
        costs = new double[capacity];
        weights = weighted ? new T[capacity] : [];
    }

    private Workspace(Workspace<T> whole)
    {
        Capacity = whole.Capacity;
        inputs = whole.inputs;
        targets = whole.targets;
        activations = whole.activations;
        derivatives = whole.derivatives;
        deltas = whole.deltas;
        costs = whole.costs;
        weights = whole.weights;
    }

    /// <summary>The largest number of samples.</summary>
    public int Capacity { get; }

    /// <summary>The sample of the shared memory that is the first one here.</summary>
    public int First { get; set; }

    /// <summary>The same memory, seen from another first sample: one for each worker that has samples of its own.</summary>
    public Workspace<T> Share() => new(this);

    /// <summary>The inputs of <paramref name="samples"/> samples from the first one on, [samples, inputs], as numbers or bytes.</summary>
    public BatchInputs<T> Batch(int samples) => inputs[0].Slice(First, samples);

    /// <summary>The same where they are numbers.</summary>
    public Matrix<T> Inputs(int samples) => inputs[0].Numbers.Slice(First, samples);

    /// <summary>Takes other memory for the inputs, and returns what it had.</summary>
    public BatchInputs<T> ExchangeInputs(BatchInputs<T> other)
    {
        BatchInputs<T> before = inputs[0];
        inputs[0] = other;
        return before;
    }

    /// <summary>The targets, [samples, outputs].</summary>
    public Matrix<T> Targets(int samples) => targets.Slice(First, samples);

    /// <summary>z and then a of a stage, [samples, units].</summary>
    public Matrix<T> Activations(int stage, int samples) => activations[stage].Slice(First, samples);

    /// <summary>What a stage reads: the inputs, or a of the stage below, [samples, units].</summary>
    public BatchInputs<T> InputsOf(int stage, int samples) => stage == 0 ? Batch(samples) : new(Activations(stage - 1, samples));

    /// <summary>f′(z) of a stage, with dropout masks in it, [samples, units]. Only where it has elementwise layers that the cost does not compute.</summary>
    public Matrix<T> Derivatives(int stage, int samples) => derivatives[stage].Slice(First, samples);

    /// <summary>δ = ∂C/∂z of a stage, z being what its transforming layer writes, [samples, units].</summary>
    public Matrix<T> Deltas(int stage, int samples) => deltas[stage].Slice(First, samples);

    /// <summary>What the output layer may overwrite while it measures costs, [samples, outputs].</summary>
    public Matrix<T> OutputScratch(int samples) => deltas[^1].Slice(First, samples);

    /// <summary>The cost of each sample, [samples].</summary>
    public Span<double> Costs(int samples) => costs.AsSpan(First, samples);

    /// <summary>Whether the samples have weights.</summary>
    public bool IsWeighted => weights.Length > 0;

    /// <summary>How much each sample counts, [samples].</summary>
    public Span<T> Weights(int samples) => weights.AsSpan(First, samples);

    /// <summary>Σ_x C_x, added in the order of the samples.</summary>
    public double CostSum(int samples)
    {
        double sum = 0;
        foreach (double cost in Costs(samples))
        {
            sum += cost;
        }

        return sum;
    }

    private static bool HasSlopes(NetworkStructure structure, Stage stage)
    {
        int last = structure.Options.Layers.Count - 1;
        return stage.Elementwise.Any(layer => layer < last || structure.Options.Layers[layer].Activation == Activation.Linear)
            || (stage.Transform >= 0 && stage.Transform < last && structure.Options.Layers[stage.Transform].Activation != Activation.Linear);
    }

    /// <summary>A matrix [capacity, units] for each of the first stages, empty where it is not needed.</summary>
    private Matrix<T>[] OfStages(IReadOnlyList<Stage> stages, int count, Func<Stage, bool>? isNeeded = null) =>
        [.. stages.Take(count).Select(stage => isNeeded?.Invoke(stage) == false ? default : new Matrix<T>(Capacity, stage.Units))];
}
