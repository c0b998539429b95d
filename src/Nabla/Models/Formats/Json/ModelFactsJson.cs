using System.Text.Json;

namespace Nabla.Models.Formats.Json;

/// <summary>Training facts as JSON. Facts that are not known are left out.</summary>
public static class ModelFactsJson
{
    private delegate void Writer(Utf8JsonWriter json, string name, ModelFacts facts);

    /// <summary>Each fact in the order of model files, with its name there and its short name in answers of the tool and the server.</summary>
    private static readonly (string Name, string ShortName, Writer Write, Func<ModelFacts, StrictJson, ModelFacts> Read)[] Table =
    [
        ("data", "data", (json, name, facts) => json.WriteOptional(name, facts.Data), (facts, json) => facts with { Data = json.Text() }),
        ("train_count", "train", (json, name, facts) => json.WriteOptional(name, facts.TrainCount), (facts, json) => facts with { TrainCount = json.Int32() }),
        ("epochs", "epochs", (json, name, facts) => json.WriteOptional(name, facts.Epochs), (facts, json) => facts with { Epochs = json.Int32() }),
        ("best_epoch", "best_epoch", (json, name, facts) => json.WriteOptional(name, facts.BestEpoch), (facts, json) => facts with { BestEpoch = json.Int32() }),
        ("kept_epoch", "kept_epoch", (json, name, facts) => json.WriteOptional(name, facts.KeptEpoch), (facts, json) => facts with { KeptEpoch = json.Int32() }),
        ("stopped_by", "stopped_by", (json, name, facts) => json.WriteOptional(name, facts.StoppedBy is { } reason ? SettingNames.Of(reason) : null),
            (facts, json) => facts with { StoppedBy = json.Setting<StopReason>() }),
        ("seed", "seed", (json, name, facts) => json.WriteOptional(name, facts.Seed), (facts, json) => facts with { Seed = json.UInt64() }),
        ("optimizer", "optimizer", (json, name, facts) => json.WriteOptional(name, facts.Optimizer), (facts, json) => facts with { Optimizer = json.Text() }),
        ("learning_rate", "learning_rate", (json, name, facts) => json.WriteOptional(name, facts.LearningRate), (facts, json) => facts with { LearningRate = json.Double() }),
        ("batch_size", "batch", (json, name, facts) => json.WriteOptional(name, facts.BatchSize), (facts, json) => facts with { BatchSize = json.Int32() }),
        ("l1", "l1", (json, name, facts) => json.WriteOptional(name, facts.L1), (facts, json) => facts with { L1 = json.Double() }),
        ("l2", "l2", (json, name, facts) => json.WriteOptional(name, facts.L2), (facts, json) => facts with { L2 = json.Double() }),
        ("dropout", "dropout", (json, name, facts) => json.WriteOptional(name, facts.Dropout), (facts, json) => facts with { Dropout = json.Double() }),
        ("test_accuracy", "test_accuracy", (json, name, facts) => json.WriteOptional(name, facts.TestAccuracy), (facts, json) => facts with { TestAccuracy = json.Double() }),
        ("test_rmse", "test_rmse", (json, name, facts) => json.WriteOptional(name, facts.TestRmse), (facts, json) => facts with { TestRmse = json.Double() }),
        ("nabla_version", "nabla", (json, name, facts) => json.WriteOptional(name, facts.NablaVersion), (facts, json) => facts with { NablaVersion = json.Text() }),
    ];

    /// <summary>Writes facts into the object in progress, under their short names such as <c>train</c> and <c>batch</c>.</summary>
    /// <param name="json">Receives the members.</param>
    /// <param name="facts">The facts.</param>
    /// <param name="shortNames">The short names of the facts to write, in this order.</param>
    /// <exception cref="ArgumentException">A name is unknown.</exception>
    public static void WriteShort(Utf8JsonWriter json, ModelFacts facts, params IEnumerable<string> shortNames)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(shortNames);
        foreach (string name in shortNames)
        {
            int row = Array.FindIndex(Table, fact => fact.ShortName == name);
            if (row < 0)
            {
                throw new ArgumentException($"There is no fact '{name}': expected one of {string.Join(", ", Table.Select(fact => fact.ShortName))}.", nameof(shortNames));
            }

            Table[row].Write(json, name, facts);
        }
    }

    internal static ModelFacts Read(StrictJson json) =>
        Table.Aggregate(new ModelFacts(), (facts, fact) => json.Optional(fact.Name) is { } value ? fact.Read(facts, value) : facts);

    internal static void Write(Utf8JsonWriter json, string name, ModelFacts facts)
    {
        json.WriteStartObject(name);
        foreach ((string member, _, Writer write, _) in Table)
        {
            write(json, member, facts);
        }

        json.WriteEndObject();
    }
}
