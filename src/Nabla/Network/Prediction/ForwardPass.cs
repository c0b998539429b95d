using System.Numerics;
using Nabla.Numerics.Threads;

namespace Nabla.Network.Prediction;

/// <summary>Predicts single samples with memory taken once. For one thread at a time.</summary>
public sealed class ForwardPass
{
    private readonly int inputs;
    private readonly int outputs;
    private readonly Parameters parameters;
    private readonly Backpropagation<float>? single;
    private readonly Backpropagation<double>? precise;

    /// <summary>A forward pass with these parameters. They must not change any more.</summary>
    /// <param name="options">The architecture.</param>
    /// <param name="parameters">The parameters; their precision is the precision of the arithmetic.</param>
    public ForwardPass(NetworkOptions options, Parameters parameters)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(parameters);
        inputs = options.Inputs;
        outputs = options.Outputs;
        (NetworkOptions network, this.parameters) = PredictionNetwork.Of(options, parameters);
        var structure = new NetworkStructure(network);
        if (parameters.Precision == Precision.Single)
        {
            single = new Backpropagation<float>(structure, 1, differentiates: false, WorkerTeam.Alone);
        }
        else
        {
            precise = new Backpropagation<double>(structure, 1, differentiates: false, WorkerTeam.Alone);
        }
    }

    /// <summary>The outputs for one sample. Allocates nothing.</summary>
    /// <param name="input">[inputs].</param>
    /// <param name="output">[outputs].</param>
    /// <exception cref="ArgumentException">A length does not fit the network.</exception>
    public void Run(ReadOnlySpan<float> input, Span<float> output) => Run<float, float>(input, output);

    /// <inheritdoc cref="Run(ReadOnlySpan{float}, Span{float})"/>
    public void Run(ReadOnlySpan<double> input, Span<double> output) => Run<double, double>(input, output);

    /// <summary>The outputs for one sample, whatever the types of inputs and outputs.</summary>
    internal void Run<TInput, TOutput>(ReadOnlySpan<TInput> input, Span<TOutput> output)
        where TInput : unmanaged, INumber<TInput>
        where TOutput : unmanaged, INumber<TOutput>
    {
        if (input.Length != inputs || output.Length != outputs)
        {
            throw new ArgumentException($"The network maps {inputs} inputs to {outputs} outputs, not {input.Length} to {output.Length}.");
        }

        if (single is not null)
        {
            Compute(single, input, output);
        }
        else
        {
            Compute(precise!, input, output);
        }
    }

    private void Compute<T, TInput, TOutput>(Backpropagation<T> network, ReadOnlySpan<TInput> input, Span<TOutput> output)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TInput : unmanaged, INumber<TInput>
        where TOutput : unmanaged, INumber<TOutput>
    {
        Span<T> x = network.Workspace.Inputs(1).Row(0);
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = T.CreateTruncating(input[i]);
        }

        Span<T> a = network.Predict(parameters, 1).Row(0);
        for (int j = 0; j < a.Length; j++)
        {
            output[j] = TOutput.CreateTruncating(a[j]);
        }
    }
}
