namespace Nabla.Theory.QuadraticBowl;

/// <summary>Chapter F: Gradient descent on a quadratic bowl.</summary>
internal static class QuadraticBowlChapter
{
    public static Chapter Chapter { get; } = new(
        "F",
        "quadratic-bowl",
        "Gradient descent on a quadratic bowl",
        """
        Near a minimum every smooth cost resembles a quadratic bowl, and in the axes of the bowl its coordinates are
        independent parabolas. So step lengths, narrow valleys and momentum can be studied and calculated on two
        parabolas. The runs are real: the trainer trains a single linear unit with the quadratic cost.
        """,
        "Boris Polyak, \"Some methods of speeding up the convergence of iteration methods\" (1964).",
        [.. BowlChecks.Checks, .. StepLimitChecks.Checks, .. ConditionChecks.Checks, .. HeavyBallChecks.Checks]);
}
