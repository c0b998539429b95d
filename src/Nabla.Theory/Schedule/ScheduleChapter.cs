namespace Nabla.Theory.Schedule;

/// <summary>Chapter L: Learning-rate schedule.</summary>
internal static class ScheduleChapter
{
    public static Chapter Chapter { get; } = new(
        "L",
        "Learning-rate schedule",
        "A learning rate that is right for the first epochs is too large for the last: the steps jump across the minimum they should settle in. "
        + "The schedule of the book waits until nothing improves, halves the rate, and gives up when it has fallen to a 128th. "
        + "All of it is decided by two memories, one of which must be wiped at each halving and the other must not.",
        [.. PlateauChecks.Checks]);
}
