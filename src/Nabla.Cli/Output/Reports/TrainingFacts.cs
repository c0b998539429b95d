using System.Globalization;
using System.Text.Json;
using Nabla.Cli.Options;
using Nabla.Models.Formats.Json;

namespace Nabla.Cli.Output.Reports;

/// <summary>How a model was trained, as far as its file tells.</summary>
internal static class TrainingFacts
{
    public static void Print(ModelFacts facts) => Tables.PrintFacts(
        ("data", facts.Data),
        ("training samples", facts.TrainCount is { } count ? Figures.Count(count) : null),
        ("epochs", facts.Epochs is { } epochs ? Figures.Count(epochs) + (facts.BestEpoch is { } best ? $" (best: {best})" : "") : null),
        ("optimizer", facts.Optimizer),
        ("learning rate", Real(facts.LearningRate)),
        ("mini-batch", facts.BatchSize?.ToString(CultureInfo.InvariantCulture)),
        ("L1", Real(facts.L1)),
        ("L2", Real(facts.L2)),
        ("dropout", Real(facts.Dropout)),
        ("seed", facts.Seed?.ToString(CultureInfo.InvariantCulture)),
        ("test accuracy", facts.TestAccuracy is { } accuracy ? Figures.Percent(accuracy) : null),
        ("test RMSE", Real(facts.TestRmse)),
        ("stopped by", facts.StoppedBy is { } reason ? OptionNames.Of(reason) : null),
        ("Nabla", facts.NablaVersion));

    public static void WriteJson(Utf8JsonWriter writer, ModelFacts facts) => ModelFactsJson.WriteShort(
        writer, facts, "data", "train", "epochs", "best_epoch", "kept_epoch", "optimizer", "learning_rate", "batch", "l1", "l2", "dropout", "seed", "test_accuracy", "test_rmse", "stopped_by", "nabla");

    private static string? Real(double? value) => value?.ToString(CultureInfo.InvariantCulture);
}
