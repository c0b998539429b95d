using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Network;

public class ParameterInitializerTests
{
    private const int Inputs = 200;
    private const int Units = 500;

    // Variances by definition; 100,000 draws: the sample standard deviation lies within four of its own, σ/√(2n), for normal draws.
    [Theory]
    [InlineData("scaled", 1.0 / Inputs, 1.0)]
    [InlineData("large", 1.0, 1.0)]
    [InlineData("he", 2.0 / Inputs, 0.0)]
    [InlineData("glorot", 2.0 / (Inputs + Units), 0.0)]
    public void Weights_and_biases_have_the_variance_of_their_rule(string initializer, double weightVariance, double biasVariance)
    {
        NetworkOptions options = NetworkOptions.FeedForward(Inputs, [], Units, Activation.Relu, Activation.Softmax, Cost.LogLikelihood);
        Parameters parameters = ParameterInitializer.Draw(options, Named.Initializer(initializer), Precision.Double, 5);
        double sum = 0, squares = 0, biasSquares = 0;
        for (int unit = 0; unit < Units; unit++)
        {
            for (int input = 0; input < Inputs; input++)
            {
                double w = parameters.GetWeight(0, unit, input);
                sum += w;
                squares += w * w;
            }

            biasSquares += parameters.GetBias(0, unit) * parameters.GetBias(0, unit);
        }

        const int Draws = Inputs * Units;
        Assert.Equal(0, sum / Draws / Math.Sqrt(weightVariance), 4 / Math.Sqrt(Draws));
        Assert.Equal(1, Math.Sqrt(squares / Draws / weightVariance), 4 / Math.Sqrt(2.0 * Draws));
        Assert.Equal(Math.Sqrt(biasVariance), Math.Sqrt(biasSquares / Units), 4 / Math.Sqrt(2.0 * Units));
    }

    [Fact]
    public void Both_precisions_draw_the_same_numbers()
    {
        NetworkOptions options = NetworkOptions.FeedForward(3, [4], 2, Activation.Relu, Activation.Softmax, Cost.LogLikelihood);
        Parameters single = ParameterInitializer.Draw(options, Initializer.Scaled, Precision.Single, 9);
        Parameters narrowed = ParameterInitializer.Draw(options, Initializer.Scaled, Precision.Double, 9).ToPrecision(Precision.Single);
        Assert.True(single.All<float>().SequenceEqual(narrowed.All<float>()));
    }
}
