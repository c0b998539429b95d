using Nabla.Data;
using Nabla.Data.Synthetic;
using Nabla.Network;
using Nabla.Network.Activations;
using Nabla.Network.Costs;
using Nabla.Network.Initializers;
using Nabla.Numerics;
using Nabla.Training;
using Nabla.Training.Plans;
using Xunit;

namespace Nabla.Tests.Training;

public class PlanTests
{
    private static readonly Dataset Data = Digits.Generate(80, 1);

    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 10)]
    [InlineData(2, 23)]
    [InlineData(3, 17)]
    [InlineData(7, 40)]
    public void Every_plan_gives_the_same_bits(int threads, int batch)
    {
        NetworkOptions architecture = NetworkOptions.FeedForward(784, [21, 9], 10, Activation.Tanh, Activation.Softmax, Cost.LogLikelihood);
        var options = new TrainingOptions { BatchSize = batch, Dropout = 0.3 };
        using var team = new WorkerTeam(threads);
        (Parameters, Workspace<float>) expected = Trained((state, workspace) => new ProductPlan<float>(architecture, options, state, Data, null, workspace, WorkerTeam.Alone));
        RequireSame(expected, Trained((state, workspace) => new ProductPlan<float>(architecture, options, state, Data, null, workspace, team)));
        RequireSame(expected, Trained((state, workspace) => new SamplePlan<float>(architecture, options, state, Data, null, workspace, team)));
        RequireSame(expected, Trained((state, workspace) => new InputPlan<float>(architecture, options, state, Data, null, workspace, team)));
        if (BatchInputs<float>.CanBeBytes(architecture, batch))
        {
            RequireSame(expected, Trained((state, workspace) => new SamplePlan<float>(architecture, options, state, Data, null, workspace, team), asBytes: true));
            RequireSame(expected, Trained((state, workspace) => new InputPlan<float>(architecture, options, state, Data, null, workspace, team), asBytes: true));
        }

        (Parameters, Workspace<float>) Trained(Func<TrainingState, Workspace<float>, StepPlan<float>> create, bool asBytes = false)
        {
            var state = new TrainingState { Parameters = ParameterInitializer.Draw(architecture, Initializer.Glorot, Precision.Single, 1), Moments = [] };
            var workspace = new Workspace<float>(architecture, batch, backward: true, asBytes: asBytes);
            StepPlan<float> plan = create(state, workspace);
            int[] order = [.. Enumerable.Range(0, Data.Count).Select(i => i * 7 % Data.Count)];
            // The second mini-batch finds the memory of the first one, the third is not the one that was to be expected; the last one of the epoch comes again, as after a divergence.
            var first = new MiniBatch(order, 0, batch, 2);
            MiniBatch last = first with { First = Data.Count - batch };
            foreach (MiniBatch next in new[] { first, first.Next, first with { First = 5 }, last, last })
            {
                plan.Run(next, 0.1);
            }

            return (state.Parameters, workspace);
        }

        void RequireSame((Parameters Parameters, Workspace<float> Workspace) one, (Parameters Parameters, Workspace<float> Workspace) other)
        {
            Assert.Equal(one.Parameters.All<float>().ToArray(), other.Parameters.All<float>().ToArray());
            for (int layer = 0; layer < architecture.Layers.Count; layer++)
            {
                Assert.Equal(one.Workspace.Activations(layer, batch).Elements.ToArray(), other.Workspace.Activations(layer, batch).Elements.ToArray());
                Assert.Equal(one.Workspace.Deltas(layer, batch).Elements.ToArray(), other.Workspace.Deltas(layer, batch).Elements.ToArray());
            }

            Assert.Equal(one.Workspace.Inputs(batch).Elements.ToArray(), InputsOf(other.Workspace.Batch(batch)));
            Assert.Equal(one.Workspace.CostSum(batch), other.Workspace.CostSum(batch));
        }
    }

    private static float[] InputsOf(BatchInputs<float> inputs) => inputs.AreBytes ? [.. inputs.Bytes.Elements.ToArray().Select(value => value / 255f)] : inputs.Numbers.Elements.ToArray();

    [Theory]
    [InlineData(10, 30, true)]
    [InlineData(23, 64, true)]
    [InlineData(24, 64, false)]
    [InlineData(33, 30, false)]
    [InlineData(10, 3, false)]
    [InlineData(10, 1000, false)]
    public void Small_mini_batches_of_narrow_layers_read_bytes(int batch, int units, bool expected)
    {
        NetworkOptions architecture = NetworkOptions.FeedForward(784, [units], 10, Activation.Sigmoid, Activation.Sigmoid, Cost.CrossEntropy);
        Assert.Equal(expected, BatchInputs<float>.CanBeBytes(architecture, batch));
    }

    [Fact]
    public void The_books_network_goes_by_inputs_on_two_threads()
    {
        NetworkOptions architecture = NetworkOptions.FeedForward(784, [30], 10, Activation.Sigmoid, Activation.Sigmoid, Cost.CrossEntropy);
        var options = new TrainingOptions { BatchSize = 10 };
        var parameters = new Parameters(architecture, Precision.Single);
        using var team = new WorkerTeam(2);
        Assert.True(InputPlan<float>.Suits(architecture, options, parameters, 10, team));
        Assert.False(InputPlan<float>.Suits(architecture, options, parameters, 10, WorkerTeam.Alone));
        Assert.False(InputPlan<float>.Suits(architecture, options, parameters, 9, team));
        Assert.False(InputPlan<float>.Suits(architecture, options with { Augmentation = new() }, parameters, 10, team));
    }
}
