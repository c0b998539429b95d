using Nabla.Tests.Reference.Naive;
using Xunit;

namespace Nabla.Tests.Reference;

/// <summary>The backward pass of the naive network against central differences of its own forward pass.</summary>
public class NaiveBackpropagationTests
{
    private const double H = 1e-5;

    /// <summary>Truncation (h²/6 of a third derivative) and rounding (1e−16/h) of the differences: 1.4e−9 at most.</summary>
    private const double Tolerance = 1e-8;

    private static readonly Dictionary<string, NaiveFunction> Functions = new()
    {
        ["sigmoid"] = NaiveFunction.Sigmoid,
        ["tanh"] = NaiveFunction.Tanh,
        ["relu"] = NaiveFunction.Relu,
        ["leaky relu"] = NaiveFunction.LeakyRelu(0.2),
        ["gelu"] = NaiveFunction.Gelu,
        ["softplus"] = NaiveFunction.Softplus,
        ["linear"] = NaiveFunction.Linear,
        ["step"] = NaiveFunction.Step,
        ["elu"] = NaiveFunction.Elu,
        ["silu"] = NaiveFunction.Silu,
        ["selu"] = NaiveFunction.Selu,
    };

    private static readonly Dictionary<string, (Func<INaiveLayer> Output, NaiveCost Cost)> Outputs = new()
    {
        ["sigmoid cross-entropy"] = (() => new NaiveActivation(NaiveFunction.Sigmoid), NaiveCost.CrossEntropy),
        ["softmax log-likelihood"] = (() => new NaiveSoftmax(1), NaiveCost.LogLikelihood),
        ["softmax quadratic"] = (() => new NaiveSoftmax(1.5), NaiveCost.Quadratic),
        ["linear huber"] = (() => new NaiveActivation(NaiveFunction.Linear), NaiveCost.Huber),
        ["mixed quadratic"] = (() => new NaiveActivation(NaiveFunction.Linear, NaiveFunction.Tanh, NaiveFunction.Relu), NaiveCost.Quadratic),
    };

    public static TheoryData<string, string, int> Cases =>
        [.. from function in Functions.Keys from output in Outputs.Keys from samples in new[] { 1, 6 } select (function, output, samples)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_derivative_is_the_central_difference(string function, string output, int samples)
    {
        NaiveFunction f = Functions[function];
        var network = new NaiveNetwork(
            Outputs[output].Cost,
            new NaiveDense(Numbers(1, 4, 3), Numbers(2, 1, 4)[0]),
            new NaiveBatchNormalization(Numbers(3, 1, 4)[0], Numbers(4, 1, 4)[0]),
            new NaiveActivation(f),
            new NaiveDropout(0.5),
            new NaiveDense(Numbers(5, 5, 4), Numbers(6, 1, 5)[0]),
            new NaiveActivation(f),
            new NaiveDense(Numbers(7, 3, 5), Numbers(8, 1, 3)[0]),
            Outputs[output].Output());
        double[][] inputs = Numbers(9, samples, 3), targets = [.. Numbers(10, samples, 3).Select(row => row.Select(y => Math.Abs(y) / 2).ToArray())];
        bool[][] survives = [.. Enumerable.Range(0, samples).Select(s => Enumerable.Range(0, 4).Select(unit => ((3 * s) + unit) % 3 != 0).ToArray())];
        var batch = new NaiveBatch(inputs, targets, survives);
        NaivePass pass = network.Differentiate(batch);

        double[] parameters = network.Parameters;
        for (int i = 0; i < parameters.Length; i++)
        {
            double original = parameters[i];
            Compare(pass.GradientSum[i], $"parameter {i}", h =>
            {
                parameters[i] = original + h;
                network.Parameters = parameters;
            });
        }

        for (int s = 0; s < samples; s++)
        {
            for (int i = 0; i < inputs[s].Length; i++)
            {
                double original = inputs[s][i];
                Compare(pass.InputGradient[s][i], $"input {i} of sample {s}", h => inputs[s][i] = original + h);
            }
        }

        void Compare(double derivative, string where, Action<double> move)
        {
            move(H);
            double above = network.Differentiate(batch).CostSum;
            move(-H);
            double below = network.Differentiate(batch).CostSum;
            move(0);
            double difference = (above - below) / (2 * H);
            Assert.True(Math.Abs(derivative - difference) <= Tolerance * Math.Max(1, Math.Abs(derivative)), $"{where}: {derivative:R}, but the difference is {difference:R}");
        }
    }

    /// <summary>[rows][columns] of numbers in (−1, 1).</summary>
    private static double[][] Numbers(int seed, int rows, int columns) =>
        [.. Enumerable.Range(0, rows).Select(i => Enumerable.Range(0, columns).Select(j => (((seed * 7919) + (i * 104729) + (j * 1299709)) % 2003 - 1001) / 1024.0).ToArray())];
}
