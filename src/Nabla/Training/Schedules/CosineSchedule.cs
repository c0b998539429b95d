using Nabla.Choices;

namespace Nabla.Training.Schedules;

/// <summary>η falls along half a cosine from η₀ to 0 over the run, mini-batch by mini-batch.</summary>
public sealed record CosineSchedule : Schedule
{
    /// <summary>The row of this schedule.</summary>
    public static Choice<Schedule> Choice { get; } = new("cosine", "η falls along half a cosine to 0", _ => new CosineSchedule());

    /// <inheritdoc/>
    public override Choice<Schedule> Row => Choice;

    /// <inheritdoc/>
    public override double At(double initial, in SchedulePlace place) => Anneal(initial, 0, place.Done / place.Total);
}
