using System.Text.Json;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Training;

/// <summary>Whole runs against PyTorch in float64: tests/golden/trajectories.py.</summary>
public class TrajectoryTests
{
    private const int Samples = 200, Pixels = 24, Classes = 5, Stride = 13;

    /// <summary>A hundred steps amplify the roundings, about 1e−16 each and in another order than PyTorch's, to less than 1e−13.</summary>
    private const double Tolerance = 1e-10;

    private static readonly JsonElement Runs = Golden.Read("trajectories.json").GetProperty("runs");

    public static TheoryData<int, string> Cases => [.. Runs.EnumerateArray().Select((run, i) => (
        i,
        $"{run.GetProperty("network")} {run.GetProperty("optimizer")} L1={run.GetProperty("l1")} L2={run.GetProperty("l2")} batch={run.GetProperty("batch")}"))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_run_arrives_where_PyTorchs_does(int index, string name)
    {
        JsonElement run = Runs[index];
        NetworkOptions architecture = Architecture(run);
        TrainingResult result = Trainer.Train(architecture, new DataSplit(Data(), null, null), new TrainingOptions
        {
            Epochs = 4,
            BatchSize = run.GetProperty("batch").GetInt32(),
            LearningRate = run.GetProperty("rate").GetDouble(),
            Optimizer = Named.Rule(run.GetProperty("optimizer").GetString()!),
            L1 = run.GetProperty("l1").GetDouble(),
            L2 = run.GetProperty("l2").GetDouble(),
            Shuffle = false,
            Precision = Precision.Double,
            Threads = 1,
            InitialParameters = Start(architecture),
        });

        Assert.True(Math.Abs(run.GetProperty("first_cost").GetDouble() - result.Epochs[0].TrainCost) < Tolerance, $"{name}: cost of the first epoch {result.Epochs[0].TrainCost}");
        Assert.True(Math.Abs(run.GetProperty("last_cost").GetDouble() - result.Epochs[^1].TrainCost) < Tolerance, $"{name}: cost of the last epoch {result.Epochs[^1].TrainCost}");
        JsonElement tensors = run.GetProperty("tensors");
        Assert.Equal(2 * architecture.Layers.Count, tensors.GetArrayLength());
        for (int layer = 0; layer < architecture.Layers.Count; layer++)
        {
            AssertClose(tensors[2 * layer], Weights(result.Parameters, layer), $"{name}: weights of layer {layer}");
            AssertClose(tensors[(2 * layer) + 1], Biases(result.Parameters, layer), $"{name}: biases of layer {layer}");
        }
    }

    private static void AssertClose(JsonElement expected, double[] actual, string where)
    {
        double[] values = expected.GetProperty("values").Doubles();
        Assert.Equal((actual.Length + Stride - 1) / Stride, values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            Assert.True(Math.Abs(values[i] - actual[i * Stride]) < Tolerance, $"{where}: value {i * Stride} is {actual[i * Stride]:R}, not {values[i]:R}");
        }

        // Each of the values not listed counts in these two.
        Assert.Equal(expected.GetProperty("sum").GetDouble(), actual.Sum(), Tolerance);
        Assert.Equal(expected.GetProperty("squares").GetDouble(), actual.Sum(w => w * w), Tolerance);
    }

    private static NetworkOptions Architecture(JsonElement run)
    {
        int[] hidden = [.. run.GetProperty("hidden").EnumerateArray().Select(units => units.GetInt32())];
        (Activation activation, Activation output, Cost cost) = run.GetProperty("network").GetString() switch
        {
            "sigmoid-cross-entropy" => (Activation.Sigmoid, Activation.Sigmoid, Cost.CrossEntropy),
            "relu-log-likelihood" => (Activation.Relu, Activation.Softmax, Cost.LogLikelihood),
            _ => (Activation.Tanh, Activation.Linear, Cost.Quadratic),
        };
        return NetworkOptions.FeedForward(Pixels, hidden, Classes, activation, output, cost);
    }

    private static Dataset Data()
    {
        byte[] pixels = [.. from i in Enumerable.Range(0, Samples) from j in Enumerable.Range(0, Pixels) select (byte)(((i * 7919) + (j * 104729)) % 251)];
        int[] labels = [.. Enumerable.Range(0, Samples).Select(i => ((i * i) + (i / 3)) % Classes)];
        return Dataset.FromImages("formula", pixels, new ImageShape(4, 6), labels, ["a", "b", "c", "d", "e"]);
    }

    private static Parameters Start(NetworkOptions architecture)
    {
        var parameters = new Parameters(architecture, Precision.Double);
        for (int layer = 0; layer < architecture.Layers.Count; layer++)
        {
            for (int unit = 0; unit < parameters.UnitsOf(layer); unit++)
            {
                for (int input = 0; input < parameters.InputsOf(layer); input++)
                {
                    parameters.SetWeight(layer, unit, input, (((((layer + 1) * 7919) + (unit * 104729) + (input * 1299709)) % 2003) - 1001) / 4096.0);
                }

                parameters.SetBias(layer, unit, (((((layer + 1) * 104729) + (unit * 7919)) % 1009) - 504) / 8192.0);
            }
        }

        return parameters;
    }

    private static double[] Weights(Parameters parameters, int layer) =>
        [.. from unit in Enumerable.Range(0, parameters.UnitsOf(layer)) from input in Enumerable.Range(0, parameters.InputsOf(layer)) select parameters.GetWeight(layer, unit, input)];

    private static double[] Biases(Parameters parameters, int layer) =>
        [.. Enumerable.Range(0, parameters.UnitsOf(layer)).Select(unit => parameters.GetBias(layer, unit))];
}
