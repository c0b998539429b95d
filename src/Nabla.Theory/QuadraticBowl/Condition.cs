using Nabla.Theory.Recipes;

namespace Nabla.Theory.QuadraticBowl;

/// <summary>
/// Descent on ½(κw1² + w2²) from (1, 1): measured factors per step, and steps until both coordinates are 1e−6.
/// </summary>
internal static class Condition
{
    public const double Shrinkage = 1e-6;

    /// <summary>The larger of the two factors of one step of the trainer.</summary>
    public static double Rate(double condition, double learningRate) => Path(condition, learningRate, 1)[1];

    /// <summary>The number of steps to reach the shrinkage with this factor per step.</summary>
    public static double Steps(double rate) => Math.Ceiling(Math.Log(Shrinkage) / Math.Log(rate));

    /// <summary>
    /// The number of steps of the trainer until both coordinates are at most the shrinkage; −1 beyond the limit.
    /// </summary>
    public static int StepsOfTraining(double condition, double learningRate, int limit) =>
        Array.FindIndex(Path(condition, learningRate, limit), distance => distance <= Shrinkage);

    /// <summary>The larger of |w1| and |w2| at the start and after each step.</summary>
    public static double[] Path(double condition, double learningRate, int steps, UpdateRule? optimizer = null)
    {
        var bowl = Bowl.Of(condition, 1);
        TrainingOptions options = Descent.Options(learningRate, bowl.Targets.Length, steps) with { Optimizer = optimizer ?? UpdateRule.Sgd };
        return [.. Descent.Path(bowl.Network, bowl.Inputs, bowl.Targets, options).Select(row => row[..2].Max(Math.Abs))];
    }
}
