using FsCheck;
using FsCheck.Fluent;
using Nabla.Network;
using Nabla.Network.Activations;
using Nabla.Network.Costs;
using Nabla.Network.Initializers;
using Nabla.Training.State;
using Nabla.Training.UpdateRules;

namespace Nabla.Tests.Reference;

/// <summary>A random network, its training, and the seed of its parameters and samples.</summary>
internal sealed record AgreementSetting(NetworkOptions Network, TrainingOptions Training, int Samples)
{
    private static readonly Activation[] Functions =
        [Activation.Sigmoid, Activation.Tanh, Activation.Relu, Activation.LeakyRelu, Activation.Gelu, Activation.Softplus, Activation.Linear, Activation.Step];

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
        $"{Network.Inputs} inputs, {string.Join(", ", Network.Layers.Select(l => $"{l.Units} {(l.UnitActivations is { } units ? string.Join('+', units) : l.Activation)}"))}, "
        + $"{Network.Cost}, c={Network.SoftmaxConstant}, {Samples} samples by {Training.BatchSize}, {Training.Epochs} epochs, {Training.Optimizer.Kind} {Training.LearningRate}, "
        + $"L1={Training.L1}, L2={Training.L2}, dropout={Training.Dropout}, {Training.Threads} threads, seed {Training.Seed}";

    private static Gen<NetworkOptions> Networks =>
        from inputs in Gen.Choose(1, 9)
        from count in Gen.Choose(0, 3)
        from hidden in HiddenLayer.ArrayOf(count)
        from output in Gen.Elements(Outputs)
        from outputs in Gen.Choose(output.Activation == Activation.Softmax ? 2 : 1, 9)
        from constant in Gen.Elements(1, 1, 0.5, 2)
        select new NetworkOptions
        {
            Inputs = inputs,
            Layers = [.. hidden, new LayerOptions(outputs, output.Activation)],
            Cost = output.Cost,
            SoftmaxConstant = constant,
        };

    private static Gen<LayerOptions> HiddenLayer =>
        from units in Gen.Choose(1, 9)
        from activation in Gen.Elements(Functions)
        from each in Gen.Elements(Functions).ArrayOf(units)
        from isMixed in Gen.Elements(false, false, false, true)
        select new LayerOptions(units, activation, isMixed ? each : null);

    private static Gen<TrainingOptions> Trainings =>
        from epochs in Gen.Choose(1, 3)
        from batch in Gen.Choose(1, 12)
        from rule in Gen.Elements(
            (OptimizerKind.Sgd, 0.01), (OptimizerKind.Momentum, 0.001), (OptimizerKind.Nesterov, 0.001), (OptimizerKind.RmsProp, 0.002), (OptimizerKind.Adam, 0.01), (OptimizerKind.AdamW, 0.01))
        from l1 in Gen.Elements(0, 0, 0.1)
        from l2 in Gen.Elements(0, 0, 0.5)
        from dropout in Gen.Elements(0, 0, 0.3)
        from threads in Gen.Choose(1, 3)
        from seed in Gen.Choose(0, int.MaxValue)
        select new TrainingOptions
        {
            Epochs = epochs,
            BatchSize = batch,
            // With the usual 1e−8 RMSProp and Adam would magnify the rounding errors of small gradients a million times.
            Optimizer = new OptimizerOptions { Kind = rule.Item1, Epsilon = 1e-4 },
            LearningRate = rule.Item2,
            L1 = l1,
            L2 = l2,
            Dropout = dropout,
            Threads = threads,
            Seed = (ulong)seed,
            Shuffle = false,
            Precision = Precision.Double,
        };
}
