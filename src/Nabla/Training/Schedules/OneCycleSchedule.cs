using Nabla.Choices;

namespace Nabla.Training.Schedules;

/// <summary>η rises from η₀/25 to η₀ over the first 30% of the mini-batches and falls to η₀/250,000 over the rest, both along half a cosine (Smith 2018).</summary>
public sealed record OneCycleSchedule : Schedule
{
    /// <summary>The row of this schedule.</summary>
    public static Choice<Schedule> Choice { get; } = new("one-cycle", "η rises to η₀ over 30% of the run, then falls", _ => new OneCycleSchedule());

    /// <summary>The share of the run in which η rises.</summary>
    private const double Rise = 0.3;

    /// <summary>η starts at η₀ over this.</summary>
    private const double StartDivisor = 25;

    /// <summary>η ends at its start over this.</summary>
    private const double EndDivisor = 1e4;

    /// <inheritdoc/>
    public override Choice<Schedule> Row => Choice;

    /// <inheritdoc/>
    public override double At(double initial, in SchedulePlace place)
    {
        double start = initial / StartDivisor, end = start / EndDivisor;
        double top = (Rise * place.Total) - 1, last = place.Total - 1;
        return place.Done <= top
            ? Anneal(start, initial, top > 0 ? place.Done / top : 1)
            : Anneal(initial, end, last > top ? (place.Done - top) / (last - top) : 1);
    }
}
