namespace Nabla.Theory.Momentum;

/// <summary>Chapter N: Momentum.</summary>
internal static class MomentumChapter
{
    public static Chapter Chapter { get; } = new(
        "N",
        "momentum",
        "Momentum",
        """
        With momentum the weights have a velocity, and descent resembles a rolling ball: the gradient pushes it, and μ
        is the fraction of its velocity that it keeps from step to step. For μ between 0 and 1 this is friction, and the
        ball comes to rest. Outside this range the picture of friction fails. The exercise shows how far the picture can
        be trusted, and where we must compute.
        """,
        $"{Chapter.Book}, chapter 3, \"Variations on stochastic gradient descent\".",
        [.. FrictionChecks.Checks, .. MomentumUpdateChecks.Checks]);
}
