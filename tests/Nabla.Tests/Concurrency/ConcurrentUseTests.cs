using System.Text;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Concurrency;

/// <summary>The types that promise it give each of many threads what they give one thread alone.</summary>
public sealed class ConcurrentUseTests : IDisposable
{
    private const int Threads = 8;
    private const int Rounds = 40;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false, long.MaxValue)]
    [InlineData(false, 0)]
    [InlineData(true, long.MaxValue)]
    public void Many_threads_read_one_data_set(bool reals, long budget)
    {
        Dataset data = reals
            ? Dataset.FromRows("rows", Enumerable.Range(0, 900).Select(i => Math.Sin(i)).ToArray(), 3, [.. Enumerable.Range(0, 300).Select(i => (double)i)], 1)
            : Open(budget).Train;
        double[] expected = Read(data);
        Together(() => Assert.Equal(expected, Read(data)));
    }

    [Fact]
    public void Many_threads_take_views_of_one_data_set()
    {
        Dataset data = Open(long.MaxValue).Train;
        int[] odd = [.. Enumerable.Range(0, data.Count / 2).Select(i => (2 * i) + 1)];
        double[] expected = Views();
        Together(() => Assert.Equal(expected, Views()));

        double[] Views() => [.. Read(data.Slice(5, 20)), .. Read(data.Select(odd))];
    }

    [Fact]
    public void Many_threads_predict_rows_of_one_binding_and_dictionaries_of_its_model()
    {
        (Model model, RowBinding<int> binding) = Bound();
        double[] expected = [.. Enumerable.Range(0, 60).Select(row => binding.Predict(row).Outputs[0])];
        Together(() =>
        {
            for (int row = 0; row < expected.Length; row++)
            {
                Assert.Equal(expected[row], binding.Predict(row).Outputs[0]);
                Assert.Equal(expected[row], model.Predict(Cells(row)).Outputs[0]);
            }
        });
    }

    [Fact]
    public void Many_threads_predict_with_one_predictor_alone_and_in_batches()
    {
        (Model model, RowBinding<int> binding) = Bound();
        float[] inputs = new float[60 * model.Architecture.Inputs], expected = new float[60];
        for (int row = 0; row < expected.Length; row++)
        {
            binding.Encode(row, inputs.AsSpan(row * model.Architecture.Inputs, model.Architecture.Inputs));
        }

        using var predictor = new Predictor(model, 2);
        predictor.Predict(inputs, expected);
        Together(() =>
        {
            float[] outputs = new float[60], one = new float[1];
            predictor.Predict(inputs, outputs);
            Assert.Equal(expected, outputs);
            predictor.Predict(inputs.AsSpan(7 * model.Architecture.Inputs, model.Architecture.Inputs), one);
            Assert.Equal(expected[7], one[0]);
        });
    }

    [Fact]
    public void Many_threads_measure_one_model_on_one_data_set()
    {
        (Model model, _) = Bound();
        Dataset data = Open(long.MaxValue).Train;
        Evaluation expected = Evaluator.Evaluate(model.Architecture, model.Parameters, data, threads: 1);
        Together(() => Assert.Equal(expected, Evaluator.Evaluate(model.Architecture, model.Parameters, data, threads: 1)));
    }

    private static Dictionary<string, string?> Cells(int row) =>
        new() { ["n"] = row % 7 == 0 ? null : $"{row}", ["c"] = row % 2 == 0 ? "red" : "blue", ["d"] = $"2024-01-{1 + (row % 28):00}" };

    /// <summary>Inputs and targets of all samples.</summary>
    private static double[] Read(Dataset data)
    {
        var all = new List<double>();
        double[] wide = new double[data.InputCount];
        float[] narrow = new float[data.InputCount];
        for (int sample = 0; sample < data.Count; sample++)
        {
            data.CopyInputs(sample, wide);
            data.CopyInputs(sample, narrow);
            all.AddRange(wide);
            all.AddRange(narrow.Select(value => (double)value));
            all.AddRange(data.Target(sample));
            all.Add(data.Weight(sample));
        }

        return [.. all];
    }

    /// <summary>Does the same on several threads that start together.</summary>
    private static void Together(Action action)
    {
        using var start = new Barrier(Threads);
        var failures = new List<Exception>();
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
        {
            try
            {
                start.SignalAndWait();
                for (int round = 0; round < Rounds; round++)
                {
                    action();
                }
            }
            catch (Exception failure)
            {
                lock (failures)
                {
                    failures.Add(failure);
                }
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.Empty(failures);
    }

    private DataSplit Open(long budget)
    {
        string text = "n,c,d,y\n" + string.Concat(Enumerable.Range(0, 80).Select(row =>
            $"{Cells(row)["n"]},{Cells(row)["c"]},{Cells(row)["d"]},{100 + (3 * row)}\n"));
        string path = folder.Write("table.csv", Encoding.UTF8.GetBytes(text));
        return DataSource.Open(new DataRequest
        {
            Source = path,
            Test = SplitSize.None,
            Validation = SplitSize.None,
            MemoryBudget = budget,
            Table = new TableOptions { Targets = ["y"], Task = TableTask.Regress },
        });
    }

    private (Model Model, RowBinding<int> Binding) Bound()
    {
        DataSplit data = Open(long.MaxValue);
        NetworkOptions network = NetworkOptions.FeedForward(data.Train.InputCount, [9], 1, Activation.Tanh, Activation.Linear, Cost.Quadratic);
        TrainingResult result = Trainer.Train(network, data, new TrainingOptions { Epochs = 2, LearningRate = 0.01, Threads = 1 });
        Model model = Model.From(result, data.Train);
        return (model, model.Bind<int>(row => row
            .Column("n", i => i % 7 == 0 ? Cell.Missing : (double)i)
            .Column("c", i => i % 2 == 0 ? "red" : "blue")
            .Column("d", i => new DateOnly(2024, 1, 1 + (i % 28)))));
    }
}
