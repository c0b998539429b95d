namespace Nabla.Theory.QuadraticBowl;

/// <summary>Chapter F: Gradient descent on a quadratic bowl.</summary>
internal static class QuadraticBowlChapter
{
    public static Chapter Chapter { get; } = new(
        "F",
        "Gradient descent on a quadratic bowl",
        """
        Near a minimum every smooth cost is a bowl, and a bowl in its own axes is a pair of parabolas that know nothing of each
        other. So nearly everything about the length of a step, about narrow valleys and about momentum can be seen, and
        calculated, on two parabolas. The runs are real ones: a single linear unit with the quadratic cost, and the trainer.
        """,
        [.. BowlChecks.Checks, .. StepLimitChecks.Checks, .. ConditionChecks.Checks, .. HeavyBallChecks.Checks]);
}
