using Nabla.Choices;

namespace Nabla.Training.Schedules;

/// <summary>
/// η is halved when the metric brought no new best for N epochs. The count restarts at each halving, the best so far does not; the run stops when η has
/// dropped to η₀·factor. Theory T119.
/// </summary>
/// <param name="Patience">N, at least 1.</param>
/// <param name="MinimumFactor">The factor, in (0, 1).</param>
public sealed record PlateauSchedule(int Patience = 10, double MinimumFactor = 1.0 / 128) : Schedule
{
    /// <summary>The row of this schedule.</summary>
    public static Choice<Schedule> Choice { get; } = new(
        "plateau",
        "η is halved when N epochs bring no progress",
        values => new PlateauSchedule((int)values[0], values[1]),
        new NumberParameter("patience", 10, "N epochs") { Minimum = 1, Maximum = int.MaxValue, IsWhole = true },
        new NumberParameter("minimum_factor", 1.0 / 128, "ends the run at η₀ times this") { Minimum = 0, Maximum = 1, ExcludesMinimum = true, ExcludesMaximum = true, OptionName = "min-lr-factor" });

    /// <inheritdoc/>
    public override Choice<Schedule> Row => Choice;

    /// <inheritdoc/>
    public override IReadOnlyList<double> Values => [Patience, MinimumFactor];

    /// <inheritdoc/>
    public override bool NeedsValidation => true;

    /// <inheritdoc/>
    public override double At(double initial, in SchedulePlace place) => Halved(initial, After(place.Metrics, Patience, MinimumFactor).Halvings);

    /// <inheritdoc/>
    public override bool IsFinished(ReadOnlySpan<double> metrics) => After(metrics, Patience, MinimumFactor).Finished;

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
