using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Nabla.Data.Synthetic;
using Nabla.Network;
using Nabla.Network.Study;
using Nabla.Tests.Support;
using Nabla.Training.UpdateRules;
using Xunit;

namespace Nabla.Tests.Training.Plans;

/// <summary>The general plan, whose gradient is a value: against the fused plans, against PyTorch, and its tree of shards.</summary>
public class GradientPlanTests
{
    /// <summary>A limit that no gradient reaches: the general plan runs, and clips nothing.</summary>
    private const double Unreached = 1e30;

    private static readonly Dataset Images = Digits.Generate(90, 3);

    [Fact]
    public void Without_clipping_and_with_one_shard_it_has_the_bits_of_the_fused_plans() => Prop.ForAll(
        (from first in Gen.Choose(1, 300)
         from second in Gen.Choose(0, 60)
         from batch in Gen.Choose(1, 50)
         from threads in Gen.Choose(1, 4)
         from rule in Gen.Elements(UpdateRule.Sgd, new Momentum(), new Adam(), new AdamW())
         from dropout in Gen.Elements(0, 0.3)
         select (first, second, batch, threads, rule, dropout)).ToArbitrary(),
        setting =>
        {
            int[] hidden = setting.second == 0 ? [setting.first] : [setting.first, setting.second];
            NetworkOptions network = NetworkOptions.FeedForward(784, hidden, 10, Activation.Tanh, Activation.Softmax, Cost.LogLikelihood, setting.dropout);
            var options = new TrainingOptions { Epochs = 1, BatchSize = setting.batch, LearningRate = 0.01, Optimizer = setting.rule, L2 = 0.1, Threads = setting.threads };
            Assert.Equal(Trained(network, Images, options), Trained(network, Images, options with { ClipNorm = Unreached }));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Theory]
    [InlineData(2, 12, 1)]
    [InlineData(3, 12, 2)]
    [InlineData(5, 12, 1)]
    [InlineData(7, 5, 2)]
    [InlineData(12, 12, 1)]
    public void The_gradient_is_the_pairwise_sum_of_its_shards_to_the_bit(int shards, int samples, int threads)
    {
        NetworkOptions network = NetworkOptions.FeedForward(6, [9, 40], 3, Activation.Sigmoid, Activation.Softmax, Cost.LogLikelihood);
        Parameters start = ParameterInitializer.Draw(network, Initializer.Scaled, Precision.Double, 2);
        (double[] inputs, double[] targets) = GradientCheck.DrawSamples(network, samples, 3);

        // By definition: shard i has samples ⌊im/N⌋ to ⌊(i+1)m/N⌋ − 1, and neighbours are added in pairs until one sum is left.
        double[][] sums = [.. Enumerable.Range(0, shards).Select(i => Shard(network, start, inputs, targets, i * samples / shards, (i + 1) * samples / shards))];
        while (sums.Length > 1)
        {
            sums = [.. sums.Chunk(2).Select(pair => pair.Length == 1 ? pair[0] : pair[0].Zip(pair[1], (a, b) => a + b).ToArray())];
        }

        // One update of plain descent with η = m: w − Σg, each element one fused multiply-add.
        double[] expected = [.. start.All<double>().ToArray().Zip(sums[0], (w, g) => Math.FusedMultiplyAdd(-1.0, g, w))];
        Dataset data = Dataset.FromRows("rows", inputs, 6, [.. targets.Chunk(3).Select(y => Array.IndexOf(y, 1))], ["a", "b", "c"]);
        double[] actual = Values(network, data, new TrainingOptions
        {
            Epochs = 1,
            BatchSize = samples,
            LearningRate = samples,
            GradientShards = shards,
            Shuffle = false,
            Precision = Precision.Double,
            Threads = threads,
            InitialParameters = start,
        });
        // η/m is 1 but for a rounding of 1/m where m is no power of two.
        Assert.Equal(expected, actual, (x, y) => samples is 1 or 2 or 4 or 8 ? x == y : Math.Abs(x - y) <= 1e-15 * Math.Max(1, Math.Abs(x)));
    }

    [Fact]
    public void Clipping_scales_the_mean_gradient_to_the_norm_as_PyTorch_does()
    {
        JsonElement clipping = Golden.Read("layers.json").GetProperty("clipping");
        NetworkOptions network = NetworkOptions.FeedForward(3, [4], 2, Activation.Tanh, Activation.Softmax, Cost.LogLikelihood);
        double[] inputs = [.. Rows(clipping, "inputs")], targets = [.. Rows(clipping, "targets")];
        foreach (JsonElement run in clipping.GetProperty("runs").EnumerateArray())
        {
            var start = new Parameters(network, Precision.Double);
            Write(start, clipping.GetProperty("start"));
            Dataset data = Dataset.FromRows("rows", inputs, 3, [.. targets.Chunk(2).Select(y => y[1] > y[0] ? 1 : 0)], ["a", "b"]);
            double momentum = run.GetProperty("momentum").GetDouble();
            int samples = inputs.Length / 3;
            double[] actual = Values(network, data, new TrainingOptions
            {
                Epochs = 1,
                BatchSize = clipping.GetProperty("batches")[0].GetProperty("inputs").GetArrayLength(),
                LearningRate = run.GetProperty("rate").GetDouble(),
                Optimizer = momentum == 0 ? UpdateRule.Sgd : new Momentum(momentum),
                ClipNorm = run.GetProperty("largest").GetDouble(),
                L2 = run.GetProperty("decay").GetDouble() * samples,
                Shuffle = false,
                Precision = Precision.Double,
                InitialParameters = start,
            });
            var expected = new Parameters(network, Precision.Double);
            Write(expected, run.GetProperty("parameters"));
            Assert.Equal(expected.All<double>().ToArray(), actual, (x, y) => Math.Abs(x - y) <= 1e-12);
        }
    }

    [Fact]
    public void Frozen_tensors_neither_move_nor_count_in_the_norm()
    {
        NetworkOptions network = NetworkOptions.FeedForward(784, [5], 10, Activation.Tanh, Activation.Softmax, Cost.LogLikelihood);
        TrainingOptions options = new() { Epochs = 1, BatchSize = 90, LearningRate = 1, Precision = Precision.Double, ClipNorm = 0.01, Frozen = ["layers.0"] };
        Parameters start = ParameterInitializer.Draw(network, options.Initializer, Precision.Double, options.Seed);
        double[] before = start.All<double>().ToArray(), after = Values(network, Images, options);
        int frozen = (784 * 5) + 5;
        Assert.Equal(before[..frozen], after[..frozen]);
        // One step of plain descent with η = 1 has the length of the clipped gradient.
        Assert.Equal(0.01, Math.Sqrt(before.Zip(after, (x, y) => (x - y) * (x - y)).Sum()), 1e-12);
    }

    private static double[] Shard(NetworkOptions network, Parameters parameters, double[] inputs, double[] targets, int start, int end)
    {
        if (start == end)
        {
            return new double[parameters.Count];
        }

        Parameters gradient = parameters.NewGradient();
        StudyPass.Load(network, parameters, inputs.AsSpan(start * 6, (end - start) * 6), targets.AsSpan(start * 3, (end - start) * 3)).Differentiate(parameters, end - start, PassContext.Study, gradient);
        return gradient.All<double>()[..parameters.Count].ToArray();
    }

    private static float[] Trained(NetworkOptions network, Dataset data, TrainingOptions options) =>
        Trainer.Train(network, new DataSplit(data, null, null), options).Parameters.All<float>().ToArray();

    private static double[] Values(NetworkOptions network, Dataset data, TrainingOptions options) =>
        Trainer.Train(network, new DataSplit(data, null, null), options).Parameters.All<double>().ToArray();

    private static IEnumerable<double> Rows(JsonElement clipping, string name) =>
        clipping.GetProperty("batches").EnumerateArray().SelectMany(batch => batch.GetProperty(name).EnumerateArray().SelectMany(row => row.Doubles()));

    private static void Write(Parameters parameters, JsonElement values)
    {
        string[] names = ["weight0", "bias0", "weight1", "bias1"];
        for (int i = 0; i < names.Length; i++)
        {
            JsonElement rows = values.GetProperty(names[i]);
            parameters.Write(parameters.Tensors[i], rows[0].ValueKind == JsonValueKind.Array ? [.. rows.EnumerateArray().SelectMany(row => row.Doubles())] : rows.Doubles());
        }
    }
}
