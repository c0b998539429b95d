namespace Nabla.Tests.Reference.Naive;

/// <summary>z_o = b_o + Σ_i w_oi·x_i.</summary>
/// <param name="weights">w, [out][in].</param>
/// <param name="biases">b, [out].</param>
internal sealed class NaiveDense(double[][] weights, double[] biases) : INaiveLayer
{
    private readonly double[][] weightGradient = [.. weights.Select(row => new double[row.Length])];
    private readonly double[] biasGradient = new double[biases.Length];
    private double[][] x = [];

    public IReadOnlyList<NaiveParameters> Parameters =>
    [
        .. weights.Select((row, o) => new NaiveParameters(row, weightGradient[o], AreWeights: true)),
        new NaiveParameters(biases, biasGradient, AreWeights: false),
    ];

    public double[][] Forward(double[][] inputs, bool isTraining)
    {
        x = inputs;
        var z = new double[inputs.Length][];
        for (int s = 0; s < inputs.Length; s++)
        {
            z[s] = new double[biases.Length];
            for (int o = 0; o < biases.Length; o++)
            {
                z[s][o] = biases[o];
                for (int i = 0; i < weights[o].Length; i++)
                {
                    z[s][o] += weights[o][i] * inputs[s][i];
                }
            }
        }

        return z;
    }

    /// <summary>∂C/∂w_oi = Σ_s δ_so·x_si, ∂C/∂b_o = Σ_s δ_so, ∂C/∂x_si = Σ_o δ_so·w_oi.</summary>
    public double[][] Backward(double[][] outputGradient)
    {
        Array.Clear(biasGradient);
        foreach (double[] row in weightGradient)
        {
            Array.Clear(row);
        }

        var inputGradient = new double[x.Length][];
        for (int s = 0; s < x.Length; s++)
        {
            inputGradient[s] = new double[x[s].Length];
            for (int o = 0; o < biases.Length; o++)
            {
                biasGradient[o] += outputGradient[s][o];
                for (int i = 0; i < x[s].Length; i++)
                {
                    weightGradient[o][i] += outputGradient[s][o] * x[s][i];
                    inputGradient[s][i] += outputGradient[s][o] * weights[o][i];
                }
            }
        }

        return inputGradient;
    }
}
