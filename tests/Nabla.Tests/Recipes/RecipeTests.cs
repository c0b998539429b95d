using Nabla.Choices;
using Nabla.Models.Formats.Onnx;
using Nabla.Models.Formats.Onnx.Reading;
using Nabla.Network;
using Nabla.Network.Study;
using Nabla.Runs;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Recipes;

/// <summary>The recipes of CONTRIBUTING.md: a choice that only a test knows works everywhere through its row.</summary>
public sealed class RecipeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static NetworkOptions Network => new()
    {
        Inputs = 2,
        Layers = Fixtures.Network.ParseLayers("dense 8 softsign:2, random-projection 5, softsign, dense 2 sigmoid"),
        Cost = Fixtures.Network.Costs.Parse("quartic:0.5"),
    };

    private static TrainingOptions Training => new()
    {
        Epochs = 3,
        BatchSize = 7,
        LearningRate = 0.01,
        Optimizer = Fixtures.Training.UpdateRules.Parse("sign-momentum:0.8"),
        Schedule = Fixtures.Training.Schedules.Parse("inverse-time:0.5"),
        Initializer = Fixtures.Network.Initializers.Parse("box:0.75"),
        Precision = Precision.Double,
        Threads = 1,
    };

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Texts_and_values_belong_together()
    {
        Assert.Equal("softsign:2", Round(Fixtures.Network.Activations, new Softsign(2)));
        Assert.Equal("quartic", Round(Fixtures.Network.Costs, new Quartic()));
        Assert.Equal("box:2", Round(Fixtures.Network.Initializers, new Box(2)));
        Assert.Equal("sign-momentum:0.5", Round(Fixtures.Training.UpdateRules, new SignMomentum(0.5)));
        Assert.Equal("inverse-time", Round(Fixtures.Training.Schedules, new InverseTime()));
        Assert.Equal("dense 8 softsign:2, random-projection 5, softsign, dense 2 sigmoid", string.Join(", ", Network.Layers.Select(layer => layer.ToString().Replace("activation ", "", StringComparison.Ordinal))));
    }

    [Fact]
    public void Gradients_agree_with_differences()
    {
        Parameters parameters = ParameterInitializer.Draw(Network, Training.Initializer, Precision.Double, seed: 1);
        (double[] inputs, double[] targets) = GradientCheck.DrawSamples(Network, samples: 4, seed: 2);
        GradientCheckResult check = GradientCheck.Run(Network, parameters, inputs, targets, l2: 0.1);
        Assert.InRange(check.LargestRelativeError, 0, 1e-7);

        // The projection is state: (2 + 1)·8 + 5 + (5 + 1)·2 parameters are trained.
        Assert.Equal(41, check.Parameters);
    }

    [Theory]
    [InlineData(Precision.Single, 2)]
    [InlineData(Precision.Single, 3)]
    [InlineData(Precision.Double, 2)]
    [InlineData(Precision.Double, 3)]
    public void No_bit_depends_on_the_number_of_threads(Precision precision, int threads)
    {
        TrainingOptions options = Training with { Precision = precision };
        Assert.Equal(Values(Train(options)), Values(Train(options with { Threads = threads })));
    }

    [Fact]
    public void Training_leaves_state_alone_and_lowers_the_cost()
    {
        Parameters start = ParameterInitializer.Draw(Network, Training.Initializer, Precision.Double, Training.Seed);
        TrainingResult result = Train(Training with { Epochs = 20 });
        ParameterTensor projection = Assert.Single(start.Tensors, tensor => !tensor.IsTrained);
        Assert.Equal(start.Read(projection), result.Parameters.Read(projection));
        Assert.True(Cost(result.Parameters) < 0.8 * Cost(start), $"{Cost(result.Parameters)} against {Cost(start)}");

        static double Cost(Parameters parameters) => Evaluator.Evaluate(Network, parameters, Data().Train).Cost;
    }

    [Fact]
    public void A_model_file_is_read_with_the_rows_and_names_what_is_missing_without()
    {
        TrainingResult result = Train(Training);
        var model = Model.From(result, Data().Train);
        model.Save(folder["m"]);
        Model loaded = Model.Load(folder["m"], Fixtures.Network);
        Assert.Equal(Network, loaded.Architecture);
        Assert.Equal(Values(result), Values(loaded.Parameters));
        Assert.Equal(Predict(model), Predict(loaded));

        Assert.Contains("'softsign'", Assert.Throws<InvalidDataException>(() => Model.Load(folder["m"])).Message, StringComparison.Ordinal);
        Assert.Contains("'quartic'", Missing(Fixtures.Network with { Costs = Nabla.Network.Registries.NetworkChoices.BuiltIn.Costs }), StringComparison.Ordinal);
        Assert.Contains("'random-projection'", Missing(Fixtures.Network with { Layers = Nabla.Network.Registries.NetworkChoices.BuiltIn.Layers }), StringComparison.Ordinal);

        string Missing(Nabla.Network.Registries.NetworkChoices choices) => Assert.Throws<InvalidDataException>(() => Model.Load(folder["m"], choices)).Message;

        static double[] Predict(Model model)
        {
            double[] outputs = new double[2];
            model.Predict([0.3, -0.7], outputs);
            return outputs;
        }
    }

    [Fact]
    public void The_options_of_a_run_are_read_with_the_rows_and_name_what_is_missing_without()
    {
        RunFolder run = RunFolder.Create(folder["run"]);
        var options = new RunOptions { Data = new DataRequest { Source = "moons" }, Network = Network, Training = Training };
        run.SaveOptions(options);
        RunOptions loaded = run.LoadOptions(Fixtures.Training);
        Assert.Equal(options.Network, loaded.Network);
        Assert.Equal((Training.Optimizer, Training.Schedule, Training.Initializer), (loaded.Training.Optimizer, loaded.Training.Schedule, loaded.Training.Initializer));
        Assert.Contains("'softsign'", Assert.Throws<InvalidDataException>(() => run.LoadOptions()).Message, StringComparison.Ordinal);

        Assert.Contains("'sign-momentum'", Missing(new() { Network = Fixtures.Network, Schedules = Fixtures.Training.Schedules }), StringComparison.Ordinal);
        Assert.Contains("'inverse-time'", Missing(new() { Network = Fixtures.Network, UpdateRules = Fixtures.Training.UpdateRules }), StringComparison.Ordinal);
        Assert.Contains("'box'", Missing(Fixtures.Training with { Network = Fixtures.Network with { Initializers = Nabla.Network.Registries.NetworkChoices.BuiltIn.Initializers } }), StringComparison.Ordinal);

        string Missing(Nabla.Training.Registries.TrainingChoices choices) => Assert.Throws<InvalidDataException>(() => run.LoadOptions(choices)).Message;
    }

    [Fact]
    public void A_run_resumed_from_a_checkpoint_ends_with_the_bits_of_the_undisturbed_one()
    {
        using var stop = new CancellationTokenSource();
        Trainer.Train(Network, Data(), Training, new Observer(value =>
        {
            if (value is EpochCompleted { Epoch: 2 } epoch)
            {
                Checkpoint.Save(epoch.State, folder["c"]);
                stop.Cancel();
            }
        }), cancellation: stop.Token);
        TrainingState state = Checkpoint.Load(folder["c"], Network, Precision.Double);
        Assert.Equal(2, state.Epoch);
        Assert.Equal(Values(Train(Training)), Values(Trainer.Train(Network, Data(), Training, null, state)));
    }

    [Fact]
    public void An_onnx_file_has_the_formulas_that_the_rows_describe()
    {
        OnnxFile.Save(Model.From(Train(Training), Data().Train), folder["m.onnx"]);
        OnnxModel file = new OnnxParser("m.onnx", File.ReadAllBytes(folder["m.onnx"])).Parse();
        string[] softsign = ["Relu", "Sub", "Relu", "Add", "Add", "Div"];
        Assert.Equal(["Gemm", .. softsign, "Gemm", "Add", .. softsign, "Gemm", "Sigmoid", "ArgMax"], file.Nodes.Select(node => node.Operator).Where(name => name != "Identity"));
    }

    private static string Round<T>(Registry<T> registry, T value) where T : class, IChoice<T>
    {
        Assert.Equal(value, registry.Parse(value.ToString()!));
        return value.ToString()!;
    }

    private static TrainingResult Train(TrainingOptions options) => Trainer.Train(Network, Data(), options);

    private static double[] Values(TrainingResult result) => Values(result.Parameters);

    private static double[] Values(Parameters parameters) => [.. parameters.Tensors.SelectMany(parameters.Read)];

    private static DataSplit Data() => new(DataSource.Open("moons:200").Train, null, null);

    private sealed class Observer(Action<TrainingEvent> act) : IProgress<TrainingEvent>
    {
        public void Report(TrainingEvent value) => act(value);
    }
}
