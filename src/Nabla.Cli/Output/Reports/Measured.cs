namespace Nabla.Cli.Output.Reports;

/// <summary>A data set, measured in one pass.</summary>
/// <param name="Evaluation">The measures.</param>
/// <param name="Outputs">The outputs of every sample, [samples, outputs]; empty for regression.</param>
internal sealed record Measured(Evaluation Evaluation, double[] Outputs)
{
    /// <summary>Measures a network on data.</summary>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static Measured Of(
        NetworkOptions architecture, Parameters parameters, Dataset data, TargetCoding coding, int? threads, CancellationToken cancellation = default)
    {
        if (data.IsRegression)
        {
            return new Measured(Evaluator.Evaluate(architecture, parameters, data, coding, threads, cancellation), []);
        }

        (Evaluation evaluation, double[] outputs) = Evaluator.EvaluateWithOutputs(architecture, parameters, data, coding, threads, cancellation);
        return new Measured(evaluation, outputs);
    }
}
