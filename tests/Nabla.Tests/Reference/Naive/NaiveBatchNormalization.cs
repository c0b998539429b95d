namespace Nabla.Tests.Reference.Naive;

/// <summary>a_j = γ_j·x̂_j + β_j with x̂_j = (x_j − μ_j)/√(v_j + ε) (Ioffe and Szegedy 2015, with PyTorch's running statistics).</summary>
/// <remarks>
/// In training μ and v are mean and biased variance of the mini-batch. They move the running ones: r ← 0.9·r + 0.1·μ, and with the
/// unbiased variance R ← 0.9·R + 0.1·v·m/(m − 1). Evaluation uses r and R; so does a mini-batch of one sample, which leaves them as they are.
/// </remarks>
/// <param name="gamma">γ, [units].</param>
/// <param name="beta">β, [units].</param>
internal sealed class NaiveBatchNormalization(double[] gamma, double[] beta) : INaiveLayer
{
    private const double Epsilon = 1e-5, Momentum = 0.1;

    private readonly double[] gammaGradient = new double[gamma.Length];
    private readonly double[] betaGradient = new double[gamma.Length];
    private readonly double[] deviation = new double[gamma.Length];
    private double[][] normalized = [];
    private bool usesMiniBatch;

    public double[] RunningMean { get; } = new double[gamma.Length];

    public double[] RunningVariance { get; } = [.. gamma.Select(_ => 1.0)];

    public IReadOnlyList<NaiveParameters> Parameters =>
    [
        new NaiveParameters(gamma, gammaGradient, AreWeights: false),
        new NaiveParameters(beta, betaGradient, AreWeights: false),
    ];

    public double[][] Forward(double[][] inputs, bool isTraining)
    {
        int m = inputs.Length;
        usesMiniBatch = isTraining && m > 1;
        normalized = [.. inputs.Select(row => new double[row.Length])];
        double[][] outputs = [.. inputs.Select(row => new double[row.Length])];
        for (int j = 0; j < gamma.Length; j++)
        {
            double mean = RunningMean[j], variance = RunningVariance[j];
            if (usesMiniBatch)
            {
                mean = inputs.Sum(row => row[j]) / m;
                variance = inputs.Sum(row => (row[j] - mean) * (row[j] - mean)) / m;
                RunningMean[j] = ((1 - Momentum) * RunningMean[j]) + (Momentum * mean);
                RunningVariance[j] = ((1 - Momentum) * RunningVariance[j]) + (Momentum * variance * m / (m - 1));
            }

            deviation[j] = Math.Sqrt(variance + Epsilon);
            for (int s = 0; s < m; s++)
            {
                normalized[s][j] = (inputs[s][j] - mean) / deviation[j];
                outputs[s][j] = (gamma[j] * normalized[s][j]) + beta[j];
            }
        }

        return outputs;
    }

    public double[][] Backward(double[][] outputGradient)
    {
        int m = normalized.Length;
        double[][] inputGradient = [.. normalized.Select(row => new double[row.Length])];
        for (int j = 0; j < gamma.Length; j++)
        {
            gammaGradient[j] = 0;
            betaGradient[j] = 0;
            for (int s = 0; s < m; s++)
            {
                gammaGradient[j] += outputGradient[s][j] * normalized[s][j];
                betaGradient[j] += outputGradient[s][j];
                for (int t = 0; t < m; t++)
                {
                    inputGradient[t][j] += outputGradient[s][j] * gamma[j] * Derivative(s, t, j);
                }
            }
        }

        return inputGradient;
    }

    /// <summary>
    /// ∂x̂_s/∂x_t = [s = t]/√(v + ε) with running statistics. In a mini-batch ∂μ/∂x_t = 1/m and ∂√(v + ε)/∂x_t = x̂_t/m are added:
    /// ∂x̂_s/∂x_t = ([s = t] − 1/m − x̂_s·x̂_t/m)/√(v + ε).
    /// </summary>
    private double Derivative(int s, int t, int j)
    {
        double direct = s == t ? 1 : 0;
        double throughStatistics = usesMiniBatch ? (1 + (normalized[s][j] * normalized[t][j])) / normalized.Length : 0;
        return (direct - throughStatistics) / deviation[j];
    }
}
