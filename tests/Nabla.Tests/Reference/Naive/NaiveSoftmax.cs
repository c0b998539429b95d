namespace Nabla.Tests.Reference.Naive;

/// <summary>a_j = e^(c·z_j) / Σ_k e^(c·z_k).</summary>
internal sealed class NaiveSoftmax(double constant) : INaiveLayer
{
    private double[][] a = [];

    public IReadOnlyList<NaiveParameters> Parameters => [];

    public double[][] Forward(double[][] inputs, bool isTraining)
    {
        a = new double[inputs.Length][];
        for (int s = 0; s < inputs.Length; s++)
        {
            double[] powers = [.. inputs[s].Select(z => Math.Exp(constant * z))];
            double sum = powers.Sum();
            a[s] = [.. powers.Select(power => power / sum)];
        }

        return a;
    }

    /// <summary>∂C/∂z_j = Σ_i ∂C/∂a_i·∂a_i/∂z_j with ∂a_i/∂z_j = c·a_i·([i = j] − a_j).</summary>
    public double[][] Backward(double[][] outputGradient)
    {
        var inputGradient = new double[a.Length][];
        for (int s = 0; s < a.Length; s++)
        {
            inputGradient[s] = new double[a[s].Length];
            for (int j = 0; j < a[s].Length; j++)
            {
                for (int i = 0; i < a[s].Length; i++)
                {
                    inputGradient[s][j] += outputGradient[s][i] * constant * a[s][i] * ((i == j ? 1 : 0) - a[s][j]);
                }
            }
        }

        return inputGradient;
    }
}
