using Nabla.Training.Batches;

namespace Nabla.Training.Measures;

/// <summary>How well a classifier ranks: the area under the receiver operating characteristic, each class against all others.</summary>
/// <remarks>
/// The area of a class is the share of pairs (a sample of the class, a sample of another) in which the first has the higher score, ties counting half
/// (Mann and Whitney 1947): (#higher + #ties/2)/(P·N), counted exactly in whole numbers over the sorted scores, with one division at the end. The
/// score is the output of the class; in binary coding the product of a or 1 − a over the bits of its code. ½ is chance, 1 a perfect order.
/// </remarks>
public sealed class RocAuc
{
    private RocAuc(IReadOnlyList<double?> classes)
    {
        Classes = classes;
        double[] known = [.. classes.Where(area => area is not null).Select(area => area!.Value)];
        Value = classes.Count == 2 ? classes[1] : known.Length == 0 ? null : known.Sum() / known.Length;
    }

    /// <summary>For two classes, the area of the second, the positive one; for more, the mean over the classes that have an area. Null if no class has one.</summary>
    public double? Value { get; }

    /// <summary>The area of each class against all others, [classes]; null where no sample or every sample is of the class, or a score is NaN.</summary>
    public IReadOnlyList<double?> Classes { get; }

    /// <summary>The areas for the outputs for a data set.</summary>
    /// <param name="data">The data, with classes.</param>
    /// <param name="outputs">The outputs of every sample, [samples, outputs], such as <see cref="Evaluator.Outputs(NetworkOptions, Parameters, Dataset, int?, CancellationToken)"/> gives.</param>
    /// <param name="coding">How classes are coded.</param>
    /// <exception cref="ArgumentException">The data has real targets, or the number of outputs does not fit it.</exception>
    public static RocAuc From(Dataset data, ReadOnlySpan<double> outputs, TargetCoding coding = TargetCoding.OneHot)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.IsRegression)
        {
            throw new ArgumentException($"{data.Name} has real targets: an area under the curve needs classes.", nameof(data));
        }

        int width = TargetCodes.Width(coding, data.TargetCount);
        if (outputs.Length != (long)data.Count * width)
        {
            throw new ArgumentException($"{data.Count} samples of {data.Name} with {width} outputs each need {(long)data.Count * width} values, not {outputs.Length}.", nameof(outputs));
        }

        double?[] areas = new double?[data.TargetCount];
        double[] scores = new double[data.Count];
        bool[] isOfClass = new bool[data.Count];
        for (int c = 0; c < areas.Length; c++)
        {
            bool areNumbers = true;
            for (int sample = 0; sample < scores.Length; sample++)
            {
                scores[sample] = Score(coding, outputs.Slice(sample * width, width), c);
                isOfClass[sample] = data.Label(sample) == c;
                areNumbers &= !double.IsNaN(scores[sample]);
            }

            areas[c] = areNumbers ? Area(scores, isOfClass) : null;
        }

        return new RocAuc(areas);
    }

    /// <summary>The area for scores, which are sorted in place; null if all samples are of one kind.</summary>
    private static double? Area(double[] scores, bool[] isPositive)
    {
        Array.Sort(scores, isPositive);
        long positives = 0, negatives = 0, twice = 0;
        for (int start = 0; start < scores.Length;)
        {
            long tiedPositives = 0, tiedNegatives = 0;
            int end = start;
            for (; end < scores.Length && scores[end] == scores[start]; end++)
            {
                tiedPositives += isPositive[end] ? 1 : 0;
                tiedNegatives += isPositive[end] ? 0 : 1;
            }

            // Twice the pairs that this group of positives wins: all negatives below count two, those beside it one.
            twice += tiedPositives * ((2 * negatives) + tiedNegatives);
            positives += tiedPositives;
            negatives += tiedNegatives;
            start = end;
        }

        return positives == 0 || negatives == 0 ? null : twice / (2.0 * positives * negatives);
    }

    private static double Score(TargetCoding coding, ReadOnlySpan<double> outputs, int c)
    {
        if (coding == TargetCoding.OneHot)
        {
            return outputs[c];
        }

        double product = 1;
        for (int bit = 0; bit < outputs.Length; bit++)
        {
            product *= ((c >> bit) & 1) == 1 ? outputs[bit] : 1 - outputs[bit];
        }

        return product;
    }
}
