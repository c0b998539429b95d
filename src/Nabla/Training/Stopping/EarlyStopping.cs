namespace Nabla.Training.Stopping;

/// <summary>Early stopping as pure functions of the sequence of metrics; higher is better. Theory T112 to T118.</summary>
public static class EarlyStopping
{
    /// <summary>Whether to stop after the last of these epochs.</summary>
    /// <param name="metrics">The metric of each epoch: counts of right answers (exact), or negated costs.</param>
    /// <param name="patience">N, at least 1.</param>
    /// <param name="rule">The rule.</param>
    /// <exception cref="ArgumentOutOfRangeException">The patience is below 1.</exception>
    public static bool ShouldStop(ReadOnlySpan<double> metrics, int patience, EarlyStoppingRule rule)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(patience, 1);
        return rule switch
        {
            EarlyStoppingRule.Best => metrics.Length - BestEpoch(metrics) >= patience && metrics.Length > 0,
            EarlyStoppingRule.Average => metrics.Length >= 2L * patience && Sum(metrics[^patience..]) <= Sum(metrics[^(2 * patience)..^patience]),
            _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "Unknown rule."),
        };
    }

    /// <summary>The first epoch with the best metric, 1-based; 0 for an empty sequence.</summary>
    public static int BestEpoch(ReadOnlySpan<double> metrics)
    {
        int best = 0;
        for (int i = 0; i < metrics.Length; i++)
        {
            if (best == 0 || metrics[i] > metrics[best - 1])
            {
                best = i + 1;
            }
        }

        return best;
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum;
    }
}
