using Nabla.Cli.Commands.Verification.Trainings;
using Nabla.Data.Tables.Schema;
using Nabla.Training.Registries;
using Xunit;

namespace Nabla.Tests.Verification;

/// <summary>The trainings with published hashes do what their lines say. BitIdentityTests holds their bits.</summary>
public class PublishedTrainingTests
{
    public static TheoryData<string> Names => [.. PublishedTrainings.All.Select(training => training.Name)];

    [Fact]
    public void Every_training_has_a_name_of_its_own() =>
        Assert.Equal(PublishedTrainings.All.Count, PublishedTrainings.All.DistinctBy(item => item.Name).Count());

    [Fact]
    public void Every_update_rule_has_a_training_of_its_name()
    {
        foreach (string rule in TrainingChoices.BuiltIn.UpdateRules.Names)
        {
            Assert.Equal(rule, Of(rule).Options.Optimizer.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_cost_of_every_training_falls(string name)
    {
        TrainingResult result = Run(Of(name));
        Assert.All(result.Epochs, epoch => Assert.True(double.IsFinite(epoch.TrainCost)));

        // The resumed training starts in its last epoch, so it has no earlier one to compare with.
        Assert.True(Of(name).IsResumed || result.Epochs[^1].TrainCost < result.Epochs[0].TrainCost, name);
    }

    [Fact]
    public void The_early_stop_comes_before_the_last_epoch_and_keeps_an_earlier_one()
    {
        TrainingResult result = Run(Of("early-stop"));
        Assert.Equal(StopReason.EarlyStop, result.StoppedBy);
        Assert.True(result.EpochsDone < result.Options.Epochs);
        Assert.True(result.KeptEpoch < result.EpochsDone);
        bool isHalved = result.Epochs[^1].LearningRate < result.Options.LearningRate;
        Assert.True(isHalved, "The plateau schedule has not halved the learning rate.");
    }

    [Fact]
    public void The_resumed_training_has_the_hash_of_the_uninterrupted_one()
    {
        PublishedTraining resumed = Of("resume"), whole = Of("momentum");
        Assert.Equal(whole.Options, resumed.Options);
        Assert.Equal(Hash(whole), Hash(resumed));

        // One epoch is done before the stop; the resumed run completes the second.
        Assert.Equal([2], Run(resumed).Epochs.Select(epoch => epoch.Epoch));
    }

    [Fact]
    public void The_last_mini_batch_of_nadam_has_one_sample()
    {
        PublishedTraining training = Of("nadam");
        Assert.Equal(1, training.Open(threads: 1).Train.Count % training.Options.BatchSize);
    }

    [Fact]
    public void The_table_has_every_kind_of_column_and_missing_cells()
    {
        Dataset flats = Of("table").Open(threads: 1).Train;
        Assert.True(flats.IsRegression);
        IReadOnlyList<InputColumn> columns = flats.Columns!.Inputs;
        Assert.Equal(["area", "rooms", "town", "balcony", "built"], columns.Select(column => column.Name));
        Assert.Equal(4, columns.Select(column => column.Kind).Distinct().Count());
        Assert.Equal("area", columns.Single(column => column.HasMissingIndicator).Name);
    }

    [Fact]
    public void The_remaining_trainings_use_what_they_are_named_after()
    {
        Assert.Equal(TargetCoding.Binary, Of("rmsprop").Options.Targets);
        Assert.Equal(Precision.Double, Of("double").Options.Precision);
        Assert.NotNull(Of("distortions").Options.Augmentation);
        Assert.True(Of("shards").Options is { GradientShards: > 1, ClipNorm: not null });
        Assert.Contains("dropout", Of("dropout").Layers, StringComparison.Ordinal);
        Assert.Contains("batch-norm", Of("batch-norm").Layers, StringComparison.Ordinal);
    }

    private static PublishedTraining Of(string name) =>
        PublishedTrainings.All.Single(training => training.Name == name);

    private static TrainingResult Run(PublishedTraining training) =>
        training.Train(training.Open(threads: 2), threads: 2);

    private static string Hash(PublishedTraining training)
    {
        DataSplit data = training.Open(threads: 1);
        return Model.From(training.Train(data, threads: 1), data.Train).WeightsSha256;
    }
}
