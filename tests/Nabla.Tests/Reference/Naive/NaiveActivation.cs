namespace Nabla.Tests.Reference.Naive;

/// <summary>a_j = f_j(z_j).</summary>
/// <param name="functions">One function for all units, or one a unit.</param>
internal sealed class NaiveActivation(params NaiveFunction[] functions) : INaiveLayer
{
    private double[][] z = [];

    public IReadOnlyList<NaiveParameters> Parameters => [];

    public double[][] Forward(double[][] inputs, bool isTraining)
    {
        z = inputs;
        return [.. inputs.Select(row => row.Select((zj, j) => FunctionOf(j).Value(zj)).ToArray())];
    }

    public double[][] Backward(double[][] outputGradient) =>
        [.. outputGradient.Select((row, s) => row.Select((gj, j) => gj * FunctionOf(j).Derivative(z[s][j])).ToArray())];

    private NaiveFunction FunctionOf(int unit) => functions.Length == 1 ? functions[0] : functions[unit];
}
