namespace Nabla.Theory.QuadraticBowl;

/// <summary>Chapter F: Gradient descent on a quadratic bowl.</summary>
internal static class QuadraticBowlChapter
{
    public static Chapter Chapter { get; } = new(
        "F",
        "Gradient descent on a quadratic bowl",
        "Everything about step length, condition and momentum can be seen on two parabolas.",
        []);
}
