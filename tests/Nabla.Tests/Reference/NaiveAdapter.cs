using Nabla.Network;
using Nabla.Network.Activations;
using Nabla.Network.Costs;
using Nabla.Numerics.Memory;
using Nabla.Tests.Reference.Naive;
using Nabla.Training.State;
using Nabla.Training.UpdateRules;

namespace Nabla.Tests.Reference;

/// <summary>The one place that knows both sides: options and parameters of the library as a naive network and its training.</summary>
internal static class NaiveAdapter
{
    /// <summary>The same network with the same parameters. A probability above 0 puts a dropout layer behind each hidden layer.</summary>
    public static NaiveNetwork Network(NetworkOptions options, Parameters parameters, double dropout = 0)
    {
        var layers = new List<INaiveLayer>();
        for (int layer = 0; layer < options.Layers.Count; layer++)
        {
            layers.Add(new NaiveDense(Weights(parameters, layer), Biases(parameters, layer)));
            LayerOptions l = options.Layers[layer];
            layers.Add(l.UnitActivations is { } units ? new NaiveActivation([.. units.Select(Function)])
                : l.Activation == Activation.Softmax ? new NaiveSoftmax(options.SoftmaxConstant)
                : new NaiveActivation(Function(l.Activation)));
            if (dropout > 0 && layer + 1 < options.Layers.Count)
            {
                layers.Add(new NaiveDropout(dropout));
            }
        }

        return new NaiveNetwork(CostOf(options.Cost), [.. layers]);
    }

    /// <summary>The parameters in the order of <see cref="NaiveNetwork.Parameters"/>.</summary>
    public static double[] Values(Parameters parameters) =>
        [.. Enumerable.Range(0, parameters.LayerCount).SelectMany(layer => Weights(parameters, layer).SelectMany(row => row).Concat(Biases(parameters, layer)))];

    /// <summary>The same training: constant learning rate, samples in their order.</summary>
    /// <param name="options">Options of a run without schedule and shuffling.</param>
    /// <param name="parameters">How many parameters the network has.</param>
    /// <param name="samples">n, the size of the training set.</param>
    public static NaiveTraining Training(TrainingOptions options, int parameters, int samples) =>
        new(Rule(options.Optimizer, parameters), _ => options.LearningRate) { L1 = options.L1 / samples, L2 = options.L2 / samples };

    /// <summary>The mini-batches of each epoch, with the masks that the library draws for dropout.</summary>
    public static IEnumerable<IReadOnlyList<NaiveBatch>> Epochs(NetworkOptions network, TrainingOptions options, double[][] inputs, double[][] targets)
    {
        for (int epoch = 1; epoch <= options.Epochs; epoch++)
        {
            bool[][][] masks = options.Dropout == 0 ? [] : [.. network.Layers.SkipLast(1).Select((l, layer) => Survivors(options, epoch, layer, inputs.Length, l.Units))];
            yield return [.. new NaiveBatch(inputs, targets, masks).Split(options.BatchSize)];
        }
    }

    private static bool[][] Survivors(TrainingOptions options, int epoch, int layer, int samples, int units)
    {
        Matrix<double> ones = new(samples, units), derivatives = new(samples, units);
        ones.Elements.Fill(1);
        new Dropout(options.Dropout, options.Seed, (uint)epoch, 0).Apply(layer, ones, derivatives);
        return [.. Enumerable.Range(0, samples).Select(sample => ones.Row(sample).ToArray().Select(value => value > 0).ToArray())];
    }

    private static double[][] Weights(Parameters parameters, int layer) =>
        [.. Enumerable.Range(0, parameters.UnitsOf(layer)).Select(unit =>
            Enumerable.Range(0, parameters.InputsOf(layer)).Select(input => parameters.GetWeight(layer, unit, input)).ToArray())];

    private static double[] Biases(Parameters parameters, int layer) =>
        [.. Enumerable.Range(0, parameters.UnitsOf(layer)).Select(unit => parameters.GetBias(layer, unit))];

    private static NaiveFunction Function(Activation activation) => activation switch
    {
        Activation.Sigmoid => NaiveFunction.Sigmoid,
        Activation.Tanh => NaiveFunction.Tanh,
        Activation.Relu => NaiveFunction.Relu,
        Activation.LeakyRelu => NaiveFunction.LeakyRelu(0.01),
        Activation.Gelu => NaiveFunction.Gelu,
        Activation.Softplus => NaiveFunction.Softplus,
        Activation.Linear => NaiveFunction.Linear,
        Activation.Step => NaiveFunction.Step,
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "Not a function of single units."),
    };

    private static NaiveCost CostOf(Cost cost) => cost switch
    {
        Cost.Quadratic => NaiveCost.Quadratic,
        Cost.CrossEntropy => NaiveCost.CrossEntropy,
        Cost.LogLikelihood => NaiveCost.LogLikelihood,
        Cost.Huber => NaiveCost.Huber,
        _ => throw new ArgumentOutOfRangeException(nameof(cost), cost, "Unknown cost."),
    };

    private static INaiveUpdateRule Rule(OptimizerOptions options, int parameters) => options.Kind switch
    {
        OptimizerKind.Sgd => new NaiveSgd(),
        OptimizerKind.Momentum => new NaiveMomentum(parameters, options.Momentum, isNesterov: false),
        OptimizerKind.Nesterov => new NaiveMomentum(parameters, options.Momentum, isNesterov: true),
        OptimizerKind.RmsProp => new NaiveRmsProp(parameters, options.Alpha, options.Epsilon),
        OptimizerKind.Adam => new NaiveAdam(parameters, options.Beta1, options.Beta2, options.Epsilon, decaysApart: false),
        OptimizerKind.AdamW => new NaiveAdam(parameters, options.Beta1, options.Beta2, options.Epsilon, decaysApart: true),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Kind, "Unknown optimizer."),
    };
}
