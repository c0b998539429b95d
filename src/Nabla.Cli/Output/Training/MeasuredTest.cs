namespace Nabla.Cli.Output.Training;

/// <summary>The test set, measured once.</summary>
/// <param name="Evaluation">The measures.</param>
/// <param name="Outputs">The outputs of every sample, [samples, outputs]; empty for regression.</param>
internal sealed record MeasuredTest(Evaluation Evaluation, double[] Outputs);
