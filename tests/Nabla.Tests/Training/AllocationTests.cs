using Nabla.Data.Synthetic;
using Nabla.Network;
using Nabla.Network.Prediction;
using Nabla.Numerics.Threads;
using Nabla.Tests.Support;
using Nabla.Training;
using Nabla.Training.Batches;
using Nabla.Training.Plans;
using Nabla.Training.UpdateRules;
using Xunit;

namespace Nabla.Tests.Training;

/// <summary>What runs once a mini-batch or once a prediction takes no memory from the heap.</summary>
public class AllocationTests
{
    public static TheoryData<UpdateRule, Activation, Cost, Precision, int> Cases => new()
    {
        { Named.Rule("sgd"), Activation.Sigmoid, Cost.CrossEntropy, Precision.Single, 1 },
        { Named.Rule("momentum"), Activation.Relu, Cost.LogLikelihood, Precision.Single, 2 },
        { Named.Rule("nesterov"), Activation.Tanh, Cost.Quadratic, Precision.Double, 1 },
        { Named.Rule("rmsprop"), Activation.Softplus, Cost.LogLikelihood, Precision.Single, 1 },
        { Named.Rule("adam"), Activation.Sigmoid, Cost.LogLikelihood, Precision.Single, 2 },
#if !DEBUG
        // Without optimisation the compiler boxes vectors where their element type is converted.
        { Named.Rule("adam"), Activation.Gelu, Cost.LogLikelihood, Precision.Single, 1 },
#endif
        { Named.Rule("adamw"), Activation.LeakyRelu, Cost.LogLikelihood, Precision.Double, 1 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_training_step_allocates_nothing(UpdateRule rule, Activation activation, Cost cost, Precision precision, int threads)
    {
        NetworkOptions architecture = Architecture([100, 30], activation, cost, dropout: 0.2);
        var options = new TrainingOptions
        {
            BatchSize = 20,
            LearningRate = 0.01,
            Optimizer = rule,
            L1 = 0.1,
            L2 = 0.1,
            Augmentation = new DistortionOptions { Shift = 2, Rotate = 10, ElasticStrength = 4 },
        };
        var state = new TrainingState
        {
            Parameters = ParameterInitializer.Draw(architecture, Initializer.Glorot, precision, 1),
            Moments = [.. Enumerable.Range(0, rule.Moments).Select(_ => new Parameters(architecture, precision).NewGradient())],
        };
        using var team = new WorkerTeam(threads);
        Action step = precision == Precision.Single ? Step<float>(architecture, options, state, team) : Step<double>(architecture, options, state, team);
        RequireNoAllocation(step);
    }

    [Fact]
    public void A_step_shared_by_inputs_allocates_nothing()
    {
        NetworkOptions architecture = Architecture([30], Activation.Sigmoid, Cost.CrossEntropy);
        var options = new TrainingOptions { BatchSize = 10, LearningRate = 0.01 };
        var state = new TrainingState { Parameters = ParameterInitializer.Draw(architecture, Initializer.Scaled, Precision.Single, 1), Moments = [] };
        using var team = new WorkerTeam(2);
        Assert.True(InputPlan<float>.Suits(new NetworkStructure(architecture), options, options.BatchSize, team));
        RequireNoAllocation(Step<float>(architecture, options, state, team));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    public void A_step_of_the_general_plan_allocates_nothing(int threads, int shards)
    {
        NetworkOptions architecture = NetworkOptions.FeedForward(784, [30, 20], 10, Activation.Relu, Activation.Softmax, Cost.LogLikelihood, dropout: 0.2, batchNormalization: true);
        var options = new TrainingOptions { BatchSize = 20, LearningRate = 0.01, Optimizer = new Nadam(), ClipNorm = 1, GradientShards = shards };
        Parameters parameters = ParameterInitializer.Draw(architecture, Initializer.He, Precision.Single, 1);
        var state = new TrainingState { Parameters = parameters, Moments = [parameters.NewGradient(), parameters.NewGradient()] };
        using var team = new WorkerTeam(threads);
        RequireNoAllocation(Step<float>(architecture, options, state, team));
    }

    [Theory]
    [InlineData(Precision.Single)]
    [InlineData(Precision.Double)]
    public void A_prediction_allocates_nothing(Precision precision)
    {
        NetworkOptions architecture = Architecture([30], Activation.Sigmoid, Cost.LogLikelihood);
        var pass = new ForwardPass(architecture, ParameterInitializer.Draw(architecture, Initializer.Scaled, precision, 1));
        float[] input = new float[architecture.Inputs], output = new float[10];
        double[] preciseInput = new double[architecture.Inputs], preciseOutput = new double[10];
        RequireNoAllocation(() =>
        {
            pass.Run(input, output);
            pass.Run(preciseInput, preciseOutput);
        });
    }

    private static NetworkOptions Architecture(int[] hidden, Activation activation, Cost cost, double dropout = 0) =>
        NetworkOptions.FeedForward(784, hidden, 10, activation, cost == Cost.LogLikelihood ? Activation.Softmax : Activation.Sigmoid, cost, dropout);

    private static Action Step<T>(NetworkOptions architecture, TrainingOptions options, TrainingState state, WorkerTeam team)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        Dataset data = Digits.Generate(40, 1);
        var step = new TrainingStep<T>(architecture, options, state, data, team);
        int[] samples = [.. Enumerable.Range(0, data.Count)];
        double[] rates = [.. Enumerable.Repeat(options.LearningRate, Math.Min(step.MaxBatchesPerRun, data.Count / options.BatchSize))], costs = new double[rates.Length];
        return () => Assert.True(step.Run(new MiniBatch(samples, 0, options.BatchSize, 1), rates, costs) == rates.Length);
    }

    private static void RequireNoAllocation(Action action)
    {
        // Scratch memory and the job objects are taken in the first rounds.
        action();
        action();
        Assert.Equal(0, Allocation.Of(() =>
        {
            action();
            action();
            action();
        }));
    }
}
