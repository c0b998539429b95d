using System.Numerics;
using Nabla.Network.Costs;
using Nabla.Numerics.Functions;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Threads;

namespace Nabla.Network;

/// <summary>The forward and the backward pass over a mini-batch, for any list of layers.</summary>
/// <remarks>
/// The list runs in stages: a transforming layer writes z, and the elementwise layers behind it turn z into a in place and collect D = f′(z).
/// For a dense layer these are the four equations of backpropagation. Forward: Z = A·W + b, A = f(Z), D = f′(Z). Backward: δᴸ from the cost;
/// ∂C/∂W = Aᵀ·δ, ∂C/∂b = Σ_x δ; δˡ⁻¹ = (δˡ·Wᵀ)∘Dˡ⁻¹. W is [in, out] here, A, Z, D and δ are [samples, units]; gradients are sums over the samples.
/// </remarks>
internal sealed class Backpropagation<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly WorkerTeam team;
    private readonly StagePasses<T>[] stages;
    private readonly OutputCost<T> output;
    private readonly SlopeEpilogue<T> slopes = new();
    private readonly int outputs;

    public Backpropagation(NetworkStructure structure, int capacity, bool differentiates, WorkerTeam team)
        : this(structure, new Workspace<T>(structure, capacity, differentiates), differentiates, team)
    {
    }

    public Backpropagation(NetworkStructure structure, Workspace<T> workspace, bool differentiates, WorkerTeam team)
    {
        this.team = team;
        stages = StagePasses<T>.Of(structure, workspace.Capacity, differentiates);
        output = structure.Options.Cost.CreateFunction<T>(structure.Options.OutputActivation);
        outputs = structure.Stages[^1].Units;
        Workspace = workspace;
    }

    public int StageCount => stages.Length;

    public Workspace<T> Workspace { get; }

    /// <summary>The outputs of the first <paramref name="samples"/> samples of the workspace, [samples, outputs].</summary>
    public Matrix<T> Predict(Parameters parameters, int samples)
    {
        Matrix<T> z = ForwardToOutput(parameters, samples);
        output.Activate(z.Elements, outputs);
        return z;
    }

    /// <summary>Outputs and the cost of each sample, which the workspace keeps.</summary>
    public Matrix<T> Measure(Parameters parameters, int samples)
    {
        Matrix<T> z = ForwardToOutput(parameters, samples);
        output.Measure(z.Elements, Workspace.Targets(samples).Elements, Workspace.OutputScratch(samples).Elements, Workspace.Costs(samples));
        return z;
    }

    /// <summary>Forward and backward, with the gradient of the data cost added up over the samples.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="samples">Samples in the workspace.</param>
    /// <param name="context">What the pass is for.</param>
    /// <param name="gradient">Receives Σ_x ∂C_x/∂w, laid out as the trained parameters.</param>
    /// <param name="tree">The parts whose gradients are summed pairwise; null for one part.</param>
    /// <returns>Σ_x C_x, added in the order of the samples.</returns>
    public double Differentiate(Parameters parameters, int samples, in PassContext context, Parameters gradient, ShardTree<T>? tree = null)
    {
        Run(parameters, samples, context);
        for (int s = 0; s < stages.Length; s++)
        {
            if (stages[s].Transform is { } transform && stages[s].Stage.Number >= 0)
            {
                LayerMemory<T> memory = Memory(s, parameters, samples, context, gradient: gradient);
                if (tree is null)
                {
                    transform.SumGradient(memory, 0, samples);
                }
                else
                {
                    transform.SumGradient(memory, tree);
                }
            }
        }

        return Workspace.CostSum(samples);
    }

    /// <summary>Forward and backward: fills the workspace with the activations, δ and the cost of each sample.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="samples">Samples in the workspace.</param>
    /// <param name="context">What the pass is for.</param>
    /// <param name="firstProductIsDone">Whether the workspace holds the first layer's A·W already.</param>
    public void Run(Parameters parameters, int samples, in PassContext context, bool firstProductIsDone = false)
    {
        int last = stages.Length - 1;
        for (int s = 0; s <= last; s++)
        {
            Forward(s, parameters, samples, context, differentiates: true, isDone: firstProductIsDone && s == 0);
        }

        Matrix<T> delta = Workspace.Deltas(last, samples);
        output.Differentiate(Workspace.Activations(last, samples).Elements, Workspace.Targets(samples).Elements, delta.Elements, Workspace.Costs(samples));
        if (Workspace.IsWeighted)
        {
            WeighSamples(samples);
        }

        if (stages[last].HasSlopes)
        {
            Elementwise.Multiply<T>(Workspace.Derivatives(last, samples).Elements, delta.Elements);
        }

        // The first layer's ∂C/∂x costs as much as ∂C/∂W, and nothing needs it (theory T73).
        for (int s = last; s > 0; s--)
        {
            Matrix<T> below = Workspace.Deltas(s - 1, samples);
            SlopeEpilogue<T>? epilogue = stages[s - 1].HasSlopes ? slopes.For(below, Workspace.Derivatives(s - 1, samples)) : null;
            stages[s].Transform!.Backward(Memory(s, parameters, samples, context, below), epilogue);
        }
    }

    /// <summary>Whether a stage's outputs have slopes that the workspace keeps; otherwise they are 1, or belong to the cost.</summary>
    public bool HasSlopes(int stage) => stages[stage].HasSlopes;

    /// <summary>z of a stage, what its transforming layer writes, from the activations below it that the workspace holds.</summary>
    public void ComputeWeightedInputs(Parameters parameters, int stage, int samples, in PassContext context, Matrix<T> z)
    {
        if (stages[stage].Transform is { } transform)
        {
            transform.Forward(
                new LayerMemory<T>(parameters, stages[stage].Stage, team, context, Workspace.InputsOf(stage, samples), z),
                stages[stage].Epilogue.For(parameters, z, null, toWeightedInputs: true));
        }
        else
        {
            Workspace.Inputs(samples).Elements.CopyTo(z.Elements);
        }
    }

    /// <summary>∂C/∂x of the network's inputs, after <see cref="Run"/>.</summary>
    public void ComputeInputGradient(Parameters parameters, int samples, in PassContext context, Matrix<T> inputGradient)
    {
        if (stages[0].Transform is { } transform)
        {
            transform.Backward(Memory(0, parameters, samples, context, inputGradient), null);
        }
        else
        {
            Workspace.Deltas(0, samples).Elements.CopyTo(inputGradient.Elements);
        }
    }

    /// <summary>w·C_x and w·δ: everything below is linear in δ.</summary>
    private void WeighSamples(int samples)
    {
        Matrix<T> delta = Workspace.Deltas(stages.Length - 1, samples);
        Span<T> weights = Workspace.Weights(samples);
        Span<double> costs = Workspace.Costs(samples);
        for (int sample = 0; sample < samples; sample++)
        {
            costs[sample] *= double.CreateChecked(weights[sample]);
            foreach (ref T d in delta.Row(sample))
            {
                d *= weights[sample];
            }
        }
    }

    private Matrix<T> ForwardToOutput(Parameters parameters, int samples)
    {
        for (int s = 0; s < stages.Length; s++)
        {
            Forward(s, parameters, samples, PassContext.Prediction, differentiates: false, isDone: false);
        }

        return Workspace.Activations(stages.Length - 1, samples);
    }

    /// <summary>One stage: its activations, with their slopes where a backward pass follows; of the output layer the weighted inputs.</summary>
    private void Forward(int s, Parameters parameters, int samples, in PassContext context, bool differentiates, bool isDone)
    {
        StagePasses<T> stage = stages[s];
        Matrix<T> z = Workspace.Activations(s, samples);
        Matrix<T>? derivatives = differentiates && stage.HasSlopes ? Workspace.Derivatives(s, samples) : null;
        StageEpilogue<T> epilogue = stage.Epilogue.For(parameters, z, derivatives);
        if (isDone)
        {
            epilogue.ApplyToAll(samples);
        }
        else if (stage.Transform is { } transform)
        {
            transform.Forward(Memory(s, parameters, samples, context), epilogue);
        }
        else
        {
            Workspace.Inputs(samples).Elements.CopyTo(z.Elements);
            epilogue.ApplyToAll(samples);
        }

        bool isFirst = stage.FirstActivation is null;
        foreach (ElementwisePass<T> pass in stage.Rest)
        {
            pass.Apply(z.Elements, derivatives is { } d ? d.Elements : default, z.Columns, isFirst, context);
            isFirst = false;
        }
    }

    private LayerMemory<T> Memory(int s, Parameters parameters, int samples, in PassContext context, Matrix<T> inputGradient = default, Parameters? gradient = null) => new(
        parameters,
        stages[s].Stage,
        team,
        context,
        Workspace.InputsOf(s, samples),
        Workspace.Activations(s, samples),
        context.IsTraining ? Workspace.Deltas(s, samples) : default,
        inputGradient,
        gradient);
}
