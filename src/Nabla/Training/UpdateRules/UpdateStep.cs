namespace Nabla.Training.UpdateRules;

/// <summary>What one update depends on beside the parameters, the gradient and the moments.</summary>
/// <param name="LearningRate">η.</param>
/// <param name="GradientScale">What the gradient handed in, a sum over the mini-batch, is multiplied by: 1/m, less where it is clipped.</param>
/// <param name="L1">λ₁/n; 0 for biases.</param>
/// <param name="L2">λ₂/n; 0 for biases.</param>
/// <param name="Step">Number of this update in the run, 1-based.</param>
public readonly record struct UpdateStep(double LearningRate, double GradientScale, double L1, double L2, long Step);
