using Nabla.Training.Batches;
using Nabla.Training.Measures;

namespace Nabla;

/// <summary>What a classifier gets right and wrong for each class, and how well its confidence is calibrated.</summary>
/// <remarks>
/// A quotient 0/0 (the precision of a class that was never predicted, the recall of one that never occurred) counts as 0. A rejected sample (a
/// binary code that encodes no class) counts as wrong everywhere: for the accuracy, in the recall of its class and in the calibration.
/// </remarks>
public sealed class ClassificationReport
{
    /// <summary>Equal-width bins of the calibration error (Guo et al. 2017).</summary>
    public const int CalibrationBins = 15;

    /// <summary>The smallest normal number of single precision, 2^−126: keeps −ln p finite.</summary>
    private const double SmallestProbability = 1.1754943508222875e-38;

    private ClassificationReport()
    {
    }

    /// <summary>The names of the classes.</summary>
    public IReadOnlyList<string> Classes { get; private init; } = [];

    /// <summary>Number of samples.</summary>
    public int Count { get; private init; }

    /// <summary>Samples whose outputs encode no class (binary coding only).</summary>
    public int Rejected { get; private init; }

    /// <summary>Samples of a true class (first index) taken for a predicted one (second index), [classes, classes]; rejected samples are not counted.</summary>
    public int[,] Confusion { get; private init; } = new int[0, 0];

    /// <summary>Samples of each class, rejected ones included, [classes].</summary>
    public IReadOnlyList<int> Support { get; private init; } = [];

    /// <summary>Right answers over samples that were taken for the class, [classes].</summary>
    public IReadOnlyList<double> Precision { get; private init; } = [];

    /// <summary>Right answers over samples of the class, [classes].</summary>
    public IReadOnlyList<double> Recall { get; private init; } = [];

    /// <summary>2·precision·recall/(precision + recall) = 2·right/(support + predicted), [classes].</summary>
    public IReadOnlyList<double> F1 { get; private init; } = [];

    /// <summary>Right answers.</summary>
    public int Correct { get; private init; }

    /// <summary>Right answers over samples.</summary>
    public double Accuracy => (double)Correct / Count;

    /// <summary>
    /// The mean of −ln p(true class), a p below 2^−126 counting as that; null where the outputs are not probabilities (one lies outside [0, 1]).
    /// See <see cref="ExpectedCalibrationError"/> for p.
    /// </summary>
    public double? LogLoss { get; private init; }

    /// <summary>
    /// Σ_b (n_b/n)·|accuracy_b − mean confidence_b| over 15 bins (k/15, (k + 1)/15] of the confidence, the probability of the predicted class;
    /// null where the outputs are not probabilities (one lies outside [0, 1]).
    /// </summary>
    /// <remarks>
    /// One-hot: p of a class is its output over the sum of the outputs (softmax outputs sum to 1; sigmoid outputs need not), 1/classes where all are 0.
    /// Binary: the product of a or 1 − a over the bits of the code.
    /// </remarks>
    public double? ExpectedCalibrationError { get; private init; }

    /// <summary>The report on the outputs for a data set.</summary>
    /// <param name="data">The data, with classes, at least one sample.</param>
    /// <param name="outputs">The outputs of every sample, [samples, outputs], such as <see cref="Evaluator.Outputs(NetworkOptions, Parameters, Dataset, int?, CancellationToken)"/> gives.</param>
    /// <param name="coding">How classes are coded.</param>
    /// <exception cref="ArgumentException">The data has real targets or no samples, or the number of outputs does not fit it.</exception>
    public static ClassificationReport From(Dataset data, ReadOnlySpan<double> outputs, TargetCoding coding = TargetCoding.OneHot)
    {
        ArgumentNullException.ThrowIfNull(data);
        int width = Require(data, outputs, coding), classes = data.TargetCount, rejected = 0;
        int[,] confusion = new int[classes, classes];
        int[] support = new int[classes];
        bool areProbabilities = true;
        double logLoss = 0;
        var calibration = new CalibrationError(CalibrationBins);
        for (int sample = 0; sample < data.Count; sample++)
        {
            ReadOnlySpan<double> a = outputs.Slice(sample * width, width);
            int label = data.Label(sample), predicted = TargetCodes.Decode(coding, a, classes);
            support[label]++;
            rejected += predicted < 0 ? 1 : 0;
            if (predicted >= 0)
            {
                confusion[label, predicted]++;
            }

            areProbabilities &= AreProbabilities(a);
            logLoss -= Math.Log(Math.Max(Probability(coding, a, label), SmallestProbability));
            calibration.Add(Confidence(coding, a, predicted), predicted == label);
        }

        return Summarise(data, rejected, confusion, support, areProbabilities ? logLoss / data.Count : null, areProbabilities ? calibration.Value : null);
    }

    private static ClassificationReport Summarise(Dataset data, int rejected, int[,] confusion, int[] support, double? logLoss, double? calibrationError)
    {
        int classes = support.Length, correct = 0;
        double[] precision = new double[classes], recall = new double[classes], f1 = new double[classes];
        for (int c = 0; c < classes; c++)
        {
            int right = confusion[c, c], predicted = 0;
            for (int truth = 0; truth < classes; truth++)
            {
                predicted += confusion[truth, c];
            }

            correct += right;
            precision[c] = Quotient(right, predicted);
            recall[c] = Quotient(right, support[c]);
            f1[c] = Quotient(2.0 * right, (double)support[c] + predicted);
        }

        return new ClassificationReport
        {
            Classes = data.Classes,
            Count = data.Count,
            Rejected = rejected,
            Confusion = confusion,
            LogLoss = logLoss,
            ExpectedCalibrationError = calibrationError,
            Support = support,
            Precision = precision,
            Recall = recall,
            F1 = f1,
            Correct = correct,
        };
    }

    /// <summary>The probability that outputs give to a class.</summary>
    private static double Probability(TargetCoding coding, ReadOnlySpan<double> a, int label)
    {
        if (coding == TargetCoding.OneHot)
        {
            double sum = 0;
            foreach (double output in a)
            {
                sum += output;
            }

            return sum > 0 ? a[label] / sum : 1.0 / a.Length;
        }

        double product = 1;
        for (int bit = 0; bit < a.Length; bit++)
        {
            product *= ((label >> bit) & 1) == 1 ? a[bit] : 1 - a[bit];
        }

        return product;
    }

    /// <summary>The probability of what was predicted, also of a code that encodes no class.</summary>
    private static double Confidence(TargetCoding coding, ReadOnlySpan<double> a, int predicted)
    {
        if (predicted >= 0)
        {
            return Probability(coding, a, predicted);
        }

        double product = 1;
        foreach (double output in a)
        {
            product *= Math.Max(output, 1 - output);
        }

        return product;
    }

    private static bool AreProbabilities(ReadOnlySpan<double> a)
    {
        foreach (double output in a)
        {
            if (!(output >= 0 && output <= 1))
            {
                return false;
            }
        }

        return true;
    }

    private static double Quotient(double numerator, double denominator) => denominator == 0 ? 0 : numerator / denominator;

    private static int Require(Dataset data, ReadOnlySpan<double> outputs, TargetCoding coding)
    {
        if (data.IsRegression)
        {
            throw new ArgumentException($"{data.Name} has real targets: a classification report needs classes.", nameof(data));
        }

        if (data.Count == 0)
        {
            throw new ArgumentException($"{data.Name} has no samples.", nameof(data));
        }

        int width = TargetCodes.Width(coding, data.TargetCount);
        return outputs.Length == (long)data.Count * width
            ? width
            : throw new ArgumentException($"{data.Count} samples of {data.Name} with {width} outputs each need {(long)data.Count * width} values, not {outputs.Length}.", nameof(outputs));
    }
}
