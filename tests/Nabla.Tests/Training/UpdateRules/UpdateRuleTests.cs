using Nabla.Numerics.Memory;
using Nabla.Numerics.Products;
using Nabla.Numerics.Random;
using Nabla.Numerics.Threads;
using Nabla.Tests.Reference;
using Nabla.Tests.Support;
using Nabla.Training.UpdateRules;
using Xunit;

namespace Nabla.Tests.Training.UpdateRules;

public class UpdateRuleTests
{
    private const double Tolerance = 1e-12;

    [Theory]
    [InlineData("sgd")]
    [InlineData("momentum")]
    public void L2_shrinks_the_weights_and_the_gradient_moves_them(string kind)
    {
        // Theory T98: w = (0.3, −0.2), data gradient (0.05, 0.1), η = 0.5, λ = 2, n = 100. The first step of momentum is the same.
        double[] w = [0.3, -0.2];
        Apply(Named.Rule(kind), new UpdateStep(0.5, 1, 0, 2.0 / 100, 1), w, [0.05, 0.1]);
        AssertClose([0.272, -0.248], w);
    }

    [Fact]
    public void L1_shrinks_the_weights_by_a_constant()
    {
        // Theory T108: the data of T98.
        double[] w = [0.3, -0.2];
        Apply(Named.Rule("sgd"), new UpdateStep(0.5, 1, 2.0 / 100, 0, 1), w, [0.05, 0.1]);
        AssertClose([0.265, -0.24], w);
    }

    [Fact]
    public void L1_leaves_zero_alone_and_alternates_around_it()
    {
        // Theory T108: ηλ/n = 0.01.
        double[] w = [1, -0.025, 0];
        var step = new UpdateStep(0.5, 1, 0.02, 0, 1);
        double[] second = [-0.015, -0.005, 0.005, -0.005, 0.005];
        for (int t = 0; t < second.Length; t++)
        {
            Apply(Named.Rule("sgd"), step, w, new double[3]);
            AssertClose([1 - (0.01 * (t + 1)), second[t], 0], w);
        }

        Assert.Equal(0, w[2]);
    }

    [Fact]
    public void The_gradient_handed_in_is_a_sum_over_the_mini_batch()
    {
        double[] w = [1];
        Apply(Named.Rule("sgd"), new UpdateStep(0.5, 1.0 / 8, 0, 0, 1), w, [4]);
        Assert.Equal(0.75, w[0]);
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("adamw")]
    public void Decay_without_a_gradient_is_the_power_of_the_theory(string kind)
    {
        // Theory T102: (1 − ηλ/n)^(n/m). AdamW decays apart from the gradient, so it shrinks alike.
        foreach ((double eta, double lambda, int n, int m, double expected) in new[]
        {
            (0.5, 5, 50000, 10, 0.778795915419466),
            (0.1, 5, 50000, 10, 0.951229186691802),
            (0.5, 5, 1000, 10, 0.778557039589719),
            (0.5, 0.1, 1000, 10, 0.995012354811984),
            (0.5, 5, 1000, 32, 0.923023885241075),
        })
        {
            double[] w = [1, -2], first = new double[2], second = new double[2];
            for (int t = 1; t <= (n + m - 1) / m; t++)
            {
                Named.Rule(kind).CreateFunction<double>().Apply(new UpdateStep(eta, 1.0 / m, 0, lambda / n, t), w, new double[2], first, second);
            }

            Assert.Equal(expected, w[0], 1e-11);
            Assert.Equal(-2 * expected, w[1], 2e-11);
        }
    }

    [Fact]
    public void Too_strong_a_decay_flips_signs()
    {
        // Theory T102: the factor is 1 − ηλ/n = −0.5, then −1.5.
        double[] w = [1];
        Apply(Named.Rule("sgd"), new UpdateStep(1, 1, 0, 1.5, 1), w, [0]);
        Assert.Equal(-0.5, w[0]);
        Apply(Named.Rule("sgd"), new UpdateStep(1, 1, 0, 2.5, 1), w, [0]);
        Assert.Equal(0.75, w[0]);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(-0.003)]
    [InlineData(250.0)]
    public void Adam_moves_by_eta_under_a_constant_gradient(double g)
    {
        // Both bias corrections make the moments g and g² exactly, whatever t: every step is −η·g/(|g| + ε).
        double[] w = [0], first = [0], second = [0];
        for (int t = 1; t <= 50; t++)
        {
            new Adam().CreateFunction<double>().Apply(new UpdateStep(0.01, 1, 0, 0, t), w, [g], first, second);
            Assert.Equal(-0.01 * t * g / (Math.Abs(g) + 1e-8), w[0], Tolerance);
        }
    }

    [Fact]
    public void RmsProp_divides_by_the_root_of_the_moving_mean_square()
    {
        // Constant gradient 2, α = ¾: s = 4(1 − α^t) = 1, 1.75, 2.3125; ε = ½ outside the root.
        var options = new RmsProp(Alpha: 0.75, Epsilon: 0.5);
        double[] w = [0], first = [0];
        double expected = 0;
        foreach (double s in new[] { 1, 1.75, 2.3125 })
        {
            options.CreateFunction<double>().Apply(new UpdateStep(0.1, 1, 0, 0, 1), w, [2.0], first, default);
            expected -= 0.2 / (Math.Sqrt(s) + 0.5);
            Assert.Equal(s, first[0], Tolerance);
            Assert.Equal(expected, w[0], Tolerance);
        }
    }

    [Theory]
    [InlineData("sgd", 0)]
    [InlineData("momentum", 1)]
    [InlineData("nesterov", 1)]
    [InlineData("rmsprop", 1)]
    [InlineData("adam", 2)]
    [InlineData("adamw", 2)]
    [InlineData("nadam", 2)]
    [InlineData("lion", 1)]
    public void No_bit_depends_on_how_the_parameters_are_divided_into_calls(string kind, int moments)
    {
        Assert.Equal(moments, Named.Rule(kind).Moments);
        const int Length = 37;
        var options = Named.Rule(kind);
        var random = new CounterRandom(5, RandomPurpose.GradientCheck);
        float[] w = Draw(ref random), g = Draw(ref random), f = moments > 0 ? Draw(ref random) : [], s = moments > 1 ? [.. Draw(ref random).Select(x => x * x)] : [];
        if (Named.Rule(kind) == Named.Rule("rmsprop"))
        {
            f = [.. f.Select(x => x * x)];
        }

        var step = new UpdateStep(0.01, 0.1, 0.002, 0.003, 7);
        float[] whole = [.. w], wholeFirst = [.. f], wholeSecond = [.. s];
        options.CreateFunction<float>().Apply(step, whole, g, wholeFirst, wholeSecond);
        Assert.All(whole, value => Assert.True(float.IsFinite(value)));
        for (int cut = 0; cut <= Length; cut++)
        {
            float[] cutW = [.. w], cutF = [.. f], cutS = [.. s];
            foreach (Range part in new[] { ..cut, cut.. })
            {
                options.CreateFunction<float>().Apply(step, cutW.AsSpan(part), g.AsSpan(part), moments > 0 ? cutF.AsSpan(part) : default, moments > 1 ? cutS.AsSpan(part) : default);
            }

            Assert.Equal(whole, cutW);
            Assert.Equal(wholeFirst, cutF);
            Assert.Equal(wholeSecond, cutS);
        }

        static float[] Draw(ref CounterRandom random)
        {
            float[] values = new float[Length];
            foreach (ref float value in values.AsSpan())
            {
                value = (float)random.NextNormal();
            }

            return values;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.01)]
    public void Sgd_fused_into_the_product_has_the_bits_of_an_update_by_the_stored_gradient(double l1)
    {
        Check<float>(30);
        Check<float>(10);
        Check<float>(5);
        Check<double>(21);

        void Check<T>(int n) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        {
            const int m = 50, k = 10;
            var step = new UpdateStep(0.05, 0.1, l1, 0.02, 3);
            Matrix<T> inputs = NaiveGemm.RandomWithZeros<T>(k, m, m, 1), delta = NaiveGemm.Random<T>(k, n, n, 2), gradient = new(m, n);
            Matrix<T> stored = NaiveGemm.Random<T>(m, n, n, 3), fused = NaiveGemm.Random<T>(m, n, n, 3);
            stored[7, 2] = T.Zero;
            fused[7, 2] = T.Zero;
            Gemm.MultiplyTransposedLeft(WorkerTeam.Alone, inputs, delta, gradient);
            UpdateRule.Sgd.CreateFunction<T>().Apply(step, stored.Elements, gradient.Elements, default, default);
            Assert.True(FusedSgd.Run(step, inputs, delta, 0, 17, fused));
            Assert.True(FusedSgd.Run(step, inputs, delta, 17, m, fused));
            Assert.Equal(stored.Elements.ToArray(), fused.Elements.ToArray());

            fused[3, 1] = T.NaN;
            Assert.False(FusedSgd.Run(step, inputs, delta, 0, 5, fused));
            Assert.True(FusedSgd.Run(step, inputs, delta, 5, m, fused));
        }
    }

    private static void Apply(UpdateRule rule, UpdateStep step, double[] w, double[] g) =>
        rule.CreateFunction<double>().Apply(step, w, g, rule == UpdateRule.Sgd ? default : new double[w.Length].AsSpan(), default);

    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], Tolerance);
        }
    }
}
