using System.Text.Json;
using Nabla.Models.Content;
using Nabla.Training;

namespace Nabla.Models.Formats.Json;

/// <summary>Training facts as JSON.</summary>
internal static class ModelFactsJson
{
    public static ModelFacts Read(StrictJson json) => new()
    {
        Data = json.Optional("data")?.Text(),
        TrainCount = json.Optional("train_count")?.Int32(),
        Epochs = json.Optional("epochs")?.Int32(),
        BestEpoch = json.Optional("best_epoch")?.Int32(),
        KeptEpoch = json.Optional("kept_epoch")?.Int32(),
        StoppedBy = json.Optional("stopped_by")?.Setting<StopReason>(),
        Seed = json.Optional("seed")?.UInt64(),
        Optimizer = json.Optional("optimizer")?.Text(),
        LearningRate = json.Optional("learning_rate")?.Double(),
        BatchSize = json.Optional("batch_size")?.Int32(),
        L1 = json.Optional("l1")?.Double(),
        L2 = json.Optional("l2")?.Double(),
        Dropout = json.Optional("dropout")?.Double(),
        TestAccuracy = json.Optional("test_accuracy")?.Double(),
        TestRmse = json.Optional("test_rmse")?.Double(),
        NablaVersion = json.Optional("nabla_version")?.Text(),
    };

    public static void Write(Utf8JsonWriter json, string name, ModelFacts facts)
    {
        json.WriteStartObject(name);
        json.WriteOptional("data", facts.Data);
        json.WriteOptional("train_count", facts.TrainCount);
        json.WriteOptional("epochs", facts.Epochs);
        json.WriteOptional("best_epoch", facts.BestEpoch);
        json.WriteOptional("kept_epoch", facts.KeptEpoch);
        json.WriteOptional("stopped_by", facts.StoppedBy is { } reason ? SettingNames.Of(reason) : null);
        json.WriteOptional("seed", facts.Seed);
        json.WriteOptional("optimizer", facts.Optimizer);
        json.WriteOptional("learning_rate", facts.LearningRate);
        json.WriteOptional("batch_size", facts.BatchSize);
        json.WriteOptional("l1", facts.L1);
        json.WriteOptional("l2", facts.L2);
        json.WriteOptional("dropout", facts.Dropout);
        json.WriteOptional("test_accuracy", facts.TestAccuracy);
        json.WriteOptional("test_rmse", facts.TestRmse);
        json.WriteOptional("nabla_version", facts.NablaVersion);
        json.WriteEndObject();
    }
}
