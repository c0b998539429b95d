namespace Nabla.Theory.Schedule;

/// <summary>Chapter L: Learning-rate schedule.</summary>
internal static class ScheduleChapter
{
    public static Chapter Chapter { get; } = new(
        "L",
        "Learning-rate schedule",
        "Halving the learning rate when nothing improves.",
        []);
}
