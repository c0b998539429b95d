namespace Nabla.Theory.Momentum;

/// <summary>Chapter N: Momentum.</summary>
internal static class MomentumChapter
{
    public static Chapter Chapter { get; } = new(
        "N",
        "Momentum",
        """
        Give the weights a velocity, and descent becomes a ball that rolls: the gradient pushes it, and μ says how much of its speed it keeps from step
        to step. Between 0 and 1 that is friction, and the ball comes to rest. What happens outside this range, where the picture of friction stops
        making sense, is an exercise that shows how far a picture can be trusted, and where one has to compute.
        """,
        [.. FrictionChecks.Checks, .. MomentumUpdateChecks.Checks]);
}
