namespace Nabla.Network.Study;

/// <summary>The partial derivative that backpropagation and central differences agree on least.</summary>
/// <param name="Parameters">How many partial derivatives were compared.</param>
/// <param name="LargestRelativeError">max |g − ĝ| / max(|g|, |ĝ|, <see cref="GradientCheck.Floor"/>).</param>
/// <param name="Parameter">Where it stands, such as <c>layers.1.weight[3, 5]</c> ([unit, input]) or <c>layers.0.bias[2]</c>.</param>
/// <param name="Backpropagated">g there.</param>
/// <param name="Difference">ĝ there.</param>
/// <param name="OnKinks">Partial derivatives that do not exist, since a unit stands exactly on a kink; they are left out.</param>
public sealed record GradientCheckResult(int Parameters, double LargestRelativeError, string Parameter, double Backpropagated, double Difference, int OnKinks);
