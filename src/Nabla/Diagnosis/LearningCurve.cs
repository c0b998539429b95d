using Nabla.Numerics.Functions;

namespace Nabla.Diagnosis;

/// <summary>How accuracy grows with the number of training samples: A − B·n^−C, fitted to measurements.</summary>
/// <remarks>
/// Learning curves commonly follow a power law with a limit (Cortes et al. 1994). Theory T129.
/// </remarks>
/// <param name="Limit">A, the accuracy with unlimited data.</param>
/// <param name="Gap">B, what is left to gain after one sample.</param>
/// <param name="Exponent">C, above 0: twice the data leaves 2^−C of the gap.</param>
/// <param name="RootMeanSquaredError">The root of the mean squared distance of the measurements from the curve.</param>
public sealed record LearningCurve(double Limit, double Gap, double Exponent, double RootMeanSquaredError)
{
    private const double SmallestExponent = 0.01;
    private const double LargestExponent = 10;

    /// <summary>Steps of the first search, 7% apart: finer than any bend of the error over ln C.</summary>
    private const int GridSteps = 100;

    /// <summary>Each narrowing keeps 0.618 of the interval: 0.618^80 is 2e−17.</summary>
    private const int Narrowings = 80;
    private const double GoldenRatio = 0.618033988749894848;

    /// <summary>The accuracy that the curve gives for a number of samples above 0.</summary>
    public double At(double samples) => Limit - (Gap * Power(samples, Exponent));

    /// <summary>The curve with the least sum of squared errors, its exponent between 0.01 and 10.</summary>
    /// <remarks>
    /// For a given C the best A and B are a linear regression on n^−C, so the search is over C alone: a grid over ln C,
    /// then golden sections around its best point.
    /// </remarks>
    /// <param name="samples">Numbers of training samples, above 0; at least three different ones.</param>
    /// <param name="accuracies">The accuracy (or any other measure that grows towards a limit) for each
    /// number of samples.</param>
    /// <exception cref="ArgumentException">The lengths differ, a value is out of range, or there are fewer than three
    /// different numbers of samples.</exception>
    public static LearningCurve Fit(ReadOnlySpan<double> samples, ReadOnlySpan<double> accuracies)
    {
        double[] n = samples.ToArray(), y = accuracies.ToArray();
        Require(n, y);
        double width = Math.Log(LargestExponent / SmallestExponent) / GridSteps, low = Math.Log(SmallestExponent);
        double best = low;
        for (int i = 1; i <= GridSteps; i++)
        {
            best = Error(low + (i * width)) < Error(best) ? low + (i * width) : best;
        }

        double left = Math.Max(best - width, low), right = Math.Min(best + width, low + (GridSteps * width));
        for (int i = 0; i < Narrowings; i++)
        {
            double inner = right - (GoldenRatio * (right - left)), outer = left + (GoldenRatio * (right - left));
            (left, right) = Error(inner) <= Error(outer) ? (left, outer) : (inner, right);
        }

        return Regression(n, y, ScalarMath.Exp((left + right) / 2));

        double Error(double logarithm) => Regression(n, y, ScalarMath.Exp(logarithm)).RootMeanSquaredError;
    }

    /// <summary>The best A and B for a given C.</summary>
    private static LearningCurve Regression(double[] n, double[] y, double exponent)
    {
        double meanX = 0, meanY = 0, covariance = 0, variance = 0, error = 0;
        foreach ((double samples, double accuracy) in n.Zip(y))
        {
            meanX += Power(samples, exponent) / n.Length;
            meanY += accuracy / n.Length;
        }

        foreach ((double samples, double accuracy) in n.Zip(y))
        {
            double x = Power(samples, exponent) - meanX;
            covariance += x * (accuracy - meanY);
            variance += x * x;
        }

        double gap = -covariance / variance;
        var curve = new LearningCurve(meanY + (gap * meanX), gap, exponent, 0);
        foreach ((double samples, double accuracy) in n.Zip(y))
        {
            error += (curve.At(samples) - accuracy) * (curve.At(samples) - accuracy) / n.Length;
        }

        return curve with { RootMeanSquaredError = Math.Sqrt(error) };
    }

    /// <summary>n^−C.</summary>
    private static double Power(double samples, double exponent) => ScalarMath.Exp(-exponent * ScalarMath.Log(samples));

    private static void Require(double[] samples, double[] accuracies)
    {
        if (samples.Length != accuracies.Length)
        {
            throw new ArgumentException($"{samples.Length} numbers of samples and {accuracies.Length} accuracies: expected as many.", nameof(accuracies));
        }

        foreach (double value in samples)
        {
            if (!(value > 0 && double.IsFinite(value)))
            {
                throw new ArgumentException($"A number of samples must be finite and above 0, not {value}.", nameof(samples));
            }
        }

        foreach (double value in accuracies)
        {
            if (!double.IsFinite(value))
            {
                throw new ArgumentException($"An accuracy must be a finite number, not {value}.", nameof(accuracies));
            }
        }

        if (samples.Distinct().Count() < 3)
        {
            throw new ArgumentException($"Three parameters need measurements at three different numbers of samples at least, not {samples.Distinct().Count()}.", nameof(samples));
        }
    }
}
