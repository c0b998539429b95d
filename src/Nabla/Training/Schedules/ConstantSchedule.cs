using Nabla.Choices;

namespace Nabla.Training.Schedules;

/// <summary>η stays.</summary>
public sealed record ConstantSchedule : Schedule
{
    /// <summary>The row of this schedule.</summary>
    public static Choice<Schedule> Choice { get; } = new("constant", "η stays", _ => Schedule.Constant);

    /// <inheritdoc/>
    public override Choice<Schedule> Row => Choice;

    /// <inheritdoc/>
    public override double At(double initial, in SchedulePlace place) => initial;
}
