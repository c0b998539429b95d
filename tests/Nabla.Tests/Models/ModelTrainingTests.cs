using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Models;

/// <summary><see cref="Model.Train"/> and <see cref="Model.Evaluate"/>.</summary>
public sealed class ModelTrainingTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    private string Table
    {
        get
        {
            // y = 1000·(a + 2b): far from unit scale, so that fixed learning rates diverge where nothing is scaled.
            string path = temporary["plane.csv"];
            File.WriteAllLines(path, ["a,b,y", .. Enumerable.Range(0, 200).Select(i => $"{i % 20},{i / 20},{1000 * ((i % 20) + (2 * (i / 20)))}")]);
            return path;
        }
    }

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void A_table_is_learned_with_the_options_that_suit_it()
    {
        DataSplit data = DataSource.Open(Table);
        Model model = Model.Train(data);
        Assert.InRange(model.Evaluate(data.Test!).R2!.Value, 0.99, 1);
    }

    [Fact]
    public void Outputs_have_the_unit_of_the_target_and_raw_ones_that_of_the_training()
    {
        DataSplit data = DataSource.Open(Table);
        Model model = Model.Train(data);
        var target = model.Columns!.Targets[0];
        float[] input = new float[data.Train.InputCount], narrow = new float[1];
        double[] wide = new double[1], raw = new double[1], both = new double[2];
        data.Train.CopyInputs(0, input);
        double[] same = [.. input.Select(value => (double)value)];
        double expected = model.Predict(input).Outputs[0];
        model.Predict(input, narrow);
        model.Predict(same, wide);
        model.PredictRaw(same, raw);
        Assert.Equal(((float)expected, expected), (narrow[0], wide[0]));
        Assert.Equal(expected, target.Center + (target.Scale * raw[0]));
        Assert.InRange(raw[0], -3, 3);

        using var predictor = new Predictor(model);
        predictor.Predict([.. same, .. same], both);
        Assert.Equal([expected, expected], both);
        predictor.PredictRaw([.. input, .. input], both);
        Assert.Equal([raw[0], raw[0]], both);
    }

    [Theory]
    [InlineData("moons", "softmax")]
    [InlineData("moons", "sigmoid")]
    [InlineData("digits:200", "softmax")]
    public void One_pass_measures_and_gives_the_outputs_that_two_passes_give(string source, string output)
    {
        DataSplit data = DataSource.Open(source);
        ModelOptions plain = Preset.Plain.For(data.Train).WithOutput(Named.Activation(output));
        Model model = Model.Train(data, plain with { Training = plain.Training with { Epochs = 1 } });
        (Evaluation evaluation, double[] outputs) = Evaluator.EvaluateWithOutputs(model.Architecture, model.Parameters, data.Train);
        Assert.Equal(model.Evaluate(data.Train), evaluation);
        Assert.Equal(Evaluator.Outputs(model.Architecture, model.Parameters, data.Train), outputs);
    }

    [Fact]
    public void Interpreting_outputs_does_not_change_them()
    {
        DataSplit data = DataSource.Open(Table);
        Model model = Model.Train(data);
        double[] raw = [0.5];
        double expected = model.Columns!.Targets[0].Center + (0.5 * model.Columns.Targets[0].Scale);
        Assert.Equal(expected, model.InterpretRaw(raw).Outputs[0]);
        Assert.Equal([0.5], raw);
    }

    [Fact]
    public void The_same_data_gives_the_same_weights_as_the_trainer()
    {
        DataSplit data = DataSource.Open("moons");
        ModelOptions options = Preset.Plain.For(data.Train);
        TrainingResult result = Trainer.Train(options.Build(data.Train), data, options.Training);
        Assert.Equal(Model.From(result, data.Train).WeightsSha256, Model.Train(data, options).WeightsSha256);
    }

    [Fact]
    public void A_training_that_diverges_gives_no_model()
    {
        DataSplit data = DataSource.Open("moons");
        ModelOptions plain = Preset.Plain.For(data.Train);
        ModelOptions wild = plain with
        {
            Network = plain.Network with { Activation = Activation.Linear, Output = Activation.Linear, Cost = Cost.Quadratic },
            Training = plain.Training with { LearningRate = 1e6 },
        };
        string message = Assert.Throws<InvalidOperationException>(() => Model.Train(data, wild)).Message;
        Assert.StartsWith("The training diverged in epoch 1, mini-batch ", message, StringComparison.Ordinal);
        Assert.Contains("learning rate", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_and_cancellation_reach_the_trainer()
    {
        DataSplit data = DataSource.Open("moons");
        ModelOptions plain = Preset.Plain.For(data.Train);
        using var source = new CancellationTokenSource();
        var events = new Recorder(value =>
        {
            if (value is EpochCompleted { Epoch: 2 })
            {
                source.Cancel();
            }
        });
        Model model = Model.Train(data, plain, events, source.Token);
        Assert.Equal(StopReason.Interrupt, model.Facts.StoppedBy);
        Assert.Equal(2, model.Facts.Epochs);
    }

    [Fact]
    public void Data_whose_columns_were_learned_from_other_rows_is_refused()
    {
        DataSplit data = DataSource.Open(Table), other = DataSource.Open(Table, seed: 1);
        Model model = Model.Train(data);
        Assert.Contains("learned from other rows", Assert.Throws<ArgumentException>(() => model.Evaluate(other.Test!)).Message, StringComparison.Ordinal);
        DataSplit again = DataSource.Open(new DataRequest { Source = Table }, model.Columns!);
        Assert.Equal(model.Evaluate(data.Test!), model.Evaluate(again.Test!));
    }

    [Fact]
    public void Data_with_other_classes_is_refused()
    {
        Model model = Model.Train(DataSource.Open("moons"));
        Dataset other = Dataset.FromRows("other", new double[] { 0, 1 }, 2, [0], ["cat", "dog"]);
        Assert.Contains("cat, dog", Assert.Throws<ArgumentException>(() => model.Evaluate(other)).Message, StringComparison.Ordinal);
        Dataset wide = Dataset.FromRows("wide", new double[] { 0, 1, 2 }, 3, [0], ["cat", "dog"]);
        Assert.Contains("3 inputs", Assert.Throws<ArgumentException>(() => model.Evaluate(wide)).Message, StringComparison.Ordinal);
        Dataset real = Dataset.FromRows("real", new double[] { 0, 1 }, 2, new double[] { 0.5 }, 1);
        Assert.Contains("real targets", Assert.Throws<ArgumentException>(() => model.Evaluate(real)).Message, StringComparison.Ordinal);
    }

    private sealed class Recorder(Action<TrainingEvent> report) : IProgress<TrainingEvent>
    {
        public void Report(TrainingEvent value) => report(value);
    }
}
