using System.Globalization;
using System.Text.Json;
using Nabla.Cli.Options;
using Nabla.Models.Content;

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

    public static void WriteJson(Utf8JsonWriter writer, ModelFacts facts)
    {
        Text("data", facts.Data);
        Number("train", facts.TrainCount);
        Number("epochs", facts.Epochs);
        Number("best_epoch", facts.BestEpoch);
        Number("kept_epoch", facts.KeptEpoch);
        Text("optimizer", facts.Optimizer);
        Number("learning_rate", facts.LearningRate);
        Number("batch", facts.BatchSize);
        Number("l1", facts.L1);
        Number("l2", facts.L2);
        Number("dropout", facts.Dropout);
        if (facts.Seed is { } seed)
        {
            writer.WriteNumber("seed", seed);
        }

        Number("test_accuracy", facts.TestAccuracy);
        Number("test_rmse", facts.TestRmse);
        Text("stopped_by", facts.StoppedBy is { } reason ? OptionNames.Of(reason) : null);
        Text("nabla", facts.NablaVersion);

        void Text(string name, string? value)
        {
            if (value is not null)
            {
                writer.WriteString(name, value);
            }
        }

        void Number(string name, double? value)
        {
            if (value is { } number)
            {
                writer.WriteNumber(name, number);
            }
        }
    }

    private static string? Real(double? value) => value?.ToString(CultureInfo.InvariantCulture);
}
