using Nabla.Diagnosis;
using Xunit;

namespace Nabla.Tests.Diagnosis;

public class LearningCurveTests
{
    private static readonly double[] Sizes = [100, 200, 400, 800, 1600, 3200, 6400];

    [Theory]
    [InlineData(0.98, 0.8, 0.5)]
    [InlineData(0.999, 2, 1)]
    [InlineData(0.7, 0.3, 0.1)]
    [InlineData(1, -0.5, 0.7)]
    public void Exact_points_give_back_their_curve(double limit, double gap, double exponent)
    {
        LearningCurve curve = LearningCurve.Fit(Sizes, [.. Sizes.Select(n => limit - (gap * Math.Pow(n, -exponent)))]);
        Assert.Equal(limit, curve.Limit, 1e-6);
        Assert.Equal(gap, curve.Gap, 1e-6);
        Assert.Equal(exponent, curve.Exponent, 1e-6);
        Assert.InRange(curve.RootMeanSquaredError, 0, 1e-12);
        Assert.Equal(limit - (gap * Math.Pow(1e6, -exponent)), curve.At(1e6), 1e-6);
    }

    [Fact]
    public void No_neighbouring_curve_fits_measurements_better()
    {
        double[] accuracies = [0.61, 0.72, 0.78, 0.86, 0.88, 0.93, 0.94];
        LearningCurve curve = LearningCurve.Fit(Sizes, accuracies);
        double error = Squares(curve);
        Assert.Equal(Math.Sqrt(error / Sizes.Length), curve.RootMeanSquaredError, 1e-12);
        foreach (double step in new[] { -1e-4, 1e-4 })
        {
            Assert.True(Squares(curve with { Limit = curve.Limit + step }) > error);
            Assert.True(Squares(curve with { Gap = curve.Gap + step }) > error);
            Assert.True(Squares(curve with { Exponent = curve.Exponent + step }) > error);
        }

        double Squares(LearningCurve candidate) => Sizes.Zip(accuracies, (n, y) => (candidate.Limit - (candidate.Gap * Math.Pow(n, -candidate.Exponent)) - y)).Sum(e => e * e);
    }

    [Fact]
    public void What_is_no_measurement_is_refused()
    {
        Assert.Contains("as many", Assert.Throws<ArgumentException>(() => LearningCurve.Fit([1, 2, 3], [1, 2])).Message, StringComparison.Ordinal);
        Assert.Contains("above 0", Assert.Throws<ArgumentException>(() => LearningCurve.Fit([0, 2, 3], [1, 2, 3])).Message, StringComparison.Ordinal);
        Assert.Contains("finite", Assert.Throws<ArgumentException>(() => LearningCurve.Fit([1, 2, 3], [1, 2, double.NaN])).Message, StringComparison.Ordinal);
        Assert.Contains("three different", Assert.Throws<ArgumentException>(() => LearningCurve.Fit([5, 5, 7, 7], [1, 2, 3, 4])).Message, StringComparison.Ordinal);
    }
}
