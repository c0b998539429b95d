namespace Nabla.Theory.DataExpansion;

/// <summary>Chapter O: Data expansion and large data.</summary>
internal static class DataExpansionChapter
{
    public static Chapter Chapter { get; } = new(
        "O",
        "Data expansion and large data",
        """
        More data is the best cure for overfitting, and distorted copies of what one has come close to it, as long as the copies keep their labels. A
        digit turned by ten degrees is the same digit; a 6 turned by half a circle is not. The checks of this chapter turn digits until the labels break,
        and ask what twice the data would bring.
        """,
        [.. RotationChecks.Checks, .. OrientationChecks.Checks, .. LearningCurveChecks.Checks]);
}
