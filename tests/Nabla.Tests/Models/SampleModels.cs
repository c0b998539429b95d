using Nabla.Network.Activations;
using Nabla.Numerics.Random;

namespace Nabla.Tests.Models;

/// <summary>Models to save and load.</summary>
internal static class SampleModels
{
    private static readonly Activation[] Hidden =
        [Activation.Sigmoid, Activation.Tanh, Activation.Relu, Activation.LeakyRelu, Activation.Gelu, Activation.Softplus, Activation.Linear];

    /// <summary>A model in which everything that a file must keep is drawn at random.</summary>
    public static Model Draw(uint seed)
    {
        var random = new CounterRandom(seed, (RandomPurpose)0xF2, 0, 0);
        int inputs = 1 + random.NextInt32(6);
        var layers = new List<Layer>();
        for (int layer = random.NextInt32(3); layer > 0; layer--)
        {
            int units = 1 + random.NextInt32(5);
            Activation[] each = new Activation[units];
            for (int unit = 0; unit < units; unit++)
            {
                each[unit] = Hidden[random.NextInt32(Hidden.Length)];
            }

            layers.Add(new Dense(units, random.NextInt32(2) == 0 ? new PerUnit(each) : each[0]));
        }

        int kind = random.NextInt32(4), outputs = 2 + random.NextInt32(3);
        (Activation output, Cost cost) = kind switch
        {
            0 => (Activation.Softmax, Cost.LogLikelihood),
            1 or 2 => (Activation.Sigmoid, Cost.CrossEntropy),
            _ => (Activation.Linear, Cost.Quadratic),
        };
        double constant = 0.1 + random.NextDouble();
        layers.Add(new Dense(outputs, output == Activation.Softmax ? new Softmax(constant) : output));
        var architecture = new NetworkOptions { Inputs = inputs, Layers = layers, Cost = cost };
        int classes = kind == 3 ? 0 : kind == 2 ? (1 << outputs) - 1 : outputs;
        return new Model(
            architecture,
            ParameterInitializer.Draw(architecture, Initializer.Large, random.NextInt32(2) == 0 ? Precision.Single : Precision.Double, seed),
            [.. Enumerable.Range(0, classes).Select(i => $"Klasse \"{i}\" \\ ß ∇\n")],
            random.NextInt32(2) == 0 ? new ImageShape(1, inputs) : null,
            kind == 2 ? TargetCoding.Binary : TargetCoding.OneHot,
            new ModelFacts
            {
                Data = "drawn",
                TrainCount = random.NextInt32(1000),
                Epochs = 7,
                Seed = ulong.MaxValue - seed,
                Optimizer = "rmsprop",
                LearningRate = random.NextDouble(),
                StoppedBy = StopReason.EarlyStop,
                TestAccuracy = random.NextInt32(2) == 0 ? random.NextDouble() : null,
                NablaVersion = "0.0.1",
            });
    }

    /// <summary>All bits of the parameters as doubles.</summary>
    public static double[] Values(Parameters parameters) => parameters.Precision == Precision.Single
        ? [.. parameters.All<float>().ToArray().Select(value => (double)value)]
        : parameters.All<double>().ToArray();

    /// <summary>Sets weights and biases in the order of the file: rows of the weight, then the bias, layer by layer.</summary>
    public static Parameters Parameters(NetworkOptions architecture, Precision precision, params double[] values)
    {
        var parameters = new Parameters(architecture, precision);
        int next = 0;
        for (int layer = 0; layer < parameters.LayerCount; layer++)
        {
            for (int unit = 0; unit < parameters.UnitsOf(layer); unit++)
            {
                for (int input = 0; input < parameters.InputsOf(layer); input++)
                {
                    parameters.SetWeight(layer, unit, input, values[next++]);
                }
            }

            for (int unit = 0; unit < parameters.UnitsOf(layer); unit++)
            {
                parameters.SetBias(layer, unit, values[next++]);
            }
        }

        return parameters;
    }
}
