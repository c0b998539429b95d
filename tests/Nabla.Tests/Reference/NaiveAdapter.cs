using Nabla.Network;
using Nabla.Network.Activations;
using Nabla.Network.Costs;
using Nabla.Tests.Reference.Naive;
using Nabla.Training.UpdateRules;

namespace Nabla.Tests.Reference;

/// <summary>The one place that knows both sides: options and parameters of the library as a naive network and its training.</summary>
internal static class NaiveAdapter
{
    /// <summary>The same network with the same parameters.</summary>
    public static NaiveNetwork Network(NetworkOptions options, Parameters parameters)
    {
        var layers = new List<INaiveLayer>();
        for (int i = 0; i < options.Layers.Count; i++)
        {
            double[][] tensors = [.. parameters.Tensors.Where(tensor => tensor.Layer == i).Select(parameters.Read)];
            switch (options.Layers[i])
            {
                case Dense dense:
                    layers.Add(new NaiveDense([.. tensors[0].Chunk(options.InputsOf(i))], tensors[1]));
                    layers.Add(Activated(dense.Activation));
                    break;
                case Activate alone:
                    layers.Add(Activated(alone.Activation));
                    break;
                case Dropout dropout:
                    layers.Add(new NaiveDropout(dropout.Probability));
                    break;
                case BatchNormalization:
                    layers.Add(new NaiveBatchNormalization(tensors[0], tensors[1]));
                    break;
                case var other:
                    throw new ArgumentException($"{other} has no naive layer.", nameof(options));
            }
        }

        return new NaiveNetwork(CostOf(options.Cost), [.. layers]);
    }

    /// <summary>The trained parameters in the order of <see cref="NaiveNetwork.Parameters"/>.</summary>
    public static double[] Values(Parameters parameters) => [.. parameters.Tensors.Where(tensor => tensor.IsTrained).SelectMany(parameters.Read)];

    /// <summary>The running statistics, layer by layer.</summary>
    public static double[] State(Parameters parameters) => [.. parameters.Tensors.Where(tensor => !tensor.IsTrained).SelectMany(parameters.Read)];

    /// <summary>The same training: constant learning rate, samples in their order.</summary>
    /// <param name="options">Options of a run without schedule and shuffling.</param>
    /// <param name="parameters">How many parameters the network has.</param>
    /// <param name="samples">n, the size of the training set.</param>
    public static NaiveTraining Training(TrainingOptions options, int parameters, int samples) => new(Rule(options.Optimizer, parameters), _ => options.LearningRate)
    {
        L1 = options.L1 / samples,
        L2 = options.L2 / samples,
        Shards = options.GradientShards,
        LargestNorm = options.ClipNorm ?? double.PositiveInfinity,
    };

    /// <summary>The mini-batches of each epoch, with the masks that the library draws for dropout.</summary>
    public static IEnumerable<IReadOnlyList<NaiveBatch>> Epochs(NetworkOptions network, TrainingOptions options, double[][] inputs, double[][] targets)
    {
        for (int epoch = 1; epoch <= options.Epochs; epoch++)
        {
            bool[][][] masks = [.. Enumerable.Range(0, network.Layers.Count).Where(i => network.Layers[i] is Dropout).Select((i, ordinal) => Survivors(network, i, ordinal, options, epoch, inputs.Length))];
            yield return [.. new NaiveBatch(inputs, targets, masks).Split(options.BatchSize)];
        }
    }

    private static bool[][] Survivors(NetworkOptions network, int layer, int ordinal, TrainingOptions options, int epoch, int samples)
    {
        int units = network.UnitsOf(layer);
        double[] ones = new double[samples * units];
        Array.Fill(ones, 1);
        var pass = (ElementwisePass<double>)network.Layers[layer].CreatePass<double>(new LayerPlace(new SampleShape(units), samples, ordinal, IsTraining: true));
        pass.Apply(ones, [], units, isFirst: true, PassContext.Training(options.Seed, epoch, 0));
        return [.. ones.Chunk(units).Select(row => row.Select(value => value > 0).ToArray())];
    }

    private static INaiveLayer Activated(Activation activation) => activation switch
    {
        Softmax softmax => new NaiveSoftmax(softmax.Constant),
        PerUnit mixed => new NaiveActivation([.. mixed.Units.Select(Function)]),
        _ => new NaiveActivation(Function(activation)),
    };

    private static NaiveFunction Function(Activation activation) => activation switch
    {
        Sigmoid => NaiveFunction.Sigmoid,
        Tanh => NaiveFunction.Tanh,
        Relu => NaiveFunction.Relu,
        LeakyRelu leaky => NaiveFunction.LeakyRelu(leaky.Slope),
        Gelu => NaiveFunction.Gelu,
        Softplus => NaiveFunction.Softplus,
        Linear => NaiveFunction.Linear,
        Step => NaiveFunction.Step,
        Elu { Alpha: 1 } => NaiveFunction.Elu,
        Selu => NaiveFunction.Selu,
        Silu => NaiveFunction.Silu,
        _ => throw new ArgumentException($"{activation} has no naive function.", nameof(activation)),
    };

    private static NaiveCost CostOf(Cost cost) => cost switch
    {
        Quadratic => NaiveCost.Quadratic,
        CrossEntropy => NaiveCost.CrossEntropy,
        LogLikelihood => NaiveCost.LogLikelihood,
        Huber => NaiveCost.Huber,
        _ => throw new ArgumentException($"{cost} has no naive cost.", nameof(cost)),
    };

    private static INaiveUpdateRule Rule(UpdateRule rule, int parameters) => rule switch
    {
        Sgd => new NaiveSgd(),
        Momentum momentum => new NaiveMomentum(parameters, momentum.Mu, isNesterov: false),
        Nesterov nesterov => new NaiveMomentum(parameters, nesterov.Mu, isNesterov: true),
        RmsProp rms => new NaiveRmsProp(parameters, rms.Alpha, rms.Epsilon),
        Adam adam => new NaiveAdam(parameters, adam.Beta1, adam.Beta2, adam.Epsilon, decaysApart: false),
        AdamW adam => new NaiveAdam(parameters, adam.Beta1, adam.Beta2, adam.Epsilon, decaysApart: true),
        Nadam { MomentumDecay: 0.004 } nadam => new NaiveNAdam(parameters, nadam.Beta1, nadam.Beta2, nadam.Epsilon),
        Lion lion => new NaiveLion(parameters, lion.Beta1, lion.Beta2),
        _ => throw new ArgumentException($"{rule} has no naive rule.", nameof(rule)),
    };
}
