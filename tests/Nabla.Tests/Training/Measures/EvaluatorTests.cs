using Nabla.Network.Costs;
using Nabla.Network.Prediction;
using Nabla.Training.Batches;
using Xunit;

namespace Nabla.Tests.Training.Measures;

public class EvaluatorTests
{
    private const double Tolerance = 1e-13;

    [Fact]
    public void A_measurement_is_broken_off_when_it_is_cancelled()
    {
        NetworkOptions options = NetworkOptions.FeedForward(1, [], 1, Activation.Linear, Activation.Linear, Cost.Quadratic);
        Dataset data = Dataset.FromRows("one", new double[] { 1 }, 1, [1], 1);
        var parameters = new Parameters(options, Precision.Double);
        Assert.Throws<OperationCanceledException>(() => Evaluator.Evaluate(options, parameters, data, threads: 1, cancellation: new CancellationToken(canceled: true)));
        Assert.Throws<OperationCanceledException>(() => Evaluator.Outputs(options, parameters, data, threads: 1, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Regression_errors_worked_by_hand()
    {
        // The network is a = x. Errors 0, 1, 0, −1; Σ(y − 3)² = 14.
        Evaluation evaluation = Evaluate([1, 3, 3, 5], [1, 2, 3, 6]);
        Assert.Equal(Math.Sqrt(0.5), evaluation.RootMeanSquaredError!.Value, Tolerance);
        Assert.Equal(0.5, evaluation.MeanAbsoluteError!.Value, Tolerance);
        Assert.Equal(6 / 7.0, evaluation.R2!.Value, Tolerance);
        Assert.Equal(0.25, evaluation.Cost, Tolerance);
        Assert.Equal(4, evaluation.Count);
        Assert.Null(evaluation.Correct);
        Assert.Null(evaluation.Accuracy);
    }

    [Fact]
    public void The_mean_of_the_targets_explains_nothing_and_worse_is_negative()
    {
        Assert.Equal(0, Evaluate([3, 3, 3, 3], [1, 2, 3, 6]).R2!.Value, Tolerance);
        // Errors 4, 0, 0, 0.
        Assert.Equal(1 - (16 / 14.0), Evaluate([5, 2, 3, 6], [1, 2, 3, 6]).R2!.Value, Tolerance);
    }

    [Fact]
    public void A_constant_target_has_R2_one_where_it_is_hit_and_zero_elsewhere()
    {
        Assert.Equal(1, Evaluate([4, 4], [4, 4]).R2);
        Assert.Equal(0, Evaluate([4, 5], [4, 4]).R2);
    }

    [Fact]
    public void A_large_offset_of_the_targets_costs_R2_no_digits()
    {
        const double Offset = 1L << 30;
        Assert.Equal(6 / 7.0, Evaluate([Offset + 1, Offset + 3, Offset + 3, Offset + 5], [Offset + 1, Offset + 2, Offset + 3, Offset + 6]).R2!.Value, 1e-12);
    }

    [Fact]
    public void R2_is_the_mean_over_the_targets_and_the_errors_run_over_all_values()
    {
        // Two outputs, both a = x: the first target is x itself, the second is that of the worked example.
        NetworkOptions options = NetworkOptions.FeedForward(1, [], 2, Activation.Linear, Activation.Linear, Cost.Quadratic);
        var parameters = new Parameters(options, Precision.Double);
        parameters.SetWeight(0, 0, 0, 1);
        parameters.SetWeight(0, 1, 0, 1);
        Dataset data = Dataset.FromRows("two", new double[] { 1, 3, 3, 5 }, 1, [1, 1, 3, 2, 3, 3, 5, 6], 2);
        Evaluation evaluation = Evaluator.Evaluate(options, parameters, data, threads: 1);
        Assert.Equal((1 + (6 / 7.0)) / 2, evaluation.R2!.Value, Tolerance);
        Assert.Equal(0.5, evaluation.RootMeanSquaredError!.Value, Tolerance);
        Assert.Equal(0.25, evaluation.MeanAbsoluteError!.Value, Tolerance);
    }

    [Theory]
    [InlineData(TargetCoding.OneHot)]
    [InlineData(TargetCoding.Binary)]
    public void Cost_and_right_answers_are_those_of_the_samples_one_by_one(TargetCoding coding)
    {
        // More samples than one batch of the evaluation holds, and not a multiple of it.
        const int Count = 613;
        NetworkOptions options = NetworkOptions.FeedForward(3, [5], TargetCodes.Width(coding, 5), Activation.Tanh, Activation.Sigmoid, Cost.CrossEntropy);
        Parameters parameters = ParameterInitializer.Draw(options, Initializer.Large, Precision.Double, 3);
        double[] inputs = [.. Enumerable.Range(0, 3 * Count).Select(i => ((i * 7919 % 199) - 99) / 50.0)];
        Dataset data = Dataset.FromRows("formula", inputs, 3, [.. Enumerable.Range(0, Count).Select(i => (i * i / 3) % 5)], ["a", "b", "c", "d", "e"]);
        Evaluation evaluation = Evaluator.Evaluate(options, parameters, data, coding, 2);
        double[] all = Evaluator.Outputs(options, parameters, data, 2);

        var alone = new ForwardPass(options, parameters);
        double cost = 0;
        int correct = 0;
        double[] target = new double[options.Outputs], output = new double[options.Outputs];
        for (int sample = 0; sample < Count; sample++)
        {
            alone.Run(inputs.AsSpan(3 * sample, 3), output);
            Assert.Equal(output, all[(sample * options.Outputs)..((sample + 1) * options.Outputs)]);
            TargetCodes.Encode(coding, data.Label(sample), target);
            cost += CostMath.Value(Cost.CrossEntropy, output, target);
            correct += TargetCodes.Decode(coding, output, 5) == data.Label(sample) ? 1 : 0;
        }

        Assert.Equal(cost / Count, evaluation.Cost, 1e-12 * cost);
        Assert.Equal((correct, Count, (double)correct / Count), (evaluation.Correct, evaluation.Count, evaluation.Accuracy));
        Assert.InRange(correct, 1, Count - 1);
        Assert.Equal(correct, ClassificationReport.From(data, all, coding).Correct);
    }

    [Fact]
    public void Data_that_does_not_fit_the_network_is_refused()
    {
        NetworkOptions options = NetworkOptions.FeedForward(1, [], 2, Activation.Linear, Activation.Softmax, Cost.LogLikelihood);
        var parameters = new Parameters(options, Precision.Single);
        Assert.Throws<ArgumentException>(() => Evaluator.Evaluate(options, parameters, Dataset.FromRows("wide", new double[2], 2, [0], ["a", "b"])));
        Assert.Throws<ArgumentException>(() => Evaluator.Evaluate(options, parameters, Dataset.FromRows("empty", default, 1, [], ["a", "b"])));
        Assert.Throws<ArgumentException>(() => Evaluator.Evaluate(options, parameters, Dataset.FromRows("three", new double[1], 1, [0], ["a", "b", "c"])));
        Assert.Throws<ArgumentException>(() => Evaluator.Evaluate(options, parameters, Dataset.FromRows("real", new double[1], 1, [0.5, 1, 2], 3)));
    }

    private static Evaluation Evaluate(double[] outputs, double[] targets)
    {
        NetworkOptions options = NetworkOptions.FeedForward(1, [], 1, Activation.Linear, Activation.Linear, Cost.Quadratic);
        var parameters = new Parameters(options, Precision.Double);
        parameters.SetWeight(0, 0, 0, 1);
        return Evaluator.Evaluate(options, parameters, Dataset.FromRows("line", outputs, 1, targets, 1), threads: 1);
    }
}
