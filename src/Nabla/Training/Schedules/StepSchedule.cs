using Nabla.Choices;

namespace Nabla.Training.Schedules;

/// <summary>η is halved every N epochs.</summary>
/// <param name="Patience">N, at least 1.</param>
public sealed record StepSchedule(int Patience = 10) : Schedule
{
    /// <summary>The row of this schedule.</summary>
    public static Choice<Schedule> Choice { get; } = new("step", "η is halved every N epochs", values => new StepSchedule((int)values[0]), new NumberParameter("patience", 10, "N epochs") { Minimum = 1, Maximum = int.MaxValue, IsWhole = true });

    /// <inheritdoc/>
    public override Choice<Schedule> Row => Choice;

    /// <inheritdoc/>
    public override IReadOnlyList<double> Values => [Patience];

    /// <inheritdoc/>
    public override double At(double initial, in SchedulePlace place) => Halved(initial, (place.Epoch - 1) / Patience);
}
