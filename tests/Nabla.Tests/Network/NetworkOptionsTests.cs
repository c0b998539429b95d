using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Network;

public class NetworkOptionsTests
{
    [Theory]
    [InlineData("softmax", "cross-entropy")]
    [InlineData("linear", "cross-entropy")]
    [InlineData("linear", "log-likelihood")]
    [InlineData("sigmoid", "log-likelihood")]
    [InlineData("tanh", "cross-entropy")]
    [InlineData("softmax", "huber")]
    public void A_cost_that_does_not_fit_the_output_is_refused_with_the_reason(string output, string cost)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => NetworkOptions.FeedForward(3, [4], 2, Activation.Relu, Named.Activation(output), Named.Cost(cost)));
        Assert.Contains(Named.Cost(cost).ToString(), error.Message, StringComparison.Ordinal);
        Assert.Contains("use ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sigmoid", "quadratic")]
    [InlineData("sigmoid", "cross-entropy")]
    [InlineData("softmax", "log-likelihood")]
    [InlineData("softmax", "quadratic")]
    [InlineData("linear", "quadratic")]
    [InlineData("linear", "huber")]
    public void A_cost_that_fits_the_output_is_taken(string output, string cost) =>
        Assert.Equal(2, NetworkOptions.FeedForward(3, [4], 2, Activation.Relu, Named.Activation(output), Named.Cost(cost)).Outputs);

    [Fact]
    public void Softmax_in_a_hidden_layer_is_refused() =>
        Assert.Throws<ArgumentException>(() => NetworkOptions.FeedForward(3, [4], 2, Activation.Softmax, Activation.Softmax, Cost.LogLikelihood));

    [Fact]
    public void A_network_that_no_memory_holds_is_refused_before_any_is_taken() =>
        Assert.Throws<ArgumentException>(() => NetworkOptions.FeedForward(784, [int.MaxValue, int.MaxValue], 10, Activation.Relu, Activation.Softmax, Cost.LogLikelihood));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(-5, 3)]
    public void Sizes_below_one_are_refused(int inputs, int units) =>
        Assert.Throws<ArgumentException>(() => NetworkOptions.FeedForward(inputs, [units], 2, Activation.Relu, Activation.Softmax, Cost.LogLikelihood));
}
