using System.Numerics;
using Nabla.Network.Costs;
using Nabla.Numerics.Functions;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Products;
using Nabla.Numerics.Threads;

namespace Nabla.Network;

/// <summary>The forward and the backward pass over a mini-batch: the four equations of backpropagation as three products a layer.</summary>
/// <remarks>
/// Forward, each layer: Z = A·W + b, A = f(Z), D = f′(Z). Backward: δᴸ from the cost; ∂C/∂W = Aᵀ·δ, ∂C/∂b = Σ_x δ; δˡ⁻¹ = (δˡ·Wᵀ)∘Dˡ⁻¹.
/// W is [in, out] here, A, Z, D and δ are [samples, units]; gradients are sums over the samples.
/// </remarks>
internal sealed class Backpropagation<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly WorkerTeam team;
    private readonly LayerActivation[] hidden;
    private readonly OutputCost output;

    private readonly MultiplicationCount? count;
    private readonly ForwardEpilogue<T> forward = new();
    private readonly BackwardEpilogue<T> backward = new();

    public Backpropagation(NetworkOptions options, int capacity, bool differentiates, WorkerTeam team, MultiplicationCount? count = null)
        : this(options, new Workspace<T>(options, capacity, differentiates), team, count)
    {
    }

    public Backpropagation(NetworkOptions options, Workspace<T> workspace, WorkerTeam team, MultiplicationCount? count = null)
    {
        this.team = team;
        this.count = count;
        LayerCount = options.Layers.Count;
        hidden = [.. options.Layers.SkipLast(1).Select(layer => new LayerActivation(layer))];
        output = new OutputCost(options);
        Workspace = workspace;
    }

    public int LayerCount { get; }

    public Workspace<T> Workspace { get; }

    /// <summary>The outputs of the first <paramref name="samples"/> samples of the workspace, [samples, outputs].</summary>
    public Matrix<T> Predict(Parameters parameters, int samples)
    {
        Matrix<T> z = ForwardToOutput(parameters, samples);
        output.Activate(z);
        return z;
    }

    /// <summary>Outputs and the cost of each sample, which the workspace keeps.</summary>
    public Matrix<T> Measure(Parameters parameters, int samples)
    {
        Matrix<T> z = ForwardToOutput(parameters, samples);
        output.ActivateAndMeasure(z, Workspace.Targets(samples), Workspace.OutputScratch(samples), Workspace.Costs(samples));
        return z;
    }

    /// <summary>Forward and backward, with the gradient of the data cost added up over the samples.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="samples">Samples in the workspace.</param>
    /// <param name="dropout">The dropout of this mini-batch.</param>
    /// <param name="gradient">Receives Σ_x ∂C_x/∂w, laid out as the parameters.</param>
    /// <returns>Σ_x C_x, added in the order of the samples.</returns>
    public double Differentiate(Parameters parameters, int samples, Dropout dropout, Parameters gradient)
    {
        Run(parameters, samples, dropout);
        for (int layer = 0; layer < LayerCount; layer++)
        {
            Matrix<T> inputs = Workspace.InputsOf(layer, samples).Numbers, delta = Workspace.Deltas(layer, samples);
            Gemm.MultiplyTransposedLeft(team, inputs, delta, gradient.Weight<T>(layer));
            count?.AddWeightGradient(layer, (long)inputs.Columns * delta.Columns * samples);
            Elementwise.SumColumns(delta, gradient.Bias<T>(layer));
        }

        return Workspace.CostSum(samples);
    }

    /// <summary>Forward and backward: fills the workspace with the activations, δ and the cost of each sample.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="samples">Samples in the workspace.</param>
    /// <param name="dropout">The dropout of these samples.</param>
    /// <param name="firstProductIsDone">Whether the workspace holds the first layer's A·W already.</param>
    public void Run(Parameters parameters, int samples, Dropout dropout, bool firstProductIsDone = false)
    {
        for (int layer = 0; layer < hidden.Length; layer++)
        {
            Matrix<T> d = Workspace.Derivatives(layer, samples), a = Activate(parameters, layer, samples, d, productIsDone: firstProductIsDone && layer == 0);
            count?.AddElementwise(layer, d.Elements.Length);
            if (dropout.IsActive)
            {
                dropout.Apply(layer, a, d);
            }
        }

        int last = LayerCount - 1;
        Matrix<T> z = Activate(parameters, last, samples, productIsDone: firstProductIsDone && last == 0);
        output.Differentiate(z, Workspace.Targets(samples), Workspace.Deltas(last, samples), Workspace.Costs(samples));
        if (Workspace.IsWeighted)
        {
            WeighSamples(samples);
        }

        // The first layer's ∂C/∂x is as dear as ∂C/∂W and nobody needs it (ledger T73).
        for (int layer = last; layer > 0; layer--)
        {
            Matrix<T> previous = Workspace.Deltas(layer - 1, samples);
            BackThroughWeights(parameters, layer, Workspace.Deltas(layer, samples), previous, backward.For(previous, Workspace.Derivatives(layer - 1, samples)));
            count?.AddElementwise(layer - 1, previous.Elements.Length);
        }
    }

    /// <summary>Z = A·W + b of a layer, from the activations below it that the workspace holds.</summary>
    public void ComputeWeightedInputs(Parameters parameters, int layer, int samples, Matrix<T> z)
    {
        Gemm.Multiply(team, Workspace.InputsOf(layer, samples).Numbers, parameters.Weight<T>(layer), z, forward.For(parameters, layer, null, z));
    }

    /// <summary>∂C/∂A of the layer below, δ·Wᵀ; for the first layer ∂C/∂X.</summary>
    public void BackThroughWeights(Parameters parameters, int layer, Matrix<T> delta, Matrix<T> below, IBlockEpilogue? receiver = null)
    {
        Gemm.MultiplyTransposedRight(team, delta, parameters.Weight<T>(layer), below, receiver);
        count?.AddBackward(layer, parameters.Weight<T>(layer).Elements.Length * (long)delta.Rows);
    }

    /// <summary>w·C_x and w·δ: everything below is linear in δ.</summary>
    private void WeighSamples(int samples)
    {
        Matrix<T> delta = Workspace.Deltas(LayerCount - 1, samples);
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
        for (int layer = 0; layer < hidden.Length; layer++)
        {
            Activate(parameters, layer, samples);
        }

        return Activate(parameters, LayerCount - 1, samples);
    }

    /// <summary>A layer's activations, with f′ where a place for it is given; the output layer's weighted inputs.</summary>
    private Matrix<T> Activate(Parameters parameters, int layer, int samples, Matrix<T>? derivatives = null, bool productIsDone = false)
    {
        Matrix<T> z = Workspace.Activations(layer, samples);
        count?.AddForward(layer, parameters.Weight<T>(layer).Elements.Length * (long)samples);
        ForwardEpilogue<T> epilogue = forward.For(parameters, layer, layer < hidden.Length ? hidden[layer] : null, z, derivatives);
        if (productIsDone)
        {
            epilogue.Apply(0, samples, 0, z.Columns);
        }
        else
        {
            Workspace.InputsOf(layer, samples).Multiply(team, parameters.Weight<T>(layer), z, epilogue);
        }

        return z;
    }
}
