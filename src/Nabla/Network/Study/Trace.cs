using Nabla.Numerics.Memory;

namespace Nabla.Network.Study;

/// <summary>One forward and backward pass in double, laid open: z, a, f′ and δ of every layer and sample, and every gradient.</summary>
/// <remarks>
/// The numbers come from the code that trains. Without dropout and without a penalty. A layer here is one that transforms its inputs,
/// with the activation behind it: in a network of dense layers, one of these.
/// </remarks>
public sealed class Trace
{
    private readonly Backpropagation<double> network;
    private readonly Parameters gradient;
    private readonly bool[] hasDerivatives;
    private readonly Matrix<double>[] weightedInputs;
    private readonly Matrix<double> inputGradients;

    private Trace(NetworkOptions options, Parameters parameters, ReadOnlySpan<double> inputs, ReadOnlySpan<double> targets)
    {
        var structure = new NetworkStructure(options);
        network = StudyPass.Load(options, parameters, inputs, targets);
        Samples = network.Workspace.Capacity;
        Multiplications = MultiplicationCount.Of(structure, Samples);
        gradient = parameters.NewGradient();
        Cost = network.Differentiate(parameters, Samples, PassContext.Study, gradient) / Samples;
        inputGradients = new Matrix<double>(Samples, options.Inputs);
        network.ComputeInputGradient(parameters, Samples, PassContext.Study, inputGradients);
        hasDerivatives = [.. structure.Stages.Select((_, stage) => network.HasSlopes(stage))];
        // The pass turns z into a in place: computed once more.
        weightedInputs = [.. structure.Stages.Select(stage => new Matrix<double>(Samples, stage.Units))];
        for (int stage = 0; stage < weightedInputs.Length; stage++)
        {
            network.ComputeWeightedInputs(parameters, stage, Samples, PassContext.Study, weightedInputs[stage]);
        }
    }

    /// <summary>Number of samples.</summary>
    public int Samples { get; }

    /// <summary>The mean data cost over the samples.</summary>
    public double Cost { get; }

    /// <summary>The multiplications of the pass, ∂C/∂x included.</summary>
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
    public double[] Outputs(int sample = 0) => Activations(network.StageCount - 1, sample);

    /// <summary>f′(z) of a hidden layer, [units].</summary>
    public double[] Derivatives(int layer, int sample = 0)
    {
        if (hasDerivatives[layer])
        {
            return network.Workspace.Derivatives(layer, Samples).Row(sample).ToArray();
        }

        double[] ones = new double[weightedInputs[layer].Columns];
        Array.Fill(ones, 1);
        return ones;
    }

    /// <summary>δ = ∂C_x/∂z of a layer for one sample, [units].</summary>
    public double[] Deltas(int layer, int sample = 0) => network.Workspace.Deltas(layer, Samples).Row(sample).ToArray();

    /// <summary>∂C/∂tensor of a trained tensor, the mean over the samples, in the order of files.</summary>
    /// <param name="tensor">One of the parameters' tensors.</param>
    public double[] Gradient(ParameterTensor tensor) => [.. gradient.Read(tensor).Select(sum => sum / Samples)];

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
