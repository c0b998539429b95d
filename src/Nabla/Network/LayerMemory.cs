using System.Numerics;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Threads;

namespace Nabla.Network;

/// <summary>The memory that a layer works on in one pass. Matrices are [samples, values], row after row.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly ref struct LayerMemory<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Parameters parameters;
    private readonly Parameters? gradient;
    private readonly Stage stage;

    internal LayerMemory(Parameters parameters, Stage stage, WorkerTeam team, in PassContext context, BatchInputs<T> inputs, Matrix<T> outputs, Matrix<T> outputGradient = default, Matrix<T> inputGradient = default, Parameters? gradient = null)
    {
        this.parameters = parameters;
        this.stage = stage;
        this.gradient = gradient;
        Team = team;
        Context = context;
        InputMatrix = inputs;
        OutputMatrix = outputs;
        OutputGradientMatrix = outputGradient;
        InputGradientMatrix = inputGradient;
    }

    /// <summary>The number of samples.</summary>
    public int Samples => OutputMatrix.Rows;

    /// <summary>What the pass is for.</summary>
    public PassContext Context { get; }

    /// <summary>What goes in.</summary>
    public ReadOnlySpan<T> Inputs => InputMatrix.Numbers.Elements;

    /// <summary>What comes out.</summary>
    public Span<T> Outputs => OutputMatrix.Elements;

    /// <summary>∂C/∂outputs; in backward passes and gradients.</summary>
    public ReadOnlySpan<T> OutputGradient => OutputGradientMatrix.Elements;

    /// <summary>∂C/∂inputs; in backward passes.</summary>
    public Span<T> InputGradient => InputGradientMatrix.Elements;

    internal WorkerTeam Team { get; }

    internal BatchInputs<T> InputMatrix { get; }

    internal Matrix<T> OutputMatrix { get; }

    internal Matrix<T> OutputGradientMatrix { get; }

    internal Matrix<T> InputGradientMatrix { get; }

    internal Parameters Parameters => parameters;

    internal Parameters? Gradient => gradient;

    /// <summary>The gradients of all trained tensors of the layer, one after the other.</summary>
    internal Span<T> LayerGradient => gradient!.TrainedOfLayer<T>(stage.Transform);

    /// <summary>The number of the layer among those that have tensors.</summary>
    internal int Number => stage.Number;

    /// <summary>A tensor of the layer, by its place among the layer's declarations.</summary>
    public Span<T> Tensor(int index) => parameters.Tensor<T>(stage.Transform, index);

    /// <summary>The gradient of a trained tensor of the layer; where gradients are summed.</summary>
    public Span<T> TensorGradient(int index) => gradient!.Tensor<T>(stage.Transform, index);
}
