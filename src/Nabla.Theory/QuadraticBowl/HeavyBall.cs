using Nabla.Theory.Recipes;
using Nabla.Training.UpdateRules;

namespace Nabla.Theory.QuadraticBowl;

/// <summary>The library's momentum step on a parabola of curvature h, seen as the linear map of (w, v) that it is.</summary>
internal static class HeavyBall
{
    /// <summary>What two eigenvalues that should be equal may differ by, relative to their sum squared: the rounding of the map.</summary>
    private const double DoubleRoot = 1e-13;

    /// <summary>Trace and determinant of the map, found by stepping from (1, 0) and from (0, 1).</summary>
    public static (double Trace, double Determinant) Map(double curvature, double learningRate, double momentum)
    {
        (double ww, double vw) = Step(curvature, learningRate, momentum, 1, 0);
        (double wv, double vv) = Step(curvature, learningRate, momentum, 0, 1);
        return (ww + vv, (ww * vv) - (wv * vw));
    }

    /// <summary>The larger |x| of the two roots of x² − trace·x + determinant: the factor of a step in the long run.</summary>
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

    /// <summary>η = 4/(√a+√b)² and μ = ((√κ−1)/(√κ+1))², which make both coordinates equally fast.</summary>
    public static (double LearningRate, double Momentum) Best(double a, double b)
    {
        double sum = Math.Sqrt(a) + Math.Sqrt(b), root = (Math.Sqrt(a) - Math.Sqrt(b)) / sum;
        return (4 / (sum * sum), root * root);
    }

    /// <summary>The larger radius of both coordinates at the best η and μ.</summary>
    public static double BestRadius(double a, double b)
    {
        (double learningRate, double momentum) = Best(a, b);
        return Math.Max(Radius(a, learningRate, momentum), Radius(b, learningRate, momentum));
    }

    private static (double W, double V) Step(double curvature, double learningRate, double momentum, double w, double v)
    {
        var bowl = Bowl.Of(curvature, 1, w, 0);
        double[] weight = [w], velocity = [v], gradient = [bowl.Network.Trace(bowl.Inputs, bowl.Targets).WeightGradient(0)[0, 0]];
        Optimizer.Step(new OptimizerOptions { Kind = OptimizerKind.Momentum, Momentum = momentum }, learningRate, weight, gradient, velocity);
        return (weight[0], velocity[0]);
    }
}
