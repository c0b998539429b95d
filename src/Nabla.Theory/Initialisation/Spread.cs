using Nabla.Network.Prediction;

namespace Nabla.Theory.Initialisation;

/// <summary>
/// Weighted inputs of many units with a thousand inputs and random weights, and their normal distribution.
/// </summary>
internal static class Spread
{
    public const int Inputs = 1000;

    /// <summary>The number of units per draw. The weights of this many units fit into a core's cache.</summary>
    public const int UnitsOfADraw = 100;

    private static readonly NetworkOptions Layer = NetworkOptions.FeedForward(Inputs, [], UnitsOfADraw, Activation.Linear, Activation.Linear, Cost.Quadratic);

    /// <summary>Inputs of which half are 1 and half are 0.</summary>
    public static double[] HalfOnes => [.. Enumerable.Range(0, Inputs).Select(j => j % 2 == 0 ? 1.0 : 0.0)];

    /// <summary>z of the units of <paramref name="draws"/> layers, each drawn with its own seed.</summary>
    public static double[] WeightedInputs(Initializer initializer, double[] x, int draws)
    {
        double[] z = new double[draws * UnitsOfADraw];
        for (int draw = 0; draw < draws; draw++)
        {
            new ForwardPass(Layer, Draw(initializer, draw)).Run(x, z.AsSpan(draw * UnitsOfADraw, UnitsOfADraw));
        }

        return z;
    }

    /// <summary>The weights of one layer.</summary>
    public static double[] Weights(Initializer initializer)
    {
        Parameters parameters = Draw(initializer, 0);
        return [.. Enumerable.Range(0, UnitsOfADraw * Inputs).Select(i => parameters.GetWeight(0, i / Inputs, i % Inputs))];
    }

    /// <summary>√(mean of (z − mean z)²).</summary>
    public static double StandardDeviation(double[] z)
    {
        double mean = z.Average();
        return Math.Sqrt(z.Sum(value => (value - mean) * (value - mean)) / z.Length);
    }

    /// <summary>The density of N(0, deviation²).</summary>
    public static double Density(double z, double deviation) =>
        Math.Exp(-z * z / (2 * deviation * deviation)) / (Math.Sqrt(2 * Math.PI) * deviation);

    /// <summary>∫ f(z)·density(z) dz from −limit to limit, by Simpson's rule.</summary>
    public static double Integral(Func<double, double> f, double deviation, double limit)
    {
        const int Intervals = 20_000;
        double h = 2 * limit / Intervals, sum = 0;
        for (int i = 0; i <= Intervals; i++)
        {
            double z = -limit + (i * h);
            sum += (i == 0 || i == Intervals ? 1 : i % 2 == 1 ? 4 : 2) * f(z) * Density(z, deviation);
        }

        return sum * h / 3;
    }

    private static Parameters Draw(Initializer initializer, int seed) => ParameterInitializer.Draw(Layer, initializer, Precision.Double, (ulong)seed);
}
