using Nabla.Network;

namespace Nabla.Cli.Output;

/// <summary>How the weights or the biases of a layer are spread.</summary>
/// <param name="Mean">Their mean.</param>
/// <param name="Deviation">Their standard deviation, √ of the mean squared distance from the mean.</param>
/// <param name="Minimum">The smallest.</param>
/// <param name="Maximum">The largest.</param>
/// <param name="Norm">√ of the sum of squares.</param>
internal sealed record LayerStatistics(double Mean, double Deviation, double Minimum, double Maximum, double Norm)
{
    /// <summary>The statistics of a layer's weights.</summary>
    public static LayerStatistics OfWeights(Parameters parameters, int layer)
    {
        int inputs = parameters.InputsOf(layer);
        return Of((long)inputs * parameters.UnitsOf(layer), i => parameters.GetWeight(layer, (int)(i / inputs), (int)(i % inputs)));
    }

    /// <summary>The statistics of a layer's biases.</summary>
    public static LayerStatistics OfBiases(Parameters parameters, int layer) =>
        Of(parameters.UnitsOf(layer), i => parameters.GetBias(layer, (int)i));

    private static LayerStatistics Of(long count, Func<long, double> value)
    {
        double sum = 0, squares = 0, minimum = double.PositiveInfinity, maximum = double.NegativeInfinity;
        for (long i = 0; i < count; i++)
        {
            double v = value(i);
            sum += v;
            squares += v * v;
            minimum = Math.Min(minimum, v);
            maximum = Math.Max(maximum, v);
        }

        double mean = sum / count, spread = 0;
        for (long i = 0; i < count; i++)
        {
            double distance = value(i) - mean;
            spread += distance * distance;
        }

        return new LayerStatistics(mean, Math.Sqrt(spread / count), minimum, maximum, Math.Sqrt(squares));
    }
}
