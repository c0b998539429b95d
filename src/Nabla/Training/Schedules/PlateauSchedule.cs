namespace Nabla.Training.Schedules;

/// <summary>Halving at no-improvement-in-N: the count restarts at each halving, the best so far does not. Ledger T119.</summary>
public static class PlateauSchedule
{
    /// <summary>Where a schedule stands after a sequence of metrics.</summary>
    /// <param name="metrics">The metric of each epoch done; higher is better.</param>
    /// <param name="patience">N, at least 1.</param>
    /// <param name="minimumFactor">In (0, 1): the schedule is finished as soon as 2^−halvings has dropped to this.</param>
    /// <returns>Halvings so far, and whether the run should stop.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The patience is below 1, or the factor outside (0, 1).</exception>
    public static (int Halvings, bool Finished) After(ReadOnlySpan<double> metrics, int patience, double minimumFactor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(patience, 1);
        if (!(minimumFactor > 0 && minimumFactor < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(minimumFactor), minimumFactor, "The smallest factor must lie in (0, 1).");
        }

        double best = double.NegativeInfinity;
        int waiting = 0, halvings = 0;
        foreach (double metric in metrics)
        {
            if (metric > best)
            {
                best = metric;
                waiting = 0;
            }
            else if (++waiting == patience)
            {
                halvings++;
                waiting = 0;
                if (Math.ScaleB(1, -halvings) <= minimumFactor)
                {
                    return (halvings, true);
                }
            }
        }

        return (halvings, false);
    }
}
