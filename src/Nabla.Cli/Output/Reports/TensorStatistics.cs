using Nabla.Network;

namespace Nabla.Cli.Output.Reports;

/// <summary>Statistics of the values of a tensor.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Deviation">The standard deviation, √ of the mean squared distance from the mean.</param>
/// <param name="Minimum">The smallest.</param>
/// <param name="Maximum">The largest.</param>
/// <param name="Norm">√ of the sum of squares.</param>
internal sealed record TensorStatistics(double Mean, double Deviation, double Minimum, double Maximum, double Norm)
{
    /// <summary>The statistics of a tensor.</summary>
    public static TensorStatistics Of(Parameters parameters, ParameterTensor tensor)
    {
        double[] values = parameters.Read(tensor);
        long count = values.Length;
        double sum = 0, squares = 0, minimum = double.PositiveInfinity, maximum = double.NegativeInfinity;
        foreach (double v in values)
        {
            sum += v;
            squares += v * v;
            minimum = Math.Min(minimum, v);
            maximum = Math.Max(maximum, v);
        }

        double mean = sum / count, spread = 0;
        foreach (double v in values)
        {
            double distance = v - mean;
            spread += distance * distance;
        }

        return new TensorStatistics(mean, Math.Sqrt(spread / count), minimum, maximum, Math.Sqrt(squares));
    }
}
