using Nabla.Network.Activations;
using Nabla.Network.Study;
using Xunit;

namespace Nabla.Tests.Network;

/// <summary>Backpropagation against central differences of the cost, for every activation, output, cost and regularisation that can be trained.</summary>
public class GradientCheckTests
{
    /// <summary>The largest error over all cases is 1.9e−8, in a derivative of 3e−6: the rounding of the differences.</summary>
    private const double Tolerance = 1e-7;

    private const int Samples = 4;

    private static readonly Activation[] Hidden =
        [Activation.Sigmoid, Activation.Tanh, Activation.Relu, Activation.LeakyRelu, Activation.Gelu, Activation.Softplus, Activation.Linear];

    private static readonly (Activation Output, Cost Cost)[] Outputs =
    [
        (Activation.Sigmoid, Cost.CrossEntropy),
        (Activation.Softmax, Cost.LogLikelihood),
        (Activation.Softmax, Cost.Quadratic),
        .. Hidden.Select(output => (output, Cost.Quadratic)),
        (Activation.Linear, Cost.Huber),
        (Activation.Tanh, Cost.Huber),
    ];

    public static TheoryData<Activation, Activation, Cost, double, double, double> Cases =>
    [
        .. from hidden in Hidden
           from output in Outputs
           from regularization in new[] { (0, 0, 0), (0.05, 0, 0), (0, 0.1, 0), (0, 0, 0.4), (0.05, 0.1, 0.4) }
           select (hidden, output.Output, output.Cost, regularization.Item1, regularization.Item2, regularization.Item3),
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_partial_derivative_agrees_with_central_differences(Activation hidden, Activation output, Cost cost, double l1, double l2, double dropout)
    {
        NetworkOptions options = NetworkOptions.FeedForward(5, [4, 6], 3, hidden, output, cost, dropout);
        Assert.Equal((5 * 4) + 4 + (4 * 6) + 6 + (6 * 3) + 3, AssertAgrees(options, l1, l2).Parameters);
    }

    [Fact]
    public void A_layer_of_mixed_units_agrees()
    {
        Dense mixed = new(7, new PerUnit([.. Hidden.Take(7)])), wide = new(3, new PerUnit([Activation.Tanh, Activation.Relu, Activation.Sigmoid]));
        AssertAgrees(new NetworkOptions { Inputs = 5, Layers = [mixed, new Dense(3, Activation.Softmax)] }, 0.05, 0.1);
        AssertAgrees(new NetworkOptions { Inputs = 5, Layers = [mixed, new Dropout(0.3), mixed, wide], Cost = Cost.Quadratic }, 0.05, 0.1);
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(3)]
    public void A_softmax_constant_scales_the_gradient_as_the_cost(double constant)
    {
        foreach (Cost cost in new[] { Cost.LogLikelihood, Cost.Quadratic })
        {
            AssertAgrees(NetworkOptions.FeedForward(5, [4], 3, Activation.Tanh, new Softmax(constant), cost), 0, 0);
        }
    }

    [Fact]
    public void A_network_without_hidden_layers_agrees() =>
        AssertAgrees(NetworkOptions.FeedForward(5, [], 3, Activation.Linear, Activation.Sigmoid, Cost.CrossEntropy), 0.05, 0.1);

    [Fact]
    public void Derivatives_on_a_kink_are_left_out_and_counted()
    {
        // Four weights of 0 on the kink of L1; and at z = 0 of a ReLU output the weight and the bias that move it.
        NetworkOptions options = NetworkOptions.FeedForward(2, [], 2, Activation.Linear, Activation.Softmax, Cost.LogLikelihood);
        GradientCheckResult result = GradientCheck.Run(options, new Parameters(options, Precision.Double), [0.5, -1, 2, 0.25], [1, 0, 0, 1], l1: 0.5);
        Assert.Equal((6, 4), (result.Parameters, result.OnKinks));
        Assert.True(result.LargestRelativeError < Tolerance, result.ToString());

        options = NetworkOptions.FeedForward(1, [], 1, Activation.Linear, Activation.Relu, Cost.Quadratic);
        Assert.Equal(2, GradientCheck.Run(options, new Parameters(options, Precision.Double), [1], [1]).OnKinks);
    }

    [Fact]
    public void The_masks_of_dropout_silence_units()
    {
        // With p = 0.4 over 40 hidden values some are dropped: the gradient is not that of the whole network.
        NetworkOptions options = NetworkOptions.FeedForward(5, [10], 3, Activation.Tanh, Activation.Softmax, Cost.LogLikelihood);
        Parameters parameters = Draw(options);
        (double[] inputs, double[] targets) = GradientCheck.DrawSamples(options, Samples, 2);
        GradientCheckResult whole = GradientCheck.Run(options, parameters, inputs, targets), thinned = GradientCheck.Run(NetworkOptions.FeedForward(5, [10], 3, Activation.Tanh, Activation.Softmax, Cost.LogLikelihood, dropout: 0.4), parameters, inputs, targets, seed: 3);
        Assert.True(whole.LargestRelativeError < Tolerance && thinned.LargestRelativeError < Tolerance);
        Assert.NotEqual(whole.Backpropagated, thinned.Backpropagated);
    }

    [Fact]
    public void The_parameters_stay_as_they_are()
    {
        NetworkOptions options = NetworkOptions.FeedForward(5, [4], 3, Activation.Relu, Activation.Softmax, Cost.LogLikelihood);
        Parameters parameters = Draw(options), before = parameters.Clone();
        (double[] inputs, double[] targets) = GradientCheck.DrawSamples(options, Samples, 2);
        GradientCheck.Run(options, parameters, inputs, targets);
        Assert.True(before.All<double>().SequenceEqual(parameters.All<double>()));
    }

    [Fact]
    public void Single_precision_and_samples_that_do_not_fit_are_refused()
    {
        NetworkOptions options = NetworkOptions.FeedForward(2, [], 3, Activation.Linear, Activation.Softmax, Cost.LogLikelihood);
        var parameters = new Parameters(options, Precision.Double);
        Assert.Throws<ArgumentException>(() => GradientCheck.Run(options, parameters.ToPrecision(Precision.Single), [1, 2], [0, 1, 0]));
        Assert.Throws<ArgumentException>(() => GradientCheck.Run(options, parameters, [1, 2, 3], [0, 1, 0]));
        Assert.Throws<ArgumentException>(() => GradientCheck.Run(options, parameters, [1, 2], [0, 1]));
        Assert.Throws<ArgumentException>(() => GradientCheck.Run(options, parameters, [], []));
    }

    private static GradientCheckResult AssertAgrees(NetworkOptions options, double l1, double l2)
    {
        (double[] inputs, double[] targets) = GradientCheck.DrawSamples(options, Samples, 2);
        GradientCheckResult result = GradientCheck.Run(options, Draw(options), inputs, targets, l1, l2, seed: 3);
        Assert.True(result.LargestRelativeError < Tolerance && result.OnKinks == 0, result.ToString());
        return result;
    }

    private static Parameters Draw(NetworkOptions options) => ParameterInitializer.Draw(options, Initializer.Scaled, Precision.Double, 1);
}
