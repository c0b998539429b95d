using Nabla.Network.Activations;
using Nabla.Network.Costs;
using Nabla.Numerics.Memory;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Network;

public class OutputCostTests
{
    // Theory T09 and T110: softplus(z) − y·z, finite and exact far into saturation.
    [Theory]
    [InlineData(40, 0, 40.00000000000000, 1)]
    [InlineData(20, 0, 20.00000000206115, 0.9999999979388463)]
    [InlineData(1000, 0, 1000, 1)]
    [InlineData(-1000, 1, 1000, -1)]
    [InlineData(-1000, 0, 0, 0)]
    [InlineData(37, 0, 37, 1)]
    [InlineData(800, 0, 800, 1)]
    [InlineData(-800, 1, 800, -1)]
    public void Cross_entropy_from_the_weighted_input_stays_finite_in_saturation(double z, double y, double cost, double delta)
    {
        (double c, double[] d, _) = Differentiate(Activation.Sigmoid, Cost.CrossEntropy, [z], [y]);
        Assert.Equal(cost, c, 1e-14 * Math.Max(1, cost));
        Assert.Equal(delta, d[0], 1e-15);
    }

    [Fact]
    public void Cross_entropy_delta_is_activation_minus_target()
    {
        // Theory T14: z = 1, y = 0.3.
        (_, double[] d, double[] a) = Differentiate(Activation.Sigmoid, Cost.CrossEntropy, [1], [0.3]);
        Assert.Equal(0.4310585786300049, d[0], 1e-15);
        Assert.Equal(0.7310585786300049, a[0], 1e-15);
    }

    [Fact]
    public void The_cost_at_the_target_is_the_binary_entropy()
    {
        // Theory T12: y = 0.3 at σ(z) = 0.3.
        (double c, double[] d, _) = Differentiate(Activation.Sigmoid, Cost.CrossEntropy, [Math.Log(0.3 / 0.7)], [0.3]);
        Assert.Equal(0.6108643020548935, c, 1e-14);
        Assert.Equal(0, d[0], 1e-15);
    }

    [Fact]
    public void Log_likelihood_delta_is_activation_minus_target()
    {
        // Theory T45, T46: SOFT with y = 3.
        (double c, double[] d, double[] a) = Differentiate(Activation.Softmax, Cost.LogLikelihood, [1, 2, 3], [0, 0, 1]);
        Assert.Equal(0.40760596444438, c, 1e-13);
        Assert.Equal([0.0900305731703805, 0.244728471054798, -0.334759044225178], d, (x, y) => Math.Abs(x - y) < 1e-14);
        Assert.Equal([0.0900305731703805, 0.244728471054798, 0.665240955774822], a, (x, y) => Math.Abs(x - y) < 1e-14);
    }

    [Fact]
    public void The_softmax_constant_multiplies_the_log_likelihood_delta()
    {
        // Theory T60: c = 2, y = 3.
        (double c, double[] d, _) = Differentiate(Activation.Softmax, Cost.LogLikelihood, [1, 2, 3], [0, 0, 1], 2);
        Assert.Equal(0.1429316284999, c, 1e-12);
        Assert.Equal([0.0317524799529335, 0.234620855652397, -0.26637333560533], d, (x, y) => Math.Abs(x - y) < 1e-13);
    }

    [Fact]
    public void Quadratic_cost_behind_softmax_goes_through_the_whole_Jacobian()
    {
        double[] z = [0.3, -1.2, 0.8], y = [0.2, 0.5, 0.3];
        (_, double[] d, double[] a) = Differentiate(Activation.Softmax, Cost.Quadratic, z, y, 1.5);
        for (int j = 0; j < 3; j++)
        {
            double expected = 0;
            for (int k = 0; k < 3; k++)
            {
                expected += (a[k] - y[k]) * 1.5 * a[k] * ((k == j ? 1 : 0) - a[j]);
            }

            Assert.Equal(expected, d[j], 1e-15);
        }
    }

    [Fact]
    public void Hubers_cost_is_quadratic_up_to_an_error_of_1_and_a_straight_line_beyond()
    {
        // ½·0.5² + (3 − ½) + (1.5 − ½), and the slopes held within [−1, 1].
        (double c, double[] d, _) = Differentiate(Activation.Linear, Cost.Huber, [0.5, 4, -1.5], [0, 1, 0]);
        Assert.Equal(0.125 + 2.5 + 1, c, 1e-15);
        Assert.Equal([0.5, 1, -1], d);
    }

    [Theory]
    [InlineData("quadratic", 0.3, 0.31)]
    [InlineData("cross-entropy", 0.3, 0.31)]
    [InlineData("cross-entropy", 0.9, 0.2)]
    [InlineData("log-likelihood", 1, 0.4)]
    [InlineData("huber", 0.3, 0.31)]
    [InlineData("huber", 0.3, 4)]
    [InlineData("huber", 0.3, -4)]
    public void The_plain_derivative_is_the_slope_of_the_plain_cost(string cost, double y, double a)
    {
        double[] derivative = new double[1];
        CostMath.Derivative(Named.Cost(cost), [a], [y], derivative);
        double difference = (CostMath.Value(Named.Cost(cost), [a + 1e-5], [y]) - CostMath.Value(Named.Cost(cost), [a - 1e-5], [y])) / 2e-5;
        Assert.Equal(difference, derivative[0], 1e-8);
    }

    [Fact]
    public void The_plain_cross_entropy_counts_zero_times_infinity_as_nothing()
    {
        // Theory T08: one finite term for y = 0 and for y = 1.
        Assert.Equal(0.3566749439387324, CostMath.Value(Cost.CrossEntropy, [0.3], [0]), 1e-15);
        Assert.Equal(1.203972804325936, CostMath.Value(Cost.CrossEntropy, [0.3], [1]), 1e-15);
        Assert.Equal(0, CostMath.Value(Cost.CrossEntropy, [1], [1]));
    }

    private static (double Cost, double[] Delta, double[] Activation) Differentiate(Activation activation, Cost cost, double[] z, double[] y, double constant = 1)
    {
        OutputCost<double> output = cost.CreateFunction<double>(activation is Softmax ? new Softmax(constant) : activation);
        Matrix<double> zs = new(1, z.Length), ys = new(1, z.Length), delta = new(1, z.Length);
        z.CopyTo(zs.Elements);
        y.CopyTo(ys.Elements);
        double[] costs = new double[1];
        output.Differentiate(zs.Elements, ys.Elements, delta.Elements, costs);
        return (costs[0], delta.Elements.ToArray(), zs.Elements.ToArray());
    }
}
