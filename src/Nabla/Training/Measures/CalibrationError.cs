namespace Nabla.Training.Measures;

/// <summary>
/// Collects the expected calibration error (Guo et al. 2017): Σ_b (n_b/n)·|accuracy_b − mean confidence_b| = Σ_b |right_b − Σ confidence|/n
/// over bins (k/B, (k + 1)/B] of the confidence.
/// </summary>
internal sealed class CalibrationError(int bins)
{
    /// <summary>Right answers minus confidences of each bin.</summary>
    private readonly double[] excess = new double[bins];
    private int count;

    /// <summary>The error in [0, 1]; NaN before the first sample.</summary>
    public double Value => excess.Sum(Math.Abs) / count;

    /// <summary>Adds a sample. A confidence outside [0, 1] falls into the nearest bin.</summary>
    public void Add(double confidence, bool isRight)
    {
        count++;
        int bin = double.IsNaN(confidence) ? 0 : (int)Math.Clamp(Math.Ceiling(confidence * bins) - 1, 0, bins - 1);
        excess[bin] += (isRight ? 1 : 0) - confidence;
    }
}
