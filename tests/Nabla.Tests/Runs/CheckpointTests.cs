using Nabla.Runs;
using Nabla.Tests.Models;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Runs;

public sealed class CheckpointTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("sgd", 0)]
    [InlineData("momentum", 1)]
    [InlineData("adamw", 2)]
    public void A_run_resumed_from_disk_ends_with_the_bits_of_the_undisturbed_one(string kind, int moments)
    {
        TrainingOptions options = SampleRuns.Training with { Optimizer = Named.Rule(kind) };
        TrainingResult whole = Trainer.Train(SampleRuns.Architecture, SampleRuns.Data(), options);

        using var stop = new CancellationTokenSource();
        Trainer.Train(SampleRuns.Architecture, SampleRuns.Data(), options, new SampleRuns.Observer(e =>
        {
            if (e is EpochCompleted { Epoch: 3 } epoch)
            {
                Checkpoint.Save(epoch.State, folder["c"]);
                stop.Cancel();
            }
        }), cancellation: stop.Token);
        TrainingState state = Checkpoint.Load(folder["c"], SampleRuns.Architecture, options.Precision);
        Assert.Equal((3, 18, moments, 3), (state.Epoch, (int)state.Step, state.Moments.Count, state.Metrics.Count));
        Assert.NotNull(state.Best);

        TrainingResult resumed = Trainer.Train(SampleRuns.Architecture, SampleRuns.Data(), options, null, state);
        Assert.Equal(SampleModels.Values(whole.Parameters), SampleModels.Values(resumed.Parameters));
        Assert.Equal((whole.EpochsDone, whole.BestEpoch), (resumed.EpochsDone, resumed.BestEpoch));
    }

    [Fact]
    public void Every_bit_of_a_state_survives()
    {
        TrainingState state = State(Precision.Single);
        state.Moments[0].SetWeight(0, 0, 0, double.PositiveInfinity);
        Checkpoint.Save(state, folder["c"]);
        TrainingState read = Checkpoint.Load(folder["c"], SampleRuns.Architecture, Precision.Single);
        Assert.Equal(SampleModels.Values(state.Parameters), SampleModels.Values(read.Parameters));
        Assert.Equal(SampleModels.Values(state.Moments[0]), SampleModels.Values(read.Moments[0]));
        Assert.Null(read.Best);
        Assert.Equal((state.Epoch, state.Step, state.BestEpoch), (read.Epoch, read.Step, read.BestEpoch));
        Assert.Equal(state.Metrics, read.Metrics);
    }

    [Fact]
    public void The_state_of_layers_survives_and_moments_have_none()
    {
        Parameters parameters = LayerModelTests.Drawn(LayerModelTests.Architecture, Precision.Single);
        Parameters moment = parameters.NewGradient();
        moment.SetWeight(0, 1, 2, 0.1);
        var state = new TrainingState { Parameters = parameters, Moments = [moment], Best = parameters.Clone(), StartParameters = parameters.Clone(), BestEpoch = 1, Epoch = 1, Step = 3, Metrics = [0.5] };
        Checkpoint.Save(state, folder["c"]);
        TrainingState read = Checkpoint.Load(folder["c"], LayerModelTests.Architecture, Precision.Single);
        LayerModelTests.RequireSame(parameters, read.Parameters);
        LayerModelTests.RequireSame(parameters, read.Best!);
        Assert.Equal(SampleModels.Values(moment), SampleModels.Values(read.Moments[0]));
        Assert.False(read.Moments[0].HasState);
        Checkpoint.Save(read, folder["d"]);
        Assert.Equal(File.ReadAllBytes(folder["c"]), File.ReadAllBytes(folder["d"]));
    }

    [Theory]
    [InlineData("momentum")]
    [InlineData("adamw")]
    public void A_run_with_batch_normalization_and_dropout_resumes_from_disk_to_the_bit(string rule)
    {
        NetworkOptions architecture = SampleRuns.Architecture with
        {
            Layers = [new Dense(4), new BatchNormalization(), new Activate(Activation.Relu), new Dropout(0.2), new Dense(2, Activation.Softmax)],
        };
        TrainingOptions options = SampleRuns.Training with { Optimizer = Named.Rule(rule), Frozen = [] };
        TrainingResult whole = Trainer.Train(architecture, SampleRuns.Data(), options);

        using var stop = new CancellationTokenSource();
        Trainer.Train(architecture, SampleRuns.Data(), options, new SampleRuns.Observer(e =>
        {
            if (e is EpochCompleted { Epoch: 3 } epoch)
            {
                Checkpoint.Save(epoch.State, folder["c"]);
                stop.Cancel();
            }
        }), cancellation: stop.Token);
        TrainingResult resumed = Trainer.Train(architecture, SampleRuns.Data(), options, null, Checkpoint.Load(folder["c"], architecture, options.Precision));
        LayerModelTests.RequireSame(whole.Parameters, resumed.Parameters);
    }

    [Fact]
    public void Another_network_or_precision_is_refused()
    {
        Checkpoint.Save(State(Precision.Single), folder["c"]);
        Assert.Contains("F32; expected F64", Refused(SampleRuns.Architecture, Precision.Double), StringComparison.Ordinal);
        Assert.Contains("parameters.layers.0.weight is [4, 2] but the network has [4, 3]", Refused(SampleRuns.Architecture with { Inputs = 3 }, Precision.Single), StringComparison.Ordinal);
        SampleModels.Draw(1).Save(folder["c"]);
        Assert.Contains("not a checkpoint", Refused(SampleRuns.Architecture, Precision.Single), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_which_any_bit_has_turned_is_refused()
    {
        TrainingState state = State(Precision.Single);
        (state.Batch, state.CostSum, state.StartParameters, state.StartMoments) = (2, 1.5, state.Parameters.Clone(), [state.Parameters.Clone()]);
        Checkpoint.Save(state, folder["c"]);
        TrainingState read = Checkpoint.Load(folder["c"], SampleRuns.Architecture, Precision.Single);
        Assert.Equal((2, 1.5, 1), (read.Batch, read.CostSum, read.StartMoments.Count));
        Assert.Equal(SampleModels.Values(state.StartParameters), SampleModels.Values(read.StartParameters!));
        byte[] bytes = File.ReadAllBytes(folder["c"]);
        for (int place = 0; place < bytes.Length; place++)
        {
            bytes[place] ^= 1;
            File.WriteAllBytes(folder["c"], bytes);
            Refused(SampleRuns.Architecture, Precision.Single);
            bytes[place] ^= 1;
        }
    }

    internal static TrainingState State(Precision precision)
    {
        var parameters = new Parameters(SampleRuns.Architecture, precision);
        parameters.SetWeight(0, 3, 1, 0.1);
        parameters.SetBias(1, 1, double.Epsilon);
        return new TrainingState
        {
            Parameters = parameters,
            Moments = [parameters.Clone()],
            BestEpoch = 1,
            Epoch = 2,
            Step = 12,
            Metrics = [-0.5, double.NegativeInfinity],
        };
    }

    private string Refused(NetworkOptions architecture, Precision precision) =>
        Assert.Throws<InvalidDataException>(() => Checkpoint.Load(folder["c"], architecture, precision)).Message;
}
