using Nabla.Training.UpdateRules;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Training.UpdateRules;

/// <summary>Momentum on one parameter: a curvature h, where the gradient is h·w, or a constant gradient. Theory T79, T122 to T125.</summary>
public class MomentumTests
{
    private const double Tolerance = 1e-12;

    [Theory]
    [InlineData(0.9, 0.95)]
    [InlineData(0.5, 0.75)]
    [InlineData(0.0, 0.5)]
    [InlineData(-0.5, 0.25)]
    [InlineData(-0.9, 0.05)]
    public void Converges_exactly_below_the_limit_of_the_learning_rate(double momentum, double limit)
    {
        // Theory T79: 0 < ηh < 2(1 + μ), here h = 4.
        Assert.True(Largest(Descend(momentum, 0.99 * limit, 4, 20_000)[^2..]) < 1e-6);
        Assert.True(Largest(Descend(momentum, 1.01 * limit, 4, 20_000)) > 1e6);
    }

    [Theory]
    [InlineData(0.99, -0.935561711201316)]
    [InlineData(1.01, -1.0569332115399)]
    public void The_rate_near_the_limit_is_the_larger_root(double share, double root)
    {
        // Theory T79, μ = 0.5; the other root is near −0.5 and has died out.
        double[] w = Descend(0.5, share * 0.75, 4, 80);
        Assert.Equal(root, w[^1] / w[^2], Tolerance);
    }

    [Theory]
    [InlineData(1.0 / 9, 4.0 / 9, 1)]
    [InlineData(0.669421487603306, 0.3, 1)]
    [InlineData(0.9, 0.1, 4)]
    public void The_product_of_the_roots_is_the_momentum(double momentum, double eta, double h)
    {
        // The characteristic polynomial x² − (1 + μ − ηh)x + μ: w_t² − w_(t−1)·w_(t+1) shrinks by μ, and complex roots have the radius √μ.
        double[] w = Descend(momentum, eta, h, 8);
        for (int t = 2; t + 1 < w.Length; t++)
        {
            double before = (w[t - 1] * w[t - 1]) - (w[t - 2] * w[t]), after = (w[t] * w[t]) - (w[t - 1] * w[t + 1]);
            Assert.Equal(momentum * before, after, Tolerance * Math.Abs(before) + 1e-15);
        }
    }

    [Fact]
    public void Momentum_above_one_overshoots_ever_further()
    {
        // Theory T122.
        double[] w = Descend(1.1, 0.1, 1, 200);
        AssertClose(-1.64561, w[10]);
        AssertClose(-11.3197463724517, w[50]);
        AssertClose(4280.80880716833, w[200]);
        AssertVelocities(1.1, [-0.1, -0.21, -0.331, -0.4641, -0.61051]);
    }

    [Fact]
    public void Momentum_one_swings_for_ever_within_its_bound()
    {
        // Theory T122: |w| ≤ 1/√(1 − ηh/4).
        double[] w = Descend(1, 0.1, 1, 5000);
        Assert.InRange(Largest(w), 1, 1.01273936708367 * (1 + Tolerance));
        Assert.True(Largest(w[^100..]) > 1);
    }

    [Fact]
    public void Negative_momentum_slows_down_but_goes_on_learning()
    {
        // Theory T123.
        double[] w = Descend(-0.5, 0.1, 1, 200);
        AssertClose(0.4977638496, w[10]);
        AssertClose(0.0336204743881062, w[50]);
        Assert.Equal(1.37302758642771e-6, w[200], 1e-9 * 1.4e-6);
        AssertVelocities(-0.5, [-0.1, -0.05, -0.075, -0.0625, -0.06875]);

        // Towards −η/(1 − μ).
        Assert.Equal(-0.0666666666666667, Velocities(-0.5, 60)[^1], Tolerance);
    }

    [Fact]
    public void Momentum_minus_one_stands_still_every_other_step() => AssertVelocities(-1, [-0.1, 0, -0.1, 0]);

    [Fact]
    public void Momentum_below_minus_one_alternates() => AssertVelocities(-1.1, [-0.1, 0.01, -0.111, 0.0221, -0.12431]);

    [Fact]
    public void Without_a_gradient_negative_momentum_alternates()
    {
        // Theory T124: from v = 1.
        double[] w = [0], v = [1];
        foreach (double expected in new[] { -0.5, 0.25, -0.125 })
        {
            Options(Named.Rule("momentum"), -0.5).CreateFunction<double>().Apply(new UpdateStep(0.1, 1, 0, 0, 1), w, [0.0], v, default);
            Assert.Equal(expected, v[0]);
        }
    }

    [Fact]
    public void Five_steps_are_those_of_the_theory()
    {
        // Theory T125: h = 1, η = 0.1, μ = 0.9.
        double[] w = Descend(0.9, 0.1, 1, 10);
        AssertClose([1, 0.9, 0.72, 0.486, 0.2268, -0.02916], w[..6]);
        AssertClose(-0.5887893888, w[10]);
    }

    [Fact]
    public void A_smaller_learning_rate_acts_on_the_whole_velocity_at_once()
    {
        // Theory T125: η halved from step 3. The velocity that carries η in itself would give 0.522, 0.3177, 0.117945.
        double[] w = Descend(Named.Rule("momentum"), 0.9, t => t < 3 ? 0.1 : 0.05, 1, 5);
        AssertClose([1, 0.9, 0.72, 0.603, 0.46755, 0.3222675], w);
    }

    [Fact]
    public void Nesterov_steps_are_those_of_the_theory() =>
        AssertClose([1, 0.81, 0.5751, 0.327321, 0.09388791, -0.1045816839], Descend(Named.Rule("nesterov"), 0.9, _ => 0.1, 1, 5));

    private static double[] Descend(double momentum, double eta, double h, int steps) => Descend(Named.Rule("momentum"), momentum, _ => eta, h, steps);

    /// <summary>w_0 = 1 and what follows it; stops where |w| has passed a thousand million.</summary>
    private static double[] Descend(UpdateRule rule, double momentum, Func<int, double> eta, double h, int steps)
    {
        var path = new List<double> { 1 };
        double[] w = [1], v = [0];
        for (int t = 1; t <= steps && Math.Abs(w[0]) < 1e9; t++)
        {
            Options(rule, momentum).CreateFunction<double>().Apply(new UpdateStep(eta(t), 1, 0, 0, t), w, [h * w[0]], v, default);
            path.Add(w[0]);
        }

        return [.. path];
    }

    /// <summary>The steps w_t − w_(t−1) = −ηv under a constant gradient of 1 with η = 0.1.</summary>
    private static double[] Velocities(double momentum, int steps)
    {
        double[] velocities = new double[steps], w = [0], v = [0];
        for (int t = 0; t < steps; t++)
        {
            double before = w[0];
            Options(Named.Rule("momentum"), momentum).CreateFunction<double>().Apply(new UpdateStep(0.1, 1, 0, 0, t + 1), w, [1.0], v, default);
            velocities[t] = w[0] - before;
        }

        return velocities;
    }

    private static UpdateRule Options(UpdateRule rule, double momentum) => rule.Row.Create(momentum);

    private static double Largest(double[] values) => values.Max(Math.Abs);

    private static void AssertVelocities(double momentum, double[] expected) => AssertClose(expected, Velocities(momentum, expected.Length));

    private static void AssertClose(double expected, double actual) => Assert.Equal(expected, actual, Tolerance * Math.Max(1, Math.Abs(expected)));

    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            AssertClose(expected[i], actual[i]);
        }
    }
}
