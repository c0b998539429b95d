using System.Text.Json;
using Nabla.Tests.Reference.Naive;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Reference;

/// <summary>Whole naive runs against PyTorch in float64: tests/golden/trajectories.py, whose formulas stand here again.</summary>
public class NaiveTrajectoryTests
{
    private const int Samples = 200, Pixels = 24, Classes = 5, Epochs = 4, Stride = 13;

    /// <summary>A hundred updates amplify the roundings.</summary>
    private const double Tolerance = 1e-12;

    private static readonly JsonElement Runs = Golden.Read("trajectories.json").GetProperty("runs");

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Runs.GetArrayLength())];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_naive_run_arrives_where_PyTorchs_does(int index)
    {
        JsonElement run = Runs[index];
        (NaiveNetwork network, int[] sizes) = Network(run);
        var training = new NaiveTraining(Rule(run.GetProperty("optimizer").GetString()!, network.Count), _ => run.GetProperty("rate").GetDouble())
        {
            L1 = run.GetProperty("l1").GetDouble() / Samples,
            L2 = run.GetProperty("l2").GetDouble() / Samples,
        };
        NaiveBatch[] batches = [.. Data().Split(run.GetProperty("batch").GetInt32())];
        double[] costs = training.Run(network, Enumerable.Repeat(batches, Epochs));

        string name = $"run {index}";
        NaiveComparison.AssertClose([run.GetProperty("first_cost").GetDouble(), run.GetProperty("last_cost").GetDouble()], [costs[0], costs[^1]], Tolerance, name);
        IEnumerable<double> rest = network.Parameters;
        foreach ((JsonElement tensor, int size) in run.GetProperty("tensors").EnumerateArray().Zip(sizes))
        {
            double[] values = [.. rest.Take(size)];
            rest = rest.Skip(size);
            NaiveComparison.AssertClose(tensor.GetProperty("values").Doubles(), [.. values.Where((_, i) => i % Stride == 0)], Tolerance, name);
            NaiveComparison.AssertClose(
                [tensor.GetProperty("sum").GetDouble(), tensor.GetProperty("squares").GetDouble()], [values.Sum(), values.Sum(w => w * w)], Tolerance, name);
        }

        Assert.Empty(rest);
    }

    private static NaiveBatch Data() => new(
        Table(Samples, Pixels, (i, j) => ((i * 7919L) + (j * 104729L)) % 251 / 255.0),
        Table(Samples, Classes, (i, k) => ((i * i) + (i / 3)) % Classes == k ? 1 : 0));

    /// <summary>The network with its first parameters, and the sizes of its weights and biases in turn.</summary>
    private static (NaiveNetwork Network, int[] Sizes) Network(JsonElement run)
    {
        (NaiveFunction activation, INaiveLayer output, NaiveCost cost) = run.GetProperty("network").GetString() switch
        {
            "sigmoid-cross-entropy" => (NaiveFunction.Sigmoid, (INaiveLayer)new NaiveActivation(NaiveFunction.Sigmoid), NaiveCost.CrossEntropy),
            "relu-log-likelihood" => (NaiveFunction.Relu, new NaiveSoftmax(1), NaiveCost.LogLikelihood),
            "tanh-quadratic" => (NaiveFunction.Tanh, new NaiveActivation(NaiveFunction.Linear), NaiveCost.Quadratic),
            var other => throw new InvalidOperationException(other),
        };
        int[] units = [Pixels, .. run.GetProperty("hidden").EnumerateArray().Select(u => u.GetInt32()), Classes];
        var layers = new List<INaiveLayer>();
        var sizes = new List<int>();
        for (int layer = 0; layer + 1 < units.Length; layer++)
        {
            int l = layer + 1;
            layers.Add(new NaiveDense(
                Table(units[l], units[layer], (o, i) => ((((l * 7919L) + (o * 104729L) + (i * 1299709L)) % 2003) - 1001) / 4096.0),
                Table(1, units[l], (_, o) => ((((l * 104729L) + (o * 7919L)) % 1009) - 504) / 8192.0)[0]));
            layers.Add(l + 1 < units.Length ? new NaiveActivation(activation) : output);
            sizes.AddRange([units[l] * units[layer], units[l]]);
        }

        return (new NaiveNetwork(cost, [.. layers]), [.. sizes]);
    }

    private static INaiveUpdateRule Rule(string name, int count) => name switch
    {
        "sgd" => new NaiveSgd(),
        "momentum" => new NaiveMomentum(count, 0.9, isNesterov: false),
        "nesterov" => new NaiveMomentum(count, 0.9, isNesterov: true),
        "rmsprop" => new NaiveRmsProp(count, 0.99, 1e-8),
        "adam" => new NaiveAdam(count, 0.9, 0.999, 1e-8, decaysApart: false),
        "adamw" => new NaiveAdam(count, 0.9, 0.999, 1e-8, decaysApart: true),
        _ => throw new InvalidOperationException(name),
    };

    private static double[][] Table(int rows, int columns, Func<int, int, double> value) =>
        [.. Enumerable.Range(0, rows).Select(i => Enumerable.Range(0, columns).Select(j => value(i, j)).ToArray())];
}
