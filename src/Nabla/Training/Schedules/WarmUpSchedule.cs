using Nabla.Choices;

namespace Nabla.Training.Schedules;

/// <summary>η rises in equal steps to η₀ over the first mini-batches of the run, and stays (Goyal et al. 2017).</summary>
/// <param name="Share">The share of the mini-batches in which η rises, in [0, 1].</param>
public sealed record WarmUpSchedule(double Share = 0.1) : Schedule
{
    /// <summary>The row of this schedule.</summary>
    public static Choice<Schedule> Choice { get; } = new("warm-up", "η rises linearly over the first share of the run, then stays", values => new WarmUpSchedule(values[0]), new NumberParameter("share", 0.1, "share of the run in which η rises") { Minimum = 0, Maximum = 1, OptionName = "warm-up-share" });

    /// <inheritdoc/>
    public override Choice<Schedule> Row => Choice;

    /// <inheritdoc/>
    public override IReadOnlyList<double> Values => [Share];

    /// <inheritdoc/>
    public override double At(double initial, in SchedulePlace place)
    {
        double rise = Math.Max(1, Math.Floor(Share * place.Total));
        return initial * Math.Min(1, (place.Done + 1) / rise);
    }
}
