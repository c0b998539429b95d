using Nabla.Network.Study;
using Nabla.Training.Batches;

namespace Nabla.Diagnosis;

/// <summary>
/// Measures what slows a layer's learning: saturation, the size of its weights, and decay against gradient.
/// </summary>
/// <remarks>Theory T97, T101, T107. For a saturated unit f′(z) is so small that its weights hardly move.</remarks>
public sealed record LayerProbe
{
    /// <summary>A unit whose f′(z) is below this counts as saturated for that sample.</summary>
    public const double SaturationLimit = 0.01;

    /// <summary>The layer, 0-based.</summary>
    public required int Layer { get; init; }

    /// <summary>
    /// The mean of f′(z) over units and samples; NaN for the output layer, whose f′ may have cancelled.
    /// </summary>
    public required double MeanDerivative { get; init; }

    /// <summary>
    /// The share of (unit, sample) pairs with |f′(z)| below <see cref="SaturationLimit"/>; NaN for the output layer.
    /// </summary>
    public required double SaturatedShare { get; init; }

    /// <summary>√Σw² over the weights.</summary>
    public required double WeightNorm { get; init; }

    /// <summary>The median of |w|.</summary>
    public required double MedianWeight { get; init; }

    /// <summary>√Σ(∂C₀/∂w)² over the weights, C₀ the mean data cost.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>√Σδ² as the mean over the samples.</summary>
    public required double DeltaNorm { get; init; }

    /// <summary>(λ/n)·‖W‖.</summary>
    public required double DecayNorm { get; init; }

    /// <summary>‖(λ/n)W‖ / ‖∂C₀/∂W‖: above 1 the decay moves the weights more than the data do.</summary>
    public double DecayToGradient => DecayNorm / GradientNorm;

    /// <summary>Probes every layer on the samples of a data set, in double.</summary>
    /// <param name="architecture">The architecture.</param>
    /// <param name="parameters">The parameters, of either precision.</param>
    /// <param name="data">The samples; all of them are used, so hand in a part of a large set.</param>
    /// <param name="l2">λ₂.</param>
    /// <param name="trainCount">n, the size of the training set.</param>
    /// <param name="coding">How classes become target values.</param>
    public static IReadOnlyList<LayerProbe> Of(NetworkOptions architecture, Parameters parameters, Dataset data, double l2 = 0, int? trainCount = null, TargetCoding coding = TargetCoding.OneHot)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(data);
        int outputs = architecture.Outputs;
        double[] inputs = new double[(long)data.Count * architecture.Inputs];
        double[] targets = new double[(long)data.Count * outputs];
        for (int sample = 0; sample < data.Count; sample++)
        {
            data.CopyInputs(sample, inputs.AsSpan(sample * architecture.Inputs, architecture.Inputs));
            Span<double> target = targets.AsSpan(sample * outputs, outputs);
            if (data.IsRegression)
            {
                data.Target(sample).CopyTo(target);
            }
            else
            {
                TargetCodes.Encode(coding, data.Label(sample), target);
            }
        }

        Parameters precise = parameters.ToPrecision(Precision.Double);
        Trace trace = Trace.Of(architecture, precise, inputs, targets);
        return [.. Enumerable.Range(0, precise.LayerCount).Select(layer => Of(trace, precise, layer, l2 / (trainCount ?? data.Count)))];
    }

    private static LayerProbe Of(Trace trace, Parameters parameters, int layer, double decay)
    {
        double[] weights = parameters.Weight<double>(layer).Elements.ToArray();
        double norm = Norm(weights);
        Array.Sort(weights, (x, y) => Math.Abs(x).CompareTo(Math.Abs(y)));
        bool isOutput = layer == parameters.LayerCount - 1;
        double derivatives = 0, deltas = 0;
        long saturated = 0;
        for (int sample = 0; sample < trace.Samples; sample++)
        {
            deltas += Norm(trace.Deltas(layer, sample));
            foreach (double derivative in isOutput ? [] : trace.Derivatives(layer, sample))
            {
                derivatives += derivative;
                saturated += Math.Abs(derivative) < SaturationLimit ? 1 : 0;
            }
        }

        double pairs = isOutput ? double.NaN : (double)trace.Samples * parameters.UnitsOf(layer);
        return new LayerProbe
        {
            Layer = layer,
            MeanDerivative = derivatives / pairs,
            SaturatedShare = saturated / pairs,
            WeightNorm = norm,
            MedianWeight = (Math.Abs(weights[(weights.Length - 1) / 2]) + Math.Abs(weights[weights.Length / 2])) / 2,
            GradientNorm = Norm(trace.WeightGradient(layer).Cast<double>()),
            DeltaNorm = deltas / trace.Samples,
            DecayNorm = decay * norm,
        };
    }

    private static double Norm(IEnumerable<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value * value;
        }

        return Math.Sqrt(sum);
    }
}
