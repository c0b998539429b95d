using System.Text.Json;
using Nabla.Runs;
using Xunit;

namespace Nabla.Tests.Runs;

public class EventJsonTests
{
    private static readonly EpochCompleted Epoch = new()
    {
        Epoch = 3,
        TrainCost = 0.25,
        Penalty = 0.125,
        LearningRate = 0.5,
        Seconds = 1.5,
        EvaluationSeconds = 0.5,
        SamplesPerSecond = 1000,
        IsBest = true,
        Validation = new Evaluation { Count = 10, Cost = 0.75, Correct = 9 },
        State = null!,
    };

    [Fact]
    public void An_epoch_has_the_fields_of_the_contract_in_their_order() => Assert.Equal(
        """{"event":"epoch","epoch":3,"train_cost":0.25,"penalty":0.125,"validation_cost":0.75,"validation_accuracy":0.9,"learning_rate":0.5,"seconds":1.5,"evaluation_seconds":0.5,"samples_per_second":1000}""",
        EventJson.Epoch(Epoch));

    [Fact]
    public void Monitoring_adds_the_training_set_and_regression_replaces_accuracy()
    {
        string json = EventJson.Epoch(Epoch with
        {
            Training = new Evaluation { Count = 4, Cost = 0.5, Correct = 3 },
            Validation = new Evaluation { Count = 4, Cost = 2, RootMeanSquaredError = 2, MeanAbsoluteError = 1.5, R2 = -1 },
        });
        Assert.Contains("\"train_cost_after\":0.5,\"train_accuracy\":0.75,\"validation_cost\":2,\"validation_rmse\":2,\"validation_mae\":1.5,\"validation_r2\":-1,", json, StringComparison.Ordinal);
        Assert.DoesNotContain("validation_accuracy", json, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_finite_is_null_and_the_line_stays_json()
    {
        string json = EventJson.Epoch(Epoch with { TrainCost = double.NaN, SamplesPerSecond = double.PositiveInfinity });
        using var document = JsonDocument.Parse(json);
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("train_cost").ValueKind);
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("samples_per_second").ValueKind);
    }

    [Fact]
    public void Start_and_end_have_the_fields_of_the_contract()
    {
        var started = new TrainingStarted(SampleRuns.Architecture, SampleRuns.Training, 22, 40, 20, 2);
        Assert.StartsWith("""{"event":"start","parameters":22,"train":40,"validation":20,"test":7,""", EventJson.Start(started, 7), StringComparison.Ordinal);

        var result = new TrainingResult
        {
            Architecture = SampleRuns.Architecture,
            Options = SampleRuns.Training,
            Parameters = new Parameters(SampleRuns.Architecture, Precision.Single),
            Epochs = [],
            EpochsDone = 6,
            BestEpoch = 4,
            KeptEpoch = 4,
            StoppedBy = StopReason.EarlyStop,
            Seconds = 1.25,
        };
        Assert.Equal(
            """{"event":"done","model":"r/model.safetensors","run":"r","epochs":6,"best_epoch":4,"kept_epoch":4,"stopped_by":"early-stop","test_cost":0.5,"test_accuracy":0.75,"seconds":1.25,"wall_seconds":2,"weights_sha256":"ab"}""",
            EventJson.Done(result, "r/model.safetensors", "r", new Evaluation { Count = 4, Cost = 0.5, Correct = 3 }, "ab", 2));
    }

    [Fact]
    public void A_recovery_says_from_where_the_run_goes_on_and_how() =>
        Assert.Equal("""{"event":"recovered","epoch":2,"learning_rate_factor":0.5}""", EventJson.Recovered(new TrainingRecovered(2, 0.5)));
}
