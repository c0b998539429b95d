using System.Text.Json;
using Nabla.Models.Formats.Json;
using Nabla.Training.Registries;

namespace Nabla.Runs;

/// <summary>Options and outcome of a run as the JSON of <c>run.json</c>.</summary>
internal static class RunJson
{
    /// <summary>Indented for people.</summary>
    public static readonly JsonWriterOptions Indented = new() { Indented = true };

    public static RunOptions Read(StrictJson json, TrainingChoices choices)
    {
        RunOptions run = new()
        {
            Data = DataRequestJson.Read(json["data"]),
            Network = WithDropout(NetworkJson.Read(json["network"], choices.Network), TrainingOptionsJson.ReadHiddenDropout(json["training"])),
            Training = TrainingOptionsJson.Read(json["training"], choices),
        };
        return run with
        {
            Format = json.Find("format")?.Int32() ?? run.Format,
            NablaVersion = json.Find("nabla_version")?.Text() ?? run.NablaVersion,
            RuntimeVersion = json.Find("runtime_version")?.Text() ?? run.RuntimeVersion,
            Started = json.Optional("started")?.Moment(),
            Samples = json.Optional("samples") is { } samples ? ReadSamples(samples) : null,
            Weights = json.Optional("weights")?.Text(),
            Arguments = json.Find("arguments")?.Texts() ?? run.Arguments,
            Outcome = json.Optional("outcome") is { } outcome ? ReadOutcome(outcome) : null,
        };
    }

    public static void Write(Utf8JsonWriter json, RunOptions run)
    {
        json.WriteStartObject();
        json.WriteNumber("format", run.Format);
        json.WriteString("nabla_version", run.NablaVersion);
        json.WriteString("runtime_version", run.RuntimeVersion);
        if (run.Started is { } started)
        {
            json.WriteString("started", started);
        }

        DataRequestJson.Write(json, "data", run.Data);
        if (run.Samples is { } samples)
        {
            Write(json, "samples", samples);
        }

        NetworkJson.Write(json, "network", run.Network);
        TrainingOptionsJson.Write(json, "training", run.Training);
        json.WriteOptional("weights", run.Weights);
        json.WriteTexts("arguments", run.Arguments);
        if (run.Outcome is { } outcome)
        {
            Write(json, "outcome", outcome);
        }

        json.WriteEndObject();
    }

    private static NetworkOptions WithDropout(NetworkOptions network, double probability) => probability == 0
        ? network
        : network with { Layers = [.. network.Layers.SkipLast(1).SelectMany(layer => new Layer[] { layer, new Dropout(probability) }), network.Layers[^1]] };

    private static RunData ReadSamples(StrictJson json) => new()
    {
        Name = json["name"].Text(),
        Train = json["train"].Int32(),
        Validation = json.Find("validation")?.Int32() ?? 0,
        Test = json.Find("test")?.Int32() ?? 0,
        TrainSha256 = json["train_sha256"].Text(),
        ValidationSha256 = json.Optional("validation_sha256")?.Text(),
    };

    private static void Write(Utf8JsonWriter json, string name, RunData samples)
    {
        json.WriteStartObject(name);
        json.WriteString("name", samples.Name);
        json.WriteNumber("train", samples.Train);
        json.WriteNumber("validation", samples.Validation);
        json.WriteNumber("test", samples.Test);
        json.WriteString("train_sha256", samples.TrainSha256);
        json.WriteOptional("validation_sha256", samples.ValidationSha256);
        json.WriteEndObject();
    }

    private static RunOutcome ReadOutcome(StrictJson json) => new()
    {
        StoppedBy = json["stopped_by"].Setting<StopReason>(),
        Epochs = json["epochs"].Int32(),
        BestEpoch = json["best_epoch"].Int32(),
        TestAccuracy = json.Optional("test_accuracy")?.Double(),
        TestRmse = json.Optional("test_rmse")?.Double(),
        Seconds = json.Find("seconds")?.Double() ?? 0,
        WeightsSha256 = json.Optional("weights_sha256")?.Text(),
    };

    private static void Write(Utf8JsonWriter json, string name, RunOutcome outcome)
    {
        json.WriteStartObject(name);
        json.WriteSetting("stopped_by", outcome.StoppedBy);
        json.WriteNumber("epochs", outcome.Epochs);
        json.WriteNumber("best_epoch", outcome.BestEpoch);
        json.WriteOptional("test_accuracy", outcome.TestAccuracy);
        json.WriteOptional("test_rmse", outcome.TestRmse);
        json.WriteNumber("seconds", outcome.Seconds);
        json.WriteOptional("weights_sha256", outcome.WeightsSha256);
        json.WriteEndObject();
    }
}
