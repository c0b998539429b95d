using Nabla.Theory.Recipes;

namespace Nabla.Theory.Momentum;

/// <summary>Momentum on the simplest costs: curvature 1, a constant gradient, and no gradient.</summary>
internal static class MomentumRuns
{
    /// <summary>w after 0, 1, 2, … steps of the trainer on the cost ½w² from w = 1.</summary>
    public static double[] Path(double eta, double mu, int steps) => Path(eta, new Training.UpdateRules.Momentum(mu), steps);

    /// <inheritdoc cref="Path(double, double, int)"/>
    public static double[] Path(double eta, UpdateRule rule, int steps)
    {
        Bowl bowl = Bowl.OneDimensional();
        TrainingOptions options = Descent.Options(eta, bowl.Targets.Length, steps) with { Optimizer = rule };
        return [.. Descent.Path(bowl.Network, bowl.Inputs, bowl.Targets, options).Select(row => row[0])];
    }

    /// <summary>The velocities w(t) − w(t − 1), t = 1, 2, …, under a constant gradient.</summary>
    /// <param name="eta">η.</param>
    /// <param name="mu">μ.</param>
    /// <param name="gradient">The gradient.</param>
    /// <param name="steps">The number of steps.</param>
    /// <param name="start">v before the first step, with the sign of the gradient.</param>
    public static double[] Velocities(double eta, double mu, double gradient, int steps, double start = 0)
    {
        double[] velocities = new double[steps], w = [0], v = [start];
        for (int step = 0; step < steps; step++)
        {
            double before = w[0];
            Rule(mu).Update(eta, w, [gradient], v, step: step + 1);
            velocities[step] = w[0] - before;
        }

        return velocities;
    }

    /// <summary>
    /// The matrix of one step on curvature h, which is linear in (w, v). Each column is a step of the library.
    /// </summary>
    public static double[,] StepMatrix(double eta, double mu, double h)
    {
        double[,] matrix = new double[2, 2];
        for (int column = 0; column < 2; column++)
        {
            double[] w = [1 - column], v = [column];
            Rule(mu).Update(eta, w, [h * w[0]], v);
            (matrix[0, column], matrix[1, column]) = (w[0], v[0]);
        }

        return matrix;
    }

    /// <summary>
    /// The larger magnitude of the eigenvalues of a 2×2 matrix: the factor per step of the slowest mode.
    /// </summary>
    public static double Radius(double[,] matrix)
    {
        double half = (matrix[0, 0] + matrix[1, 1]) / 2, determinant = Determinant(matrix), square = (half * half) - determinant;
        return square < 0 ? Math.Sqrt(determinant) : Math.Abs(half) + Math.Sqrt(square);
    }

    public static double Determinant(double[,] matrix) => (matrix[0, 0] * matrix[1, 1]) - (matrix[0, 1] * matrix[1, 0]);

    private static Training.UpdateRules.Momentum Rule(double mu) => new Training.UpdateRules.Momentum(mu);
}
