using Nabla.Theory.Recipes;
using Nabla.Training.State;
using Nabla.Training.UpdateRules;

namespace Nabla.Theory.QuadraticBowl;

/// <summary>Descent on ½(κw1² + w2²) from (1, 1): measured rates, and steps to shrink both coordinates by a million.</summary>
internal static class Condition
{
    public const double Shrinkage = 1e-6;

    /// <summary>The slowest factor of one step of the trainer.</summary>
    public static double Rate(double condition, double learningRate) => Path(condition, learningRate, 1)[1];

    /// <summary>Steps to reach the shrinkage at this factor a step.</summary>
    public static double Steps(double rate) => Math.Ceiling(Math.Log(Shrinkage) / Math.Log(rate));

    /// <summary>Steps that the trainer takes until both coordinates are at most the shrinkage, −1 where the limit does not suffice.</summary>
    public static int StepsOfTraining(double condition, double learningRate, int limit) =>
        Array.FindIndex(Path(condition, learningRate, limit), distance => distance <= Shrinkage);

    /// <summary>The larger of |w1| and |w2| before the first step and after each.</summary>
    public static double[] Path(double condition, double learningRate, int steps, OptimizerOptions? optimizer = null)
    {
        var bowl = Bowl.Of(condition, 1);
        TrainingOptions options = Descent.Options(learningRate, bowl.Targets.Length, steps) with { Optimizer = optimizer ?? new() };
        return [.. Descent.Path(bowl.Network, bowl.Inputs, bowl.Targets, options).Select(row => row[..2].Max(Math.Abs))];
    }
}
