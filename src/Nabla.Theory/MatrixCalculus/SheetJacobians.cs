using Nabla.Network.Study;
using Nabla.Theory.Recipes;

namespace Nabla.Theory.MatrixCalculus;

/// <summary>
/// The factors of the chain rule for the 2-3-2 network, by central differences of the library's own layers.
/// </summary>
internal static class SheetJacobians
{
    /// <summary>The forward and backward pass of the network.</summary>
    public static Trace Pass => Sheet.Network.Trace(Sheet.Input, Sheet.Target);

    /// <summary>The output layer alone, with h as its input, for ∂C/∂h.</summary>
    public static GivenNetwork OutputLayer { get; } = Networks.Of(Cost.Quadratic, Networks.Layer(Weights(1), new double[2], Activation.Linear));

    /// <summary>∂h/∂z: [3, 3]. A change of a bias changes z of its unit by the same amount.</summary>
    public static double[,] HiddenOverWeightedInput() => NumericJacobian.Of(
        biases => Sheet.Network.With(parameters => SetBiases(parameters, biases)).Trace(Sheet.Input, Sheet.Target).Activations(0),
        [0, 0, 0]);

    /// <summary>∂z/∂W1: [3, 6], with W1 read row by row.</summary>
    public static double[,] WeightedInputOverWeights() => OverWeights(0, trace => trace.WeightedInputs(0));

    /// <summary>∂ŷ/∂W2: [2, 6], with W2 read row by row.</summary>
    public static double[,] OutputOverWeights() => OverWeights(1, trace => trace.Outputs());

    /// <summary>∂z/∂x: [3, 2].</summary>
    public static double[,] WeightedInputOverInput() => NumericJacobian.Of(x => Sheet.Network.Trace(x, Sheet.Target).WeightedInputs(0), Sheet.Input);

    /// <summary>∂ŷ/∂h: [2, 3].</summary>
    public static double[,] OutputOverHidden() => NumericJacobian.Of(h => OutputLayer.Trace(h, Sheet.Target).Outputs(), Pass.Activations(0));

    /// <summary>The weights of a layer: [units, inputs].</summary>
    public static double[,] Weights(int layer)
    {
        Parameters parameters = Sheet.Network.Parameters;
        double[,] weights = new double[parameters.UnitsOf(layer), parameters.InputsOf(layer)];
        for (int i = 0; i < weights.Length; i++)
        {
            (int unit, int input) = Math.DivRem(i, weights.GetLength(1));
            weights[unit, input] = parameters.GetWeight(layer, unit, input);
        }

        return weights;
    }

    /// <summary>I⊗xᵀ: the block-diagonal matrix with xᵀ in each block.</summary>
    public static double[,] Blocks(int rows, double[] x)
    {
        double[,] blocks = new double[rows, rows * x.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int k = 0; k < x.Length; k++)
            {
                blocks[row, (row * x.Length) + k] = x[k];
            }
        }

        return blocks;
    }

    /// <summary>The diagonal matrix with the diagonal x.</summary>
    public static double[,] Diagonal(double[] x)
    {
        double[,] diagonal = new double[x.Length, x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            diagonal[i, i] = x[i];
        }

        return diagonal;
    }

    /// <summary>The largest |entry| at the zeros of the pattern.</summary>
    public static double LargestOutside(double[,] matrix, double[,] pattern) =>
        matrix.Cast<double>().Zip(pattern.Cast<double>(), (entry, expected) => expected == 0 ? Math.Abs(entry) : 0).Max();

    /// <summary>Multiplies a row vector by a Jacobian: one step of the chain rule.</summary>
    public static double[] Chain(double[] row, double[,] jacobian)
    {
        double[] product = new double[jacobian.GetLength(1)];
        for (int i = 0; i < row.Length; i++)
        {
            for (int j = 0; j < product.Length; j++)
            {
                product[j] += row[i] * jacobian[i, j];
            }
        }

        return product;
    }

    private static double[,] OverWeights(int layer, Func<Trace, double[]> result) => NumericJacobian.Of(
        weights => result(Sheet.Network.With(parameters => SetWeights(parameters, layer, weights)).Trace(Sheet.Input, Sheet.Target)),
        [.. Weights(layer).Cast<double>()]);

    private static void SetWeights(Parameters parameters, int layer, double[] weights)
    {
        for (int i = 0; i < weights.Length; i++)
        {
            (int unit, int input) = Math.DivRem(i, parameters.InputsOf(layer));
            parameters.SetWeight(layer, unit, input, weights[i]);
        }
    }

    private static void SetBiases(Parameters parameters, double[] biases)
    {
        for (int unit = 0; unit < biases.Length; unit++)
        {
            parameters.SetBias(0, unit, biases[unit]);
        }
    }
}
