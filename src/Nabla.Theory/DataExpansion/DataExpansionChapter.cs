namespace Nabla.Theory.DataExpansion;

/// <summary>Chapter O: Data expansion and large data.</summary>
internal static class DataExpansionChapter
{
    public static Chapter Chapter { get; } = new(
        "O",
        "data-expansion",
        "Data expansion and large data",
        """
        More data is the best cure for overfitting. Distorted copies of the existing data come close to it, as long as
        the copies keep their labels. A digit rotated by ten degrees is the same digit; a 6 rotated by 180 degrees is
        not. The checks of this chapter rotate digits until the labels are wrong, and examine the gain from twice the
        data.
        """,
        $"{Chapter.Book}, chapter 3, \"Other techniques for regularization\".",
        [.. RotationChecks.Checks, .. OrientationChecks.Checks, .. LearningCurveChecks.Checks]);
}
