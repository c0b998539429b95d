using FsCheck;
using FsCheck.Fluent;
using Nabla.Data.Synthetic;
using Nabla.Models;
using Nabla.Network;
using Nabla.Numerics.Random;
using Nabla.Numerics.Threads;
using Nabla.Tests.Support;
using Nabla.Training.Batches;
using Nabla.Training.Plans;
using Xunit;

namespace Nabla.Tests.Training.Plans;

public class PlanTests
{
    private static readonly NetworkOptions Architecture = NetworkOptions.FeedForward(784, [21, 9], 10, Activation.Tanh, Activation.Softmax, Cost.LogLikelihood, dropout: 0.3);

    private static readonly NetworkStructure Structure = new(Architecture);
    private static readonly Dataset Data = Digits.Generate(80, 1);
    private static readonly Dataset Numbers = AsNumbers(Data);

    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 10)]
    [InlineData(2, 23)]
    [InlineData(3, 17)]
    [InlineData(7, 40)]
    public void Every_plan_gives_the_same_bits(int threads, int batch)
    {
        var options = new TrainingOptions { BatchSize = batch };
        using var team = new WorkerTeam(threads);
        (Parameters, Workspace<float>) expected = Trained(state => new ProductPlan<float>(Structure, options, state, Numbers, WorkerTeam.Alone));
        foreach (Dataset data in new[] { Numbers, Data })
        {
            RequireSame(expected, Trained(state => new ProductPlan<float>(Structure, options, state, data, team)));
            RequireSame(expected, Trained(state => new SamplePlan<float>(Structure, options, state, data, team)));
            RequireSame(expected, Trained(state => new InputPlan<float>(Structure, options, state, data, team)));
        }

        (Parameters, Workspace<float>) Trained(Func<TrainingState, StepPlan<float>> create)
        {
            (TrainingState state, StepPlan<float> plan) = Begin(create);
            int[] order = [.. Enumerable.Range(0, Data.Count).Select(i => i * 7 % Data.Count)];
            // The second mini-batch finds the memory of the first one, the third is not the one that was to be expected; the last one of the epoch comes again, as after a divergence.
            var first = new MiniBatch(order, 0, batch, 2);
            MiniBatch last = first with { First = Data.Count - batch };
            foreach (MiniBatch next in new[] { first, first.Next, first with { First = 5 }, last, last })
            {
                Assert.Equal(1, plan.Run(next, [0.1], new double[1]));
                Assert.True(plan.IsFinite);
            }

            return (state.Parameters, plan.Workspace);
        }

        void RequireSame((Parameters Parameters, Workspace<float> Workspace) one, (Parameters Parameters, Workspace<float> Workspace) other)
        {
            Assert.Equal(one.Parameters.All<float>().ToArray(), other.Parameters.All<float>().ToArray());
            for (int layer = 0; layer < Structure.Stages.Count; layer++)
            {
                Assert.Equal(one.Workspace.Activations(layer, batch).Elements.ToArray(), other.Workspace.Activations(layer, batch).Elements.ToArray());
                Assert.Equal(one.Workspace.Deltas(layer, batch).Elements.ToArray(), other.Workspace.Deltas(layer, batch).Elements.ToArray());
            }

            Assert.Equal(one.Workspace.CostSum(batch), other.Workspace.CostSum(batch));
        }
    }

    [Theory]
    [InlineData(2, 10)]
    [InlineData(3, 17)]
    [InlineData(7, 40)]
    public void Whether_a_step_is_shared_may_change_at_any_mini_batch(int threads, int batch)
    {
        var options = new TrainingOptions { BatchSize = batch };
        using var team = new WorkerTeam(threads);
        float[] expected = Trained(state => new SamplePlan<float>(Structure, options, state, Data, WorkerTeam.Alone), 1);
        Assert.Equal(expected, Trained(state => new SamplePlan<float>(Structure, options, state, Data, team), threads));
        Assert.Equal(expected, Trained(state => new InputPlan<float>(Structure, options, state, Data, team), threads));

        float[] Trained(Func<TrainingState, StepPlan<float>> create, int all)
        {
            (TrainingState state, StepPlan<float> plan) = Begin(create);
            var changes = new CounterRandom(1, RandomPurpose.SyntheticSamples);
            double[] costs = new double[10];
            for (int epoch = 1; epoch <= 500; epoch++)
            {
                int[] order = [.. Enumerable.Range(0, Data.Count).Select(i => i * ((2 * epoch) + 1) % Data.Count)];
                for (var next = new MiniBatch(order, 0, batch, epoch); next.Count > 0;)
                {
                    // Stretches of any length, of mini-batches of the same size.
                    plan.Threads = changes.NextInt32(2) == 0 ? 1 : all;
                    int count = 1 + changes.NextInt32(Math.Min(plan.MaxBatchesPerRun, Math.Max(1, (order.Length - next.First) / batch)));
                    Assert.Equal(count, plan.Run(next, Enumerable.Repeat(0.1, count).ToArray(), costs));
                    state.Step += count;
                    for (int i = 0; i < count; i++)
                    {
                        state.CostSum += costs[i];
                        next = next.Next;
                    }
                }
            }

            return [.. state.Parameters.All<float>(), (float)state.CostSum];
        }
    }

    [Theory]
    [InlineData(2, 10)]
    [InlineData(3, 17)]
    public void A_stretch_ends_with_the_mini_batch_that_diverges(int threads, int batch)
    {
        var options = new TrainingOptions { BatchSize = batch };
        using var team = new WorkerTeam(threads);
        float[] expected = Trained(state => new SamplePlan<float>(Structure, options, state, Data, WorkerTeam.Alone));
        for (int trial = 0; trial < 50; trial++)
        {
            Assert.Equal(expected, Trained(state => new InputPlan<float>(Structure, options, state, Data, team)));
        }

        float[] Trained(Func<TrainingState, StepPlan<float>> create)
        {
            (TrainingState state, StepPlan<float> plan) = Begin(create);
            int[] order = [.. Enumerable.Range(0, Data.Count)];
            double[] costs = new double[4];
            Assert.Equal(2, plan.Run(new MiniBatch(order, 0, batch, 1), [0.1, 1e300, 0.1, 0.1], costs));
            Assert.False(plan.IsFinite);
            float[] diverged = [.. state.Parameters.All<float>(), .. plan.Workspace.Activations(0, batch).Elements, (float)costs[0], (float)costs[1]];
            // And once more from where it began, as after a divergence from which a run recovers.
            state.Parameters.CopyFrom(Begin(create).State.Parameters);
            Assert.Equal(4, plan.Run(new MiniBatch(order, 0, batch, 1), [0.1, 0.1, 0.1, 0.1], costs));
            Assert.True(plan.IsFinite);
            return [.. diverged, .. state.Parameters.All<float>()];
        }
    }

    private static (TrainingState State, StepPlan<float> Plan) Begin(Func<TrainingState, StepPlan<float>> create)
    {
        var state = new TrainingState { Parameters = ParameterInitializer.Draw(Architecture, Initializer.Glorot, Precision.Single, 1), Moments = [] };
        return (state, create(state));
    }

    /// <summary>Whatever the shape, and whichever plan goes with it: the sizes of all shares and of their memory are met here.</summary>
    [Fact]
    public void Any_network_trains_to_the_same_bits_on_any_number_of_threads() => Prop.ForAll(Settings.ToArbitrary(), setting =>
    {
        string expected = Weights(setting, 1);
        for (int trial = 0; trial < 2; trial++)
        {
            Assert.Equal(expected, Weights(setting, setting.Threads));
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    private static Gen<Setting> Settings =>
        from first in Gen.Choose(1, 1100)
        from second in Gen.Choose(0, 300)
        from batch in Gen.Choose(1, 80)
        from threads in Gen.Choose(2, 9)
        from optimizer in Gen.Elements(Named.Rule("sgd"), Named.Rule("momentum"), Named.Rule("adam"))
        from precision in Gen.Elements(Precision.Single, Precision.Single, Precision.Double)
        from asNumbers in Gen.Elements(false, false, true)
        from isDistorted in Gen.Elements(false, false, true)
        select new Setting(first, second, batch, threads, optimizer, precision, asNumbers, isDistorted && !asNumbers);

    private static string Weights(Setting setting, int threads)
    {
        Dataset data = setting.AsNumbers ? Numbers : Data;
        int[] units = setting.Second < 20 ? [setting.First] : [setting.First, setting.Second];
        NetworkOptions architecture = NetworkOptions.FeedForward(data.InputCount, units, data.TargetCount, Activation.Relu, Activation.Softmax, Cost.LogLikelihood, setting.Second % 3 == 0 ? 0.2 : 0);
        TrainingResult result = Trainer.Train(architecture, new DataSplit(data, null, null), new TrainingOptions
        {
            Epochs = 2,
            BatchSize = setting.Batch,
            LearningRate = 0.01,
            L1 = setting.First % 4 == 0 ? 0.1 : 0,
            Optimizer = setting.Optimizer,
            Precision = setting.Precision,
            Augmentation = setting.IsDistorted ? new DistortionOptions { Shift = 2 } : null,
            Threads = threads,
            Seed = 5,
        });
        return WeightsHash.Of(result.Parameters);
    }

    /// <summary>The same samples as the rows of a table.</summary>
    private static Dataset AsNumbers(Dataset images)
    {
        double[] values = new double[images.Count * images.InputCount];
        for (int sample = 0; sample < images.Count; sample++)
        {
            images.CopyInputs(sample, values.AsSpan(sample * images.InputCount, images.InputCount));
        }

        return Dataset.FromRows("numbers", values, images.InputCount, [.. Enumerable.Range(0, images.Count).Select(images.Label)], images.Classes);
    }

    private sealed record Setting(int First, int Second, int Batch, int Threads, UpdateRule Optimizer, Precision Precision, bool AsNumbers, bool IsDistorted);

    [Fact]
    public void The_books_network_goes_by_inputs_on_two_threads()
    {
        NetworkOptions architecture = NetworkOptions.FeedForward(784, [30], 10, Activation.Sigmoid, Activation.Sigmoid, Cost.CrossEntropy);
        var options = new TrainingOptions { BatchSize = 10 };
        using var team = new WorkerTeam(2);
        Assert.True(InputPlan<float>.Suits(new NetworkStructure(architecture), options, 10, team));
        Assert.False(InputPlan<float>.Suits(new NetworkStructure(architecture), options, 10, WorkerTeam.Alone));
        Assert.False(InputPlan<float>.Suits(new NetworkStructure(architecture), options, 9, team));
        Assert.False(InputPlan<float>.Suits(new NetworkStructure(architecture), options with { Augmentation = new() }, 10, team));
    }
}
