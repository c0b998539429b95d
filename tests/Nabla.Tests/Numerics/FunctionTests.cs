using Nabla.Network.Activations;
using Nabla.Network.Registries;
using Nabla.Numerics.Functions;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Numerics;

/// <summary>
/// Compares the elementary functions and the activations with the platform's in double (within an ulp of the exact
/// value) and with known constants.
/// </summary>
public class FunctionTests
{
    private static readonly float[] Special = [0f, -0f, float.Epsilon, -float.Epsilon, 1e-40f, 1f, -1f, float.MaxValue, -float.MaxValue, float.PositiveInfinity, float.NegativeInfinity, float.NaN];

    [Fact]
    public void Exp_of_a_float_is_within_two_ulp() => SingleUlp(x => Lane.Exp(x), Math.Exp, 2, Sweep(-110, 95));

    [Fact]
    public void Log_of_a_float_is_within_two_ulp() => SingleUlp(x => Lane.Log(x), Math.Log, 2, Magnitudes());

    [Fact]
    public void Exp_minus_one_of_a_float_is_within_two_ulp() => SingleUlp(x => Lane.ExpMinus1(x), ExactExpMinus1, 2, [.. Sweep(-30, 88), .. Sweep(-0.7f, 0.7f)]);

    [Fact]
    public void Sigmoid_of_a_float_is_within_two_ulp() => SingleUlp(x => Activate(Activation.Sigmoid, x), x => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x)), 2, [.. Sweep(-100, 100), .. Sweep(-6, 6), .. Hardest(-4.2f, 16_000), .. Special]);

    [Fact]
    public void Tanh_of_a_float_is_within_two_ulp() => SingleUlp(x => Activate(Activation.Tanh, x), Math.Tanh, 2, [.. Sweep(-12, 12), .. Sweep(-0.2f, 0.2f), .. Hardest(0.00776f, 16_000), .. Magnitudes(), .. Special]);

    [Fact]
    public void Softplus_of_a_float_is_within_two_ulp() => SingleUlp(x => Activate(Activation.Softplus, x), x => Math.Max(x, 0) + Log1P(Math.Exp(-Math.Abs(x))), 2, [.. Sweep(-80, 80), .. Special]);

    [Fact]
    public void Functions_of_a_double_are_within_three_ulp()
    {
        DoubleUlp(ScalarMath.Exp, Math.Exp, 3, Sweep(-745, 710).Select(x => (double)x));
        DoubleUlp(ScalarMath.Log, Math.Log, 3, Magnitudes().Select(x => (double)x).Concat([double.Epsilon, 1e-310, double.MaxValue, 0.99999, 1.00001]));
        DoubleUlp(x => ActivationMath.Value(Activation.Tanh, x), Math.Tanh, 3, Sweep(-25, 25).Select(x => (double)x));
        DoubleUlp(x => ScalarMath.SinCos(x).Sin, Math.Sin, 3, Sweep(0.1f, 3).Select(x => (double)x));
        DoubleUlp(x => ScalarMath.SinCos(x).Cos, Math.Cos, 3, Sweep(-1.5f, 1.5f).Select(x => (double)x));
    }

    [Fact]
    public void Sine_and_cosine_of_large_angles_are_accurate()
    {
        foreach (double x in Sweep(-2000, 2000).Select(x => (double)x))
        {
            (double sin, double cos) = ScalarMath.SinCos(x);
            Assert.Equal(Math.Sin(x), sin, 4e-16);
            Assert.Equal(Math.Cos(x), cos, 4e-16);
        }
    }

    [Fact]
    public void Special_values_follow_the_standard()
    {
        Assert.Equal(0, ScalarMath.Exp(double.NegativeInfinity));
        Assert.Equal(double.PositiveInfinity, ScalarMath.Exp(double.PositiveInfinity));
        Assert.Equal(double.PositiveInfinity, ScalarMath.Exp(1000));
        Assert.Equal(0, ScalarMath.Exp(-1000));
        Assert.Equal(1, ScalarMath.Exp(0));
        Assert.True(double.IsNaN(ScalarMath.Exp(double.NaN)));
        Assert.Equal(double.NegativeInfinity, ScalarMath.Log(0));
        Assert.Equal(double.PositiveInfinity, ScalarMath.Log(double.PositiveInfinity));
        Assert.True(double.IsNaN(ScalarMath.Log(-1)));
        Assert.True(double.IsNaN(ScalarMath.Log(double.NaN)));
    }

    [Fact]
    public void The_sigmoid_has_the_values_of_the_theory()
    {
        // Theory T01, T03.
        Assert.Equal(0.6224593312018546, ActivationMath.Value(Activation.Sigmoid, 0.5), 1e-15);
        Assert.Equal(0.2350037122015945, ActivationMath.Derivative(Activation.Sigmoid, 0.5), 1e-15);
        Assert.Equal(0.006692850924284856, ActivationMath.Value(Activation.Sigmoid, -5), 1e-17);
        Assert.Equal(0.006648056670790155, ActivationMath.Derivative(Activation.Sigmoid, 5), 1e-17);
        Assert.Equal(0.25, ActivationMath.Derivative(Activation.Sigmoid, 0));
        Assert.Equal(1, ActivationMath.Derivative(Activation.Sigmoid, 30) / 9.357622968839299e-14, 1e-12);
        Assert.Equal(1, ActivationMath.Value(Activation.Sigmoid, 1000));
        Assert.Equal(0, ActivationMath.Value(Activation.Sigmoid, -1000));
    }

    [Fact]
    public void The_normal_distribution_function_is_accurate_in_the_middle_and_in_the_tail()
    {
        // Φ(1), Φ(−2), Φ(−10) to 16 digits.
        Assert.Equal(0.8413447460685429, ActivationMath.Value(Activation.Gelu, 1), 2e-16);
        Assert.Equal(0.02275013194817921, ActivationMath.Value(Activation.Gelu, -2) / -2, 1e-16);
        Assert.Equal(1, ActivationMath.Value(Activation.Gelu, -10) / -10 / 7.619853024160527e-24, 4e-15);
        Assert.Equal(0.5, ActivationMath.Derivative(Activation.Gelu, 0), 1e-16);
    }

    [Fact]
    public void The_normal_quantile_is_accurate()
    {
        // Φ⁻¹(0.975), Φ⁻¹(1e−10) and Φ⁻¹(1e−30) to 16 digits.
        Assert.Equal(1.9599639845400536, NormalQuantile.At(0.975), 4e-15);
        Assert.Equal(-6.361340902404056, NormalQuantile.At(1e-10), 1e-14);
        Assert.Equal(-11.464024688443617, NormalQuantile.At(1e-30), 2e-14);
        Assert.Equal(0, NormalQuantile.At(0.5));
    }

    [Theory]
    [InlineData("sigmoid")]
    [InlineData("tanh")]
    [InlineData("relu")]
    [InlineData("leaky-relu")]
    [InlineData("gelu")]
    [InlineData("softplus")]
    [InlineData("linear")]
    [InlineData("elu")]
    [InlineData("selu")]
    [InlineData("silu")]
    [InlineData("leaky-relu:0.2")]
    public void A_derivative_is_the_slope_and_NaN_stays_NaN(string activation)
    {
        foreach (double z in new[] { -6.3, -1.2, -0.4, 0.3, 1.7, 5.1 })
        {
            double slope = (ActivationMath.Value(Named.Activation(activation), z + 1e-5) - ActivationMath.Value(Named.Activation(activation), z - 1e-5)) / 2e-5;
            Assert.Equal(slope, ActivationMath.Derivative(Named.Activation(activation), z), 1e-9);
        }

        Assert.True(double.IsNaN(ActivationMath.Value(Named.Activation(activation), double.NaN)));
    }

    [Fact]
    public void An_element_has_the_same_bits_in_every_place()
    {
        foreach (Activation activation in NetworkChoices.BuiltIn.Activations.Select(row => row.Create()).Where(a => a != Activation.Softmax))
        {
            float[] z = [.. Sweep(-9, 9).Take(67)];
            float[] together = [.. z], derivatives = new float[67];
            activation.CreateFunction<float>().ApplyWithDerivative(together, derivatives, 0, z.Length);
            for (int i = 0; i < z.Length; i++)
            {
                Assert.Equal(Activate(activation, z[i]), together[i]);
            }
        }
    }

    [Fact]
    public void Softmax_has_the_values_of_the_theory()
    {
        // Theory T36, T40, T43, T63.
        double[] a = new double[3];
        Assert.Equal(3.40760596444438, ActivationMath.Softmax([1, 2, 3], 1, a), 1e-14);
        Assert.Equal(0.0900305731703805, a[0], 1e-15);
        Assert.Equal(-0.162803401989804, ActivationMath.SoftmaxJacobian([1, 2, 3], 1)[1, 2], 1e-15);
        ActivationMath.Softmax([1001, 1002, 1003], 1, a);
        Assert.Equal(0.665240955774822, a[2], 1e-15);
        ActivationMath.Softmax([1, 3, 3], 100, a);
        Assert.Equal([0, 0.5, 0.5], a, (x, y) => Math.Abs(x - y) < 1e-15);
    }

    private static float Activate(Activation activation, float x)
    {
        Span<float> value = [x];
        activation.CreateFunction<float>().Apply(value, 0, 1);
        return value[0];
    }

    private static IEnumerable<float> Sweep(float from, float to)
    {
        const int Intervals = 40_011;
        for (int i = 0; i <= Intervals; i++)
        {
            yield return from + ((to - from) * i / Intervals);
        }
    }

    /// <summary>
    /// Every seventh float from a number on: regions where an earlier version had an error above two ulp.
    /// </summary>
    private static IEnumerable<float> Hardest(float from, int count)
    {
        uint bits = BitConverter.SingleToUInt32Bits(from);
        for (int i = 0; i < count; i++)
        {
            yield return BitConverter.UInt32BitsToSingle(bits - (from < 0 ? (uint)(i * 7) : 0) + (from > 0 ? (uint)(i * 7) : 0));
        }
    }

    /// <summary>Every exponent, subnormals included, with several significands each.</summary>
    private static IEnumerable<float> Magnitudes()
    {
        for (uint bits = 1; bits < 0x7F800000; bits += 0x1357B)
        {
            yield return BitConverter.UInt32BitsToSingle(bits);
        }
    }

    private static double ExactExpMinus1(double x) => Math.Abs(x) < 1e-3 ? x * (1 + (x / 2 * (1 + (x / 3 * (1 + (x / 4)))))) : Math.Exp(x) - 1;

    private static double Log1P(double x) => x < 1e-4 ? x * (1 - (x / 2 * (1 - (2 * x / 3)))) : Math.Log(1 + x);

    private static void SingleUlp(Func<float, float> function, Func<double, double> reference, double limit, IEnumerable<float> points)
    {
        foreach (float x in points)
        {
            double expected = reference(x);
            float actual = function(x), rounded = (float)expected;
            if (float.IsNaN(rounded) || float.IsInfinity(rounded) || float.IsNaN(actual))
            {
                Assert.Equal(rounded, actual);
                continue;
            }

            double ulp = Math.Abs(rounded) == float.MaxValue ? 2e31 : MathF.BitIncrement(MathF.Abs(rounded)) - MathF.Abs(rounded);
            Assert.True(Math.Abs(actual - expected) <= limit * ulp, $"f({x:R}) = {actual:R}, expected {expected:R}: {Math.Abs(actual - expected) / ulp} ulp.");
        }
    }

    private static void DoubleUlp(Func<double, double> function, Func<double, double> reference, double limit, IEnumerable<double> points)
    {
        foreach (double x in points)
        {
            double expected = reference(x), actual = function(x);
            double ulp = Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected);
            Assert.True(actual == expected || Math.Abs(actual - expected) <= limit * ulp, $"f({x:R}) = {actual:R}, expected {expected:R}.");
        }
    }

    /// <summary>The vector functions on one float.</summary>
    private static class Lane
    {
        public static float Exp(float x) => SingleMath.Exp(System.Runtime.Intrinsics.Vector512.Create(x))[0];

        public static float ExpMinus1(float x) => SingleMath.ExpMinus1(System.Runtime.Intrinsics.Vector512.Create(x))[0];

        public static float Log(float x) => SingleMath.Log(System.Runtime.Intrinsics.Vector512.Create(x))[0];
    }
}
