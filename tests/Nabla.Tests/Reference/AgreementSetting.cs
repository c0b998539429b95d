using FsCheck;
using FsCheck.Fluent;
using Nabla.Network;
using Nabla.Network.Activations;
using Nabla.Network.Study;
using Nabla.Numerics.Random;
using Nabla.Training.UpdateRules;

namespace Nabla.Tests.Reference;

/// <summary>A random network, its training, and the seed of its parameters and samples.</summary>
internal sealed record AgreementSetting(NetworkOptions Network, TrainingOptions Training, int Samples)
{
    private static readonly Activation[] Functions =
        [Activation.Sigmoid, Activation.Tanh, Activation.Relu, Activation.LeakyRelu, Activation.Gelu, Activation.Softplus, Activation.Linear, Activation.Step, new LeakyRelu(0.2), new Elu(), new Selu(), new Silu()];

    private static readonly (Activation Activation, Cost Cost)[] Outputs =
    [
        (Activation.Sigmoid, Cost.CrossEntropy),
        (Activation.Softmax, Cost.LogLikelihood),
        (Activation.Softmax, Cost.Quadratic),
        (Activation.Linear, Cost.Huber),
        (Activation.Tanh, Cost.Huber),
        .. Functions.Select(output => (output, Cost.Quadratic)),
    ];

    public static Gen<AgreementSetting> Any { get; } =
        from network in Networks
        from training in Trainings
        from samples in Gen.Choose(1, 24)
        select new AgreementSetting(network, training, samples);

    /// <summary>Weights N(0, 1/n_in) and biases N(0, 1); with the cross-entropy all are halved until no output is saturated.</summary>
    /// <remarks>The naive cross-entropy takes ln(1 − a) of a rounded a: near 1 nothing could be compared.</remarks>
    public Parameters DrawParameters()
    {
        Parameters parameters = ParameterInitializer.Draw(Network, Initializer.Scaled, Precision.Double, Training.Seed);
        MoveFromKinks(parameters);
        double[][] inputs = DrawSamples().Inputs;
        while (Network.Cost == Cost.CrossEntropy && NaiveAdapter.Network(Network, parameters).Predict(inputs).Any(a => a.Any(aj => aj is < 1e-3 or > 1 - 1e-3)))
        {
            foreach (ref double w in parameters.All<double>())
            {
                w /= 2;
            }
        }

        return parameters;
    }

    /// <summary>Inputs N(0, 1) and targets that suit the cost, [samples][values].</summary>
    public (double[][] Inputs, double[][] Targets) DrawSamples()
    {
        (double[] inputs, double[] targets) = GradientCheck.DrawSamples(Network, Samples, Training.Seed);
        return ([.. inputs.Chunk(Network.Inputs)], [.. targets.Chunk(Network.Outputs)]);
    }

    /// <summary>All that a failing case needs to be written down as a fact.</summary>
    public override string ToString() =>
        $"{Network.Inputs} inputs, {string.Join(", ", Network.Layers.Select(layer => layer.Activation is PerUnit mixed ? $"{layer} {string.Join('+', mixed.Units)}" : $"{layer}"))}, "
        + $"{Network.Cost}, {Samples} samples by {Training.BatchSize}, {Training.Epochs} epochs, {Training.Optimizer} {Training.LearningRate}, "
        + $"L1={Training.L1}, L2={Training.L2}, clip {Training.ClipNorm}, {Training.GradientShards} shards, {Training.Threads} threads, seed {Training.Seed}";

    private static Gen<NetworkOptions> Networks =>
        from inputs in Gen.Choose(1, 9)
        from count in Gen.Choose(0, 3)
        from isNormalized in Gen.Elements(false, false, true)
        from hidden in HiddenLayers(isNormalized).ArrayOf(count)
        from output in Gen.Elements(Outputs)
        from outputs in Gen.Choose(output.Activation == Activation.Softmax ? 2 : 1, 9)
        from constant in Gen.Elements(1, 1, 0.5, 2)
        select new NetworkOptions
        {
            Inputs = inputs,
            Layers = [.. hidden.SelectMany(layers => layers), new Dense(outputs, output.Activation == Activation.Softmax ? new Softmax(constant) : output.Activation)],
            Cost = output.Cost,
        };

    /// <summary>A dense layer and what may stand around it. Where a network is normalised no unit steps: rounding would decide on which side of the step it is.</summary>
    private static Gen<Layer[]> HiddenLayers(bool isNormalized) =>
        from units in Gen.Choose(1, 9)
        from activation in Gen.Elements(isNormalized ? [.. Functions.Where(function => function != Activation.Step)] : Functions)
        from each in Gen.Elements(Functions).ArrayOf(units)
        from isMixed in Gen.Elements(false, false, false, true)
        from dropout in Gen.Elements(0, 0, 0.3)
        from before in Gen.Elements(false, true)
        select new Layer[]?[]
        {
            isNormalized && !before ? [new Dense(units), new BatchNormalization(), new Activate(activation)] : [new Dense(units, isMixed && !isNormalized ? new PerUnit(each) : activation)],
            isNormalized && before ? [new BatchNormalization()] : null,
            dropout > 0 ? [new Dropout(dropout)] : null,
        }.OfType<Layer[]>().SelectMany(layers => layers).ToArray();

    /// <summary>γ and β off 1 and 0: a unit that is the same for all samples would stand exactly on the kink of its activation.</summary>
    private void MoveFromKinks(Parameters parameters)
    {
        var random = new CounterRandom(Training.Seed, RandomPurpose.GradientCheck, 1);
        foreach (ParameterTensor tensor in parameters.Tensors.Where(tensor => Network.Layers[tensor.Layer] is BatchNormalization && tensor.IsTrained))
        {
            parameters.Write(tensor, [.. parameters.Read(tensor).Select(value => value + random.NextDouble(0.2, 0.8))]);
        }
    }

    private static Gen<TrainingOptions> Trainings =>
        from epochs in Gen.Choose(1, 3)
        from batch in Gen.Choose(1, 12)
        from rule in Gen.Elements(
            (UpdateRule.Sgd, 0.01), (new Momentum(), 0.001), (new Nesterov(), 0.001), (new RmsProp(Epsilon: 1e-4), 0.002), (new Adam(Epsilon: 1e-4), 0.01), (new AdamW(Epsilon: 1e-4), 0.01), (new Nadam(Epsilon: 1e-4), 0.01))
        from l1 in Gen.Elements(0, 0, 0.1)
        from l2 in Gen.Elements(0, 0, 0.5)
        from clip in Gen.Elements<double?>(null, null, 0.1)
        from shards in Gen.Elements(1, 1, 1, 2, 3, 5)
        from threads in Gen.Choose(1, 3)
        from seed in Gen.Choose(0, int.MaxValue)
        select new TrainingOptions
        {
            Epochs = epochs,
            BatchSize = batch,
            // With the usual 1e−8 RMSProp and Adam would magnify the rounding errors of small gradients a million times.
            Optimizer = rule.Item1,
            LearningRate = rule.Item2,
            L1 = l1,
            L2 = l2,
            ClipNorm = clip,
            GradientShards = shards,
            Threads = threads,
            Seed = (ulong)seed,
            Shuffle = false,
            Precision = Precision.Double,
        };
}
