using System.Text.Json;
using Nabla.Network;
using Nabla.Network.Prediction;
using Nabla.Network.Study;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Network.Layers;

/// <summary>Batch normalisation against PyTorch in float64 (tests/golden/layers.py), and its promises.</summary>
public class BatchNormalizationTests
{
    /// <summary>PyTorch adds in another order.</summary>
    private const double Tolerance = 1e-12;

    private static readonly JsonElement Runs = Golden.Read("layers.json").GetProperty("batch_normalization");

    private static readonly string[] Names = ["weight0", "bias0", "gamma", "beta", "weight1", "bias1"];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_pass_has_PyTorchs_outputs_cost_and_gradients(int index)
    {
        JsonElement run = Runs[index], first = run.GetProperty("steps")[0];
        NetworkOptions options = Options(run);
        Parameters parameters = Start(options, run.GetProperty("start"));
        var trace = Trace.Of(options, parameters, Flat(first, "inputs"), Flat(first, "targets"));
        int samples = first.GetProperty("inputs").GetArrayLength();
        AssertClose(Flat(first, "outputs"), [.. Enumerable.Range(0, samples).SelectMany(trace.Outputs)]);
        Assert.Equal(first.GetProperty("cost").GetDouble(), trace.Cost, Tolerance);
        AssertClose(Values(first.GetProperty("gradient")), [.. parameters.Tensors.Where(tensor => tensor.IsTrained).SelectMany(trace.Gradient)]);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 2)]
    [InlineData(1, 3)]
    public void Training_has_PyTorchs_parameters_running_statistics_and_predictions_after_every_mini_batch(int index, int threads)
    {
        JsonElement run = Runs[index];
        NetworkOptions options = Options(run);
        Parameters parameters = Start(options, run.GetProperty("start"));
        foreach (JsonElement step in run.GetProperty("steps").EnumerateArray())
        {
            double[] inputs = Flat(step, "inputs"), targets = Flat(step, "targets");
            int samples = inputs.Length / options.Inputs;
            TrainingResult result = Trainer.Train(options, new DataSplit(Data(options, inputs, targets), null, null), new TrainingOptions
            {
                Epochs = 1,
                BatchSize = samples,
                LearningRate = run.GetProperty("rate").GetDouble(),
                Shuffle = false,
                Precision = Precision.Double,
                Threads = threads,
                InitialParameters = parameters,
            });
            parameters = result.Parameters;
            AssertClose(Values(step.GetProperty("parameters")), [.. parameters.Tensors.Where(tensor => tensor.IsTrained).SelectMany(parameters.Read)]);
            AssertClose(step.GetProperty("running_mean").Doubles(), parameters.Read(parameters.Tensors[4]));
            AssertClose(step.GetProperty("running_variance").Doubles(), parameters.Read(parameters.Tensors[5]));
            double[] evaluation = Flat(run, "evaluation_inputs");
            AssertClose(Flat(step, "evaluation_outputs"), Evaluator.Outputs(options, parameters, Data(options, evaluation, new double[evaluation.Length / options.Inputs * options.Outputs])));
        }
    }

    [Theory]
    [InlineData("batch-norm, dense 4 relu, dense 3 softmax")]
    [InlineData("dense 4, batch-norm, tanh, dense 5 relu, batch-norm, dropout 0.3, dense 3 softmax")]
    public void Folded_into_dense_layers_it_predicts_the_same(string layers)
    {
        var options = new NetworkOptions { Inputs = 6, Layers = Nabla.Network.Registries.NetworkChoices.BuiltIn.ParseLayers(layers) };
        Parameters parameters = Moved(options);
        (NetworkOptions folded, Parameters foldedParameters) = PredictionNetwork.Of(options, parameters);
        Assert.All(folded.Layers, layer => Assert.IsType<Dense>(layer));
        (double[] inputs, _) = GradientCheck.DrawSamples(options, 7, 3);
        for (int sample = 0; sample < 7; sample++)
        {
            double[] expected = General(options, parameters, inputs.AsSpan(sample * 6, 6)), actual = General(folded, foldedParameters, inputs.AsSpan(sample * 6, 6));
            AssertClose(expected, actual);
        }
    }

    [Fact]
    public void Scaling_and_shift_of_the_normalised_units_are_never_decayed()
    {
        var options = NetworkOptions.FeedForward(3, [4], 2, Activation.Relu, Activation.Softmax, Cost.LogLikelihood, batchNormalization: true);
        Assert.Equal(["layers.0.weight", "layers.2.weight"], new Parameters(options, Precision.Single).Tensors.Where(tensor => tensor.Declaration.IsDecayed).Select(tensor => tensor.Name));
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 4)]
    [InlineData(7, 3)]
    public void No_bit_depends_on_threads(int threads, int shards)
    {
        float[] alone = Train(1, shards), shared = Train(threads, shards);
        Assert.Equal(alone, shared);
    }

    /// <summary>Wide layers and a large mini-batch, so that everything is shared between the workers.</summary>
    private static float[] Train(int threads, int shards)
    {
        Dataset data = Nabla.Data.Synthetic.Digits.Generate(200, 5);
        NetworkOptions options = NetworkOptions.FeedForward(784, [150, 70], 10, Activation.Relu, Activation.Softmax, Cost.LogLikelihood, dropout: 0.2, batchNormalization: true);
        TrainingResult result = Trainer.Train(options, new DataSplit(data, null, null), new TrainingOptions
        {
            Epochs = 2,
            BatchSize = 120,
            LearningRate = 0.1,
            Initializer = Initializer.He,
            ClipNorm = 0.5,
            GradientShards = shards,
            Threads = threads,
        });
        return [.. result.Parameters.All<float>(), .. result.Parameters.State<float>()];
    }

    private static double[] General(NetworkOptions options, Parameters parameters, ReadOnlySpan<double> input)
    {
        var network = new Backpropagation<double>(new NetworkStructure(options), 1, differentiates: false, Nabla.Numerics.Threads.WorkerTeam.Alone);
        input.CopyTo(network.Workspace.Inputs(1).Elements);
        return network.Predict(parameters, 1).Elements.ToArray();
    }

    /// <summary>Parameters and running statistics that are not those of the start.</summary>
    private static Parameters Moved(NetworkOptions options)
    {
        Parameters parameters = ParameterInitializer.Draw(options, Initializer.Scaled, Precision.Double, 4);
        foreach (ParameterTensor tensor in parameters.Tensors)
        {
            parameters.Write(tensor, [.. parameters.Read(tensor).Select((value, i) => value + (0.1 * (i % 5)) + 0.05)]);
        }

        return parameters;
    }

    private static NetworkOptions Options(JsonElement run) => new()
    {
        Inputs = 3,
        Layers = [new Dense(4), new BatchNormalization(), new Activate(Named.Activation(run.GetProperty("activation").GetString()!)), new Dense(2, Named.Activation(run.GetProperty("output").GetString()!))],
        Cost = Named.Cost(run.GetProperty("cost").GetString()!),
    };

    private static Parameters Start(NetworkOptions options, JsonElement values)
    {
        var parameters = new Parameters(options, Precision.Double);
        ParameterTensor[] trained = [.. parameters.Tensors.Where(tensor => tensor.IsTrained)];
        for (int i = 0; i < trained.Length; i++)
        {
            parameters.Write(trained[i], Flat(values, Names[i]));
        }

        parameters.Write(parameters.Tensors[5], [1, 1, 1, 1]);
        return parameters;
    }

    private static Dataset Data(NetworkOptions options, double[] inputs, double[] targets) => options.Cost == Cost.LogLikelihood
        ? Dataset.FromRows("classes", inputs, options.Inputs, [.. targets.Chunk(2).Select(y => y[1] > y[0] ? 1 : 0)], ["a", "b"])
        : Dataset.FromRows("numbers", inputs, options.Inputs, targets, options.Outputs);

    private static double[] Values(JsonElement tensors) => [.. Names.SelectMany(name => Flat(tensors, name))];

    private static double[] Flat(JsonElement parent, string name)
    {
        JsonElement rows = parent.GetProperty(name);
        return rows[0].ValueKind == JsonValueKind.Array ? [.. rows.EnumerateArray().SelectMany(row => row.Doubles())] : rows.Doubles();
    }

    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= Tolerance * Math.Max(1, Math.Abs(expected[i])), $"value {i} is {actual[i]:R}, not {expected[i]:R}");
        }
    }
}
