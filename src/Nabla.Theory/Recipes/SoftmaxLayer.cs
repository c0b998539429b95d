using Nabla.Network.Activations;
using Nabla.Network.Study;

namespace Nabla.Theory.Recipes;

/// <summary>A softmax layer at given weighted inputs, by the plain functions and by the training code.</summary>
internal static class SoftmaxLayer
{
    /// <summary>a by the plain function: [outputs].</summary>
    public static double[] Outputs(double[] z, double constant = 1)
    {
        double[] a = new double[z.Length];
        ActivationMath.Softmax(z, constant, a);
        return a;
    }

    /// <summary>ln Σ_k e^{c·z_k} by the plain function.</summary>
    public static double LogSumExp(double[] z, double constant = 1) => ActivationMath.Softmax(z, constant, new double[z.Length]);

    /// <summary>A forward and backward pass of the training code with the log-likelihood cost.</summary>
    public static Trace Pass(double[] z, double[] target, double constant = 1) =>
        Networks.FromWeightedInputs(z, new Network.Activations.Softmax(constant), Cost.LogLikelihood).Trace([1], target);

    /// <summary>a by the training code: [outputs].</summary>
    public static double[] TrainedOutputs(double[] z, double constant = 1) => Pass(z, Unit(z.Length, 0), constant).Outputs();

    /// <summary>∂a_i/∂z_j by the training code: [outputs, outputs].</summary>
    /// <remarks>
    /// With the quadratic cost δ is the Jacobian times a − y, so the target a − e_j makes δ equal to column j.
    /// </remarks>
    public static double[,] TrainedJacobian(double[] z, double constant = 1)
    {
        GivenNetwork network = Networks.FromWeightedInputs(z, new Network.Activations.Softmax(constant), Cost.Quadratic);
        double[] a = Outputs(z, constant);
        double[,] jacobian = new double[z.Length, z.Length];
        for (int j = 0; j < z.Length; j++)
        {
            double[] target = [.. a.Zip(Unit(z.Length, j), (output, one) => output - one)];
            double[] column = network.Trace([1], target).Deltas(0);
            for (int i = 0; i < z.Length; i++)
            {
                jacobian[i, j] = column[i];
            }
        }

        return jacobian;
    }

    /// <summary>∂a_i/∂z_j by central differences: [outputs, outputs].</summary>
    public static double[,] Differences(double[] z, double constant = 1) => NumericJacobian.Of(x => Outputs(x, constant), z);

    /// <summary>∂a_j/∂c. The outputs depend only on c·z, so this is the Jacobian times z, divided by c.</summary>
    public static double[] GrowthWithConstant(double[] z, double constant)
    {
        double[,] jacobian = ActivationMath.SoftmaxJacobian(z, constant);
        return [.. Enumerable.Range(0, z.Length).Select(i => Enumerable.Range(0, z.Length).Sum(j => jacobian[i, j] * z[j]) / constant)];
    }

    /// <summary>The unit vector with its 1 at a 0-based place.</summary>
    public static double[] Unit(int length, int place) => [.. Enumerable.Range(0, length).Select(j => j == place ? 1.0 : 0.0)];

    /// <summary>The diagonal of a square matrix.</summary>
    public static double[] Diagonal(double[,] matrix) => [.. Enumerable.Range(0, matrix.GetLength(0)).Select(i => matrix[i, i])];

    /// <summary>A row of a matrix, 0-based.</summary>
    public static double[] Row(double[,] matrix, int row) => [.. Enumerable.Range(0, matrix.GetLength(1)).Select(j => matrix[row, j])];
}
