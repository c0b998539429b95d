namespace Nabla.Theory.Schedule;

/// <summary>Chapter L: Learning-rate schedule.</summary>
internal static class ScheduleChapter
{
    public static Chapter Chapter { get; } = new(
        "L",
        "learning-rate-schedule",
        "Learning-rate schedule",
        """
        A learning rate that suits the first epochs is too large for the last: the steps jump across the minimum. The
        schedule of the book halves the rate when there is no improvement, and ends the run when the rate has fallen to
        1/128. It depends on two values, a counter and the best metric so far. A halving must reset the first and keep
        the second.
        """,
        $"{Chapter.Book}, chapter 3, \"How to choose a neural network's hyper-parameters?\".",
        [.. PlateauChecks.Checks]);
}
