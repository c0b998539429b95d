using Nabla.Theory.Recipes;

namespace Nabla.Theory.QuadraticBowl;

/// <summary>The library's momentum step on a parabola of curvature h, as a linear map of (w, v).</summary>
internal static class HeavyBall
{
    /// <summary>
    /// Discriminants up to this, relative to the squared trace, count as 0: they are rounding errors of the map.
    /// </summary>
    private const double DoubleRoot = 1e-13;

    /// <summary>The trace and determinant of the map, from one step from (1, 0) and one from (0, 1).</summary>
    public static (double Trace, double Determinant) Map(double curvature, double learningRate, double momentum)
    {
        (double ww, double vw) = Step(curvature, learningRate, momentum, 1, 0);
        (double wv, double vv) = Step(curvature, learningRate, momentum, 0, 1);
        return (ww + vv, (ww * vv) - (wv * vw));
    }

    /// <summary>The larger |x| of the roots of x² − trace·x + determinant: the asymptotic factor per step.</summary>
    public static double Radius(double curvature, double learningRate, double momentum)
    {
        (double trace, double determinant) = Map(curvature, learningRate, momentum);
        double discriminant = (trace * trace) - (4 * determinant);
        if (Math.Abs(discriminant) <= DoubleRoot * trace * trace)
        {
            return Math.Abs(trace) / 2;
        }

        return discriminant < 0 ? Math.Sqrt(determinant) : (Math.Abs(trace) + Math.Sqrt(discriminant)) / 2;
    }

    /// <summary>η = 4/(√a+√b)² and μ = ((√κ−1)/(√κ+1))², for which both coordinates converge equally fast.</summary>
    public static (double LearningRate, double Momentum) Best(double a, double b)
    {
        double sum = Math.Sqrt(a) + Math.Sqrt(b), root = (Math.Sqrt(a) - Math.Sqrt(b)) / sum;
        return (4 / (sum * sum), root * root);
    }

    /// <summary>The larger of the two coordinates' radii at the best η and μ.</summary>
    public static double BestRadius(double a, double b)
    {
        (double learningRate, double momentum) = Best(a, b);
        return Math.Max(Radius(a, learningRate, momentum), Radius(b, learningRate, momentum));
    }

    private static (double W, double V) Step(double curvature, double learningRate, double momentum, double w, double v)
    {
        var bowl = Bowl.Of(curvature, 1, w, 0);
        double[] weight = [w], velocity = [v], gradient = [bowl.Network.Trace(bowl.Inputs, bowl.Targets).WeightGradient(0)[0, 0]];
        new Training.UpdateRules.Momentum(momentum).Update(learningRate, weight, gradient, velocity);
        return (weight[0], velocity[0]);
    }
}
