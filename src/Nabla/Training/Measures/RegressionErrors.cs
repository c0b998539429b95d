using System.Numerics;

namespace Nabla.Training.Measures;

/// <summary>Collects the errors of a regression, sample by sample.</summary>
/// <param name="units">What 1 of a target is in the unit of the data, [targets]: targets that are scaled for the training are measured as they were.</param>
internal sealed class RegressionErrors(double[] units)
{
    private readonly double[] squared = new double[units.Length];
    private readonly double[] mean = new double[units.Length];
    private readonly double[] spread = new double[units.Length];
    private double absolute;
    private int count;

    /// <summary>√ of the mean squared error over samples and targets.</summary>
    public double RootMeanSquaredError => Math.Sqrt(squared.Sum() / ((double)count * units.Length));

    /// <summary>Mean absolute error over samples and targets.</summary>
    public double MeanAbsoluteError => absolute / ((double)count * units.Length);

    /// <summary>The mean over targets of 1 − Σ(y − a)²/Σ(y − ȳ)²; for a constant target 1 if it is hit exactly, otherwise 0.</summary>
    public double R2 => squared.Zip(spread, (error, total) => total > 0 ? 1 - (error / total) : error == 0 ? 1 : 0).Average();

    public void Add<T>(ReadOnlySpan<double> target, ReadOnlySpan<T> output) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        count++;
        for (int j = 0; j < target.Length; j++)
        {
            double error = (double.CreateChecked(output[j]) - target[j]) * units[j];
            squared[j] += error * error;
            absolute += Math.Abs(error);
            // Welford's recurrence for Σ(y − ȳ)².
            double value = target[j] * units[j], step = value - mean[j];
            mean[j] += step / count;
            spread[j] += step * (value - mean[j]);
        }
    }
}
