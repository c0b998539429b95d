namespace Nabla.Tests.Reference.Naive;

/// <summary>A layer of the slow truth: outputs from inputs, and ∂C/∂input from ∂C/∂output. A batch is [samples][units].</summary>
internal interface INaiveLayer
{
    /// <summary>The trained parameters, row by row; most layers have none.</summary>
    IReadOnlyList<NaiveParameters> Parameters { get; }

    /// <summary>The outputs. A training pass keeps what <see cref="Backward"/> needs.</summary>
    double[][] Forward(double[][] inputs, bool isTraining);

    /// <summary>∂C/∂input for the samples of the last training pass; also sets the gradient of the parameters.</summary>
    double[][] Backward(double[][] outputGradient);
}

/// <summary>A row of parameters and its gradient.</summary>
/// <param name="Values">The parameters.</param>
/// <param name="Gradient">∂C/∂parameter, summed over the samples.</param>
/// <param name="AreWeights">Whether these are weights of a dense layer: no penalty applies to other parameters.</param>
internal sealed record NaiveParameters(double[] Values, double[] Gradient, bool AreWeights);
