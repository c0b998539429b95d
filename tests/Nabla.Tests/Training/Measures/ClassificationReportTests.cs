using Xunit;

namespace Nabla.Tests.Training.Measures;

public class ClassificationReportTests
{
    private const double Tolerance = 1e-14;

    /// <summary>Eight samples of three classes, worked by hand. Predicted: 0 0 1 | 1 1 | 0 2 2, true: 0 0 0 | 1 1 | 2 2 2.</summary>
    private static readonly double[] Worked =
    [
        0.8, 0.1, 0.1,
        0.5, 0.3, 0.2,
        0.25, 0.5, 0.25,
        0.1, 0.8, 0.1,
        0.125, 0.75, 0.125,
        0.5, 0.25, 0.25,
        0.2, 0.3, 0.5,
        0, 0, 1,
    ];

    private static readonly int[] Truth = [0, 0, 0, 1, 1, 2, 2, 2];

    [Fact]
    public void Counts_and_rates_of_the_worked_example()
    {
        ClassificationReport report = ClassificationReport.From(Classes(Truth, 3), Worked);

        Assert.Equal(new[,] { { 2, 1, 0 }, { 0, 2, 0 }, { 1, 0, 2 } }, report.Confusion);
        Assert.Equal([3, 2, 3], report.Support);
        Assert.Equal((6, 0.75, 0, 8), (report.Correct, report.Accuracy, report.Rejected, report.Count));
        AssertClose([2 / 3.0, 2 / 3.0, 1], report.Precision);
        AssertClose([2 / 3.0, 1, 2 / 3.0], report.Recall);
        AssertClose([2 / 3.0, 0.8, 0.8], report.F1);
        Assert.Equal(["0", "1", "2"], report.Classes);
    }

    [Fact]
    public void Log_loss_is_the_mean_of_minus_ln_of_the_true_class()
    {
        // −ln of 0.8·0.5·0.25·0.8·0.75·0.25·0.5·1 = 0.0075, over 8.
        Assert.Equal(-Math.Log(0.0075) / 8, ClassificationReport.From(Classes(Truth, 3), Worked).LogLoss!.Value, Tolerance);
    }

    [Fact]
    public void Calibration_error_of_the_worked_example()
    {
        // Bins of width 1/15: 0.5 ×4 (2 right of 4, confidence 2), 0.75 (1 right), 0.8 ×2 (2 right, confidence 1.6; 0.8 = 12/15 closes its bin,
        // which starts at 11/15 and so holds 0.75 too), 1 (right, confidence 1): (0 + |3 − 2.35| + 0)/8.
        Assert.Equal(0.65 / 8, ClassificationReport.From(Classes(Truth, 3), Worked).ExpectedCalibrationError!.Value, Tolerance);
    }

    [Fact]
    public void Errors_in_opposite_directions_add_up_in_different_bins()
    {
        // Confidence 0.9 and wrong, 0.6 and right: (0.9 + 0.4)/2, where the plain difference of means would give 0.25.
        ClassificationReport report = ClassificationReport.From(Classes([1, 0], 2), [0.9, 0.1, 0.6, 0.4]);
        Assert.Equal(0.65, report.ExpectedCalibrationError!.Value, Tolerance);
    }

    [Fact]
    public void Sigmoid_outputs_are_taken_relative_to_their_sum()
    {
        // 0.6/(0.6 + 0.2 + 0.2) right; all zero: 1/3 each, the first class is predicted.
        ClassificationReport report = ClassificationReport.From(Classes([0, 0], 3), [0.6, 0.2, 0.2, 0, 0, 0]);
        Assert.Equal((-Math.Log(0.6) + Math.Log(3)) / 2, report.LogLoss!.Value, Tolerance);
        Assert.Equal((0.4 + (2 / 3.0)) / 2, report.ExpectedCalibrationError!.Value, Tolerance);
        Assert.Equal(2, report.Correct);
    }

    [Fact]
    public void Nothing_over_nothing_counts_as_zero()
    {
        // Class 1 never occurs and is never predicted; class 2 never occurs but is predicted.
        ClassificationReport report = ClassificationReport.From(Classes([0, 0], 3), [1, 0, 0, 0, 0, 1]);
        AssertClose([1, 0, 0], report.Precision);
        AssertClose([0.5, 0, 0], report.Recall);
        AssertClose([2 / 3.0, 0, 0], report.F1);
    }

    [Fact]
    public void A_probability_of_zero_for_the_true_class_keeps_the_log_loss_finite() =>
        Assert.Equal(126 * Math.Log(2), ClassificationReport.From(Classes([1], 2), [1, 0]).LogLoss!.Value, 1e-12);

    [Fact]
    public void Outputs_that_are_no_probabilities_have_no_log_loss_and_no_calibration()
    {
        foreach (double wild in new[] { -0.01, 1.01, double.NaN })
        {
            ClassificationReport report = ClassificationReport.From(Classes([1, 0], 2), [0.2, 0.8, 0.9, wild]);
            Assert.Null(report.LogLoss);
            Assert.Null(report.ExpectedCalibrationError);
        }
    }

    [Fact]
    public void An_invalid_binary_code_is_rejected_and_counts_as_wrong()
    {
        // Three classes in two bits: 3 is no class. Samples: 0 right, 1 rejected, 2 taken for 1.
        ClassificationReport report = ClassificationReport.From(Classes([0, 1, 2], 3), [0.1, 0.2, 0.9, 0.8, 0.7, 0.4], TargetCoding.Binary);
        Assert.Equal(1, report.Rejected);
        Assert.Equal(new[,] { { 1, 0, 0 }, { 0, 0, 0 }, { 0, 1, 0 } }, report.Confusion);
        Assert.Equal([1, 1, 1], report.Support);
        Assert.Equal(1 / 3.0, report.Accuracy, Tolerance);
        AssertClose([1, 0, 0], report.Recall);
        // p of the true code: 0.9·0.8, 0.9·0.2, 0.3·0.4. Confidences: 0.72 right and 0.9·0.8 = 0.72 rejected share a bin, 0.7·0.6 = 0.42 is wrong.
        Assert.Equal(-Math.Log(0.72 * 0.18 * 0.12) / 3, report.LogLoss!.Value, Tolerance);
        Assert.Equal(((1.44 - 1) + 0.42) / 3, report.ExpectedCalibrationError!.Value, Tolerance);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>(() => ClassificationReport.From(Classes([0, 1], 2), [1, 0, 0]));
        Assert.Throws<ArgumentException>(() => ClassificationReport.From(Classes([], 2), []));
        Dataset real = Dataset.FromRows("real", new double[2], 1, [0.5, 0.5], 1);
        Assert.Throws<ArgumentException>(() => ClassificationReport.From(real, [1, 2]));
    }

    private static Dataset Classes(int[] labels, int classes) =>
        Dataset.FromRows("worked", new double[labels.Length], 1, labels, [.. Enumerable.Range(0, classes).Select(c => $"{c}")]);

    private static void AssertClose(double[] expected, IReadOnlyList<double> actual)
    {
        Assert.Equal(expected.Length, actual.Count);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], Tolerance);
        }
    }
}
