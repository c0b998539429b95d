using Nabla.Numerics.Memory;

namespace Nabla.Network;

/// <summary>One forward and backward pass in double, laid open: z, a, f′ and δ of every layer and sample, and every gradient.</summary>
/// <remarks>The numbers come from the code that trains. Without dropout and without a penalty.</remarks>
public sealed class Trace
{
    private readonly NetworkOptions options;
    private readonly Backpropagation<double> network;
    private readonly Parameters gradient;
    private readonly Matrix<double>[] weightedInputs;
    private readonly Matrix<double> inputGradients;

    private Trace(NetworkOptions options, Parameters parameters, ReadOnlySpan<double> inputs, ReadOnlySpan<double> targets)
    {
        this.options = options;
        Multiplications = new MultiplicationCount(options.Layers.Count);
        network = StudyPass.Load(options, parameters, inputs, targets, Multiplications);
        Samples = network.Workspace.Capacity;
        gradient = new Parameters(options, Precision.Double);
        Cost = network.Differentiate(parameters, Samples, new Dropout(0, 0, 1, 0), gradient) / Samples;
        inputGradients = new Matrix<double>(Samples, options.Inputs);
        network.BackThroughWeights(parameters, 0, network.Workspace.Deltas(0, Samples), inputGradients);
        // The pass turns z into a in place: the products tell z again.
        weightedInputs = [.. options.Layers.Select(layer => new Matrix<double>(Samples, layer.Units))];
        for (int layer = 0; layer < weightedInputs.Length; layer++)
        {
            network.ComputeWeightedInputs(parameters, layer, Samples, weightedInputs[layer]);
        }
    }

    /// <summary>Number of samples.</summary>
    public int Samples { get; }

    /// <summary>The mean data cost over the samples.</summary>
    public double Cost { get; }

    /// <summary>What the pass multiplied, ∂C/∂x included.</summary>
    public MultiplicationCount Multiplications { get; }

    /// <summary>Runs a pass.</summary>
    /// <param name="options">The architecture.</param>
    /// <param name="parameters">The parameters, in double.</param>
    /// <param name="inputs">[samples, inputs], row by row.</param>
    /// <param name="targets">[samples, outputs], row by row.</param>
    /// <exception cref="ArgumentException">The architecture is not valid, the parameters are not in double, or a length does not fit.</exception>
    public static Trace Of(NetworkOptions options, Parameters parameters, ReadOnlySpan<double> inputs, ReadOnlySpan<double> targets)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new Trace(options, parameters, inputs, targets);
    }

    /// <summary>The data cost of one sample.</summary>
    public double CostOf(int sample) => network.Workspace.Costs(Samples)[sample];

    /// <summary>z of a layer, [units].</summary>
    public double[] WeightedInputs(int layer, int sample = 0) => weightedInputs[layer].Row(sample).ToArray();

    /// <summary>a of a layer, [units].</summary>
    public double[] Activations(int layer, int sample = 0) => network.Workspace.Activations(layer, Samples).Row(sample).ToArray();

    /// <summary>a of the last layer, [outputs].</summary>
    public double[] Outputs(int sample = 0) => Activations(options.Layers.Count - 1, sample);

    /// <summary>f′(z) of a hidden layer, [units].</summary>
    public double[] Derivatives(int layer, int sample = 0) => network.Workspace.Derivatives(layer, Samples).Row(sample).ToArray();

    /// <summary>δ = ∂C_x/∂z of a layer for one sample, [units].</summary>
    public double[] Deltas(int layer, int sample = 0) => network.Workspace.Deltas(layer, Samples).Row(sample).ToArray();

    /// <summary>∂C/∂W of a layer, the mean over the samples, [units, inputs].</summary>
    public double[,] WeightGradient(int layer)
    {
        double[,] result = new double[gradient.UnitsOf(layer), gradient.InputsOf(layer)];
        for (int unit = 0; unit < result.GetLength(0); unit++)
        {
            for (int input = 0; input < result.GetLength(1); input++)
            {
                result[unit, input] = gradient.GetWeight(layer, unit, input) / Samples;
            }
        }

        return result;
    }

    /// <summary>∂C/∂b of a layer, the mean over the samples, [units].</summary>
    public double[] BiasGradient(int layer) =>
        [.. Enumerable.Range(0, gradient.UnitsOf(layer)).Select(unit => gradient.GetBias(layer, unit) / Samples)];

    /// <summary>∂C_x/∂x of one sample, [inputs].</summary>
    public double[] InputGradient(int sample = 0) => inputGradients.Row(sample).ToArray();
}
