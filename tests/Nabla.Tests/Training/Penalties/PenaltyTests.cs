using Nabla.Training.Penalties;
using Xunit;

namespace Nabla.Tests.Training.Penalties;

public class PenaltyTests
{
    [Theory]
    [InlineData(0, 2, 0.0013)] // Theory T98.
    [InlineData(2, 0, 0.01)] // Theory T108.
    [InlineData(2, 2, 0.0113)]
    [InlineData(0, 0, 0)]
    public void Two_weights_worked_by_hand(double l1, double l2, double expected)
    {
        Parameters parameters = Filled([], 2, 1, 0);
        parameters.SetWeight(0, 0, 0, 0.3);
        parameters.SetWeight(0, 0, 1, -0.2);
        parameters.SetBias(0, 0, 1000);
        Assert.Equal(expected, Penalty.Value(parameters, l1, l2, 100), 1e-15);
    }

    [Theory]
    [InlineData(Precision.Double, 1e-12)]
    [InlineData(Precision.Single, 1e-7)]
    public void Weights_of_one_over_root_N_cost_lambda_over_2n(Precision precision, double relative)
    {
        // Theory T105: λ = 5, n = 50,000, the book's 784-30-10 network with its N = 23,820 weights.
        Parameters parameters = Filled([30], 784, 10, 0.00647931540578353).ToPrecision(precision);
        Assert.Equal(5e-5, Penalty.Value(parameters, 0, 5, 50_000), 5e-5 * relative);
    }

    [Theory]
    [InlineData(1000, 2)]
    [InlineData(50_000, 14.142135623731)]
    public void The_weight_that_costs_a_hundredth_grows_like_root_n(int n, double weight)
    {
        // Theory T106: λ = 5.
        Assert.Equal(0.01, Penalty.Value(Filled([], 1, 1, weight), 0, 5, n), 1e-12);
    }

    [Fact]
    public void A_training_set_of_no_samples_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Penalty.Value(Filled([], 1, 1, 1), 1, 1, 0));

    /// <summary>Every weight the same; biases of 3, which must not count.</summary>
    private static Parameters Filled(int[] hidden, int inputs, int outputs, double weight)
    {
        NetworkOptions options = NetworkOptions.FeedForward(inputs, hidden, outputs, Activation.Sigmoid, Activation.Sigmoid, Cost.CrossEntropy);
        var parameters = new Parameters(options, Precision.Double);
        for (int layer = 0; layer < parameters.LayerCount; layer++)
        {
            parameters.Weight<double>(layer).Elements.Fill(weight);
            parameters.Bias<double>(layer).Fill(3);
        }

        return parameters;
    }
}
