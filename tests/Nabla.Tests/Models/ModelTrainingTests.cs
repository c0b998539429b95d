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
