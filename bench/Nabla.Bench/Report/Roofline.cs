using Nabla.Bench.Workloads;

namespace Nabla.Bench.Report;

/// <summary>The best that the machine could do, from its two ceilings.</summary>
/// <remarks>
/// A multiply-add counts as two operations. Training costs 2 operations a parameter and sample forward, 2 for the weights' gradient, and 2 for the
/// δ of the layer before, which the first layer does not need: 6, and 4 for the first layer. Where memory rules, the bytes that must be moved count.
/// </remarks>
/// <param name="fmaGflops">Fused multiply-adds on all threads, GFLOP/s.</param>
/// <param name="readGigabytes">Memory, GB/s.</param>
internal sealed class Roofline(double fmaGflops, double readGigabytes)
{
    /// <summary>Of Adam, four bytes a parameter each: read w, g, m, v, write w, m, v.</summary>
    private const int AdamTransfers = 7;

    /// <summary>Operations of training on one sample.</summary>
    public static double TrainingOperations(NetworkSetting setting) =>
        setting.Sizes.Zip(setting.Sizes.Skip(1), (inputs, units) => (inputs + 1.0) * units).Select((parameters, layer) => (layer == 0 ? 4 : 6) * parameters).Sum();

    /// <summary>Samples a second in training. Adam's pass over the parameters comes on top of the products: it has nothing to compute meanwhile.</summary>
    public double TrainingRate(NetworkSetting setting)
    {
        double seconds = setting.Batch * TrainingOperations(setting) / (fmaGflops * 1e9);
        if (setting.Optimizer == "adam")
        {
            seconds += AdamTransfers * sizeof(float) * setting.ParameterCount / (readGigabytes * 1e9);
        }

        return setting.Batch / seconds;
    }

    /// <summary>Samples a second in predicting batches.</summary>
    public double PredictionRate(NetworkSetting setting) => fmaGflops * 1e9 / (2.0 * setting.ParameterCount);

    /// <summary>Microseconds to predict one sample: every parameter has to be read once.</summary>
    public double PredictionMicroseconds(NetworkSetting setting) => sizeof(float) * setting.ParameterCount / (readGigabytes * 1e9) * 1e6;
}
