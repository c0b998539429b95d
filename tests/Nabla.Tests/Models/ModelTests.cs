using Nabla.Tests.Support;
using Nabla.Training.UpdateRules;
using Xunit;

namespace Nabla.Tests.Models;

public class ModelTests
{
    private static readonly NetworkOptions Bits = NetworkOptions.FeedForward(2, [], 2, Activation.Sigmoid, Activation.Sigmoid, Cost.CrossEntropy);

    [Fact]
    public void Xor_worked_by_hand_is_predicted()
    {
        // Rectified: h₁ = x₁ + x₂, h₂ = x₁ + x₂ − 1; z = ±(h₁ − 2h₂ − ½): 1, 0 → the classes differ by sign.
        NetworkOptions architecture = NetworkOptions.FeedForward(2, [2], 2, Activation.Relu, Activation.Softmax, Cost.LogLikelihood);
        var model = new Model(architecture, SampleModels.Parameters(architecture, Precision.Single, 1, 1, 1, 1, 0, -1, -1, 2, 1, -2, 0.5, -0.5), ["same", "different"]);
        Assert.Equal("same", model.Predict([0f, 0f]).ClassName);
        Assert.Equal("different", model.Predict([1f, 0f]).ClassName);
        Assert.Equal("different", model.Predict([0f, 1f]).ClassName);
        Prediction last = model.Predict([1f, 1f]);
        Assert.Equal(0, last.Class);
        // z = (½, −½): e^½/(e^½ + e^−½) = 1/(1 + e^−1).
        Assert.Equal(0.73105857863, last.Confidence!.Value, 1e-6);
        Assert.Equal(1, last.Outputs.Sum(), 1e-6);
    }

    [Theory]
    [InlineData(-9, -9, 0, "a")]
    [InlineData(9, -9, 1, "b")]
    [InlineData(-9, 9, 2, "c")]
    [InlineData(9, 9, -1, null)]
    public void Binary_codes_are_read_least_significant_bit_first_and_invalid_ones_rejected(double first, double second, int index, string? name)
    {
        // Theory T134: three classes leave the code 11 free.
        var model = new Model(Bits, SampleModels.Parameters(Bits, Precision.Double, 0, 0, 0, 0, first, second), ["a", "b", "c"], targets: TargetCoding.Binary);
        Prediction prediction = model.Predict([0.0, 0.0]);
        Assert.Equal(index, prediction.Class);
        Assert.Equal(name, prediction.ClassName);
        Assert.Equal(index < 0, prediction.IsRejected);
        // σ(9)², with σ(9) = 0.99987660542.
        Assert.Equal(0.99987660542 * 0.99987660542, prediction.Confidence!.Value, 1e-10);
    }

    [Fact]
    public void A_regression_has_outputs_and_no_class()
    {
        NetworkOptions architecture = NetworkOptions.FeedForward(1, [], 1, Activation.Linear, Activation.Linear, Cost.Quadratic);
        var model = new Model(architecture, SampleModels.Parameters(architecture, Precision.Double, 3, 1), []);
        Prediction prediction = model.Predict([2.0]);
        Assert.Equal([7.0], prediction.Outputs);
        Assert.Equal((-1, null, null, false), (prediction.Class, prediction.ClassName, prediction.Confidence, prediction.IsRejected));
    }

    [Fact]
    public void Predicting_into_spans_allocates_nothing()
    {
        Model model = SampleModels.Draw(3);
        float[] input = new float[model.Architecture.Inputs], output = new float[model.Architecture.Outputs];
        for (int i = 0; i < 100; i++)
        {
            model.Predict(input, output.AsSpan());
        }

        Assert.Equal(0, Allocation.Of(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                model.Predict(input, output.AsSpan());
            }
        }));
    }

    [Fact]
    public void Many_threads_predict_what_one_predicts()
    {
        Model model = SampleModels.Draw(11);
        double[][] inputs = [.. Enumerable.Range(0, 500).Select(i => Enumerable.Range(0, model.Architecture.Inputs).Select(j => Math.Sin(i + j)).ToArray())];
        double[][] alone = [.. inputs.Select(input => model.Predict((ReadOnlySpan<double>)input).Outputs.ToArray())];
        double[][] together = new double[inputs.Length][];
        Parallel.For(0, inputs.Length, i => together[i] = [.. model.Predict((ReadOnlySpan<double>)inputs[i]).Outputs]);
        Assert.Equal(alone, together);
    }

    [Fact]
    public void Parts_that_do_not_fit_are_refused()
    {
        var parameters = new Parameters(Bits, Precision.Single);
        Assert.Contains("3 classes", Assert.Throws<ArgumentException>(() => new Model(Bits, parameters, ["a", "b", "c"])).Message, StringComparison.Ordinal);
        Assert.Contains("28×28", Assert.Throws<ArgumentException>(() => new Model(Bits, parameters, ["a", "b"], new ImageShape(28, 28))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Model(Bits with { Inputs = 3 }, parameters, ["a", "b"]));
        Assert.Throws<ArgumentException>(() => new Model(Bits, parameters, ["a", "b"]).Predict([1.0]));
    }

    [Fact]
    public void A_run_becomes_a_model_with_its_facts()
    {
        Dataset data = Dataset.FromRows("line", new double[] { -1, 1, -2, 2 }, 1, [0, 1, 0, 1], ["low", "high"]);
        NetworkOptions architecture = NetworkOptions.FeedForward(1, [], 2, Activation.Sigmoid, Activation.Softmax, Cost.LogLikelihood);
        var options = new TrainingOptions { Epochs = 3, Threads = 1, Seed = 5, Optimizer = new Adam(), L2 = 0.5 };
        TrainingResult result = Trainer.Train(architecture, new DataSplit(data, null, null), options);
        var model = Model.From(result, data, Evaluator.Evaluate(architecture, result.Parameters, data));
        Assert.Equal(["low", "high"], model.Classes);
        Assert.Equal(
            ("line", 4, 3, 3, 5ul, "adam", 0.5),
            (model.Facts.Data, model.Facts.TrainCount, model.Facts.Epochs, model.Facts.BestEpoch, model.Facts.Seed, model.Facts.Optimizer, model.Facts.L2));
        Assert.NotNull(model.Facts.TestAccuracy);
    }
}
