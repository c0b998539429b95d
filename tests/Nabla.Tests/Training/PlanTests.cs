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
    private static readonly Dataset Data = Digits.Generate(60, 1);

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
        Parameters parameters = ParameterInitializer.Draw(architecture, Initializer.Glorot, Precision.Single, 1);
        using var team = new WorkerTeam(threads);
        Workspace<float> expected = Filled(workspace => new ProductPlan<float>(architecture, options, parameters, Data, null, workspace, WorkerTeam.Alone));
        RequireSame(expected, Filled(workspace => new ProductPlan<float>(architecture, options, parameters, Data, null, workspace, team)));
        RequireSame(expected, Filled(workspace => new SamplePlan<float>(architecture, options, parameters, Data, null, workspace, team)));
        RequireSame(expected, Filled(workspace => new InputPlan<float>(architecture, options, parameters, Data, null, workspace, team)));

        Workspace<float> Filled(Func<Workspace<float>, StepPlan<float>> create)
        {
            var workspace = new Workspace<float>(architecture, batch, backward: true);
            StepPlan<float> plan = create(workspace);
            int[] order = [.. Enumerable.Range(0, Data.Count).Select(i => i * 7 % Data.Count)];
            // The second mini-batch finds the memory of the first one.
            plan.Run(new MiniBatch(order, 0, batch, 2));
            plan.Run(new MiniBatch(order, 20, batch, 2));
            return workspace;
        }

        void RequireSame(Workspace<float> one, Workspace<float> other)
        {
            for (int layer = 0; layer < architecture.Layers.Count; layer++)
            {
                Assert.Equal(one.Activations(layer, batch).Elements.ToArray(), other.Activations(layer, batch).Elements.ToArray());
                Assert.Equal(one.Deltas(layer, batch).Elements.ToArray(), other.Deltas(layer, batch).Elements.ToArray());
            }

            Assert.Equal(one.Inputs(batch).Elements.ToArray(), other.Inputs(batch).Elements.ToArray());
            Assert.Equal(one.CostSum(batch), other.CostSum(batch));
        }
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
