using System.Text.Json;
using Nabla.Data.Augmentation;
using Nabla.Models.Formats.Json;
using Nabla.Training.Registries;

namespace Nabla.Runs;

/// <summary>Training options as JSON.</summary>
internal static class TrainingOptionsJson
{
    /// <summary>The learning rate of a file that does not give one, whatever its update rule.</summary>
    private const double DefaultLearningRate = 0.5;

    public static TrainingOptions Read(StrictJson json, TrainingChoices choices)
    {
        if (json.Optional("initial_parameters") is not null)
        {
            // Parameters in a file could take all memory.
            throw new JsonException("initial_parameters: expected parameters in a safetensors file, not in JSON.");
        }

        TrainingOptions defaults = new();
        return new()
        {
            Epochs = json.Find("epochs")?.Int32() ?? defaults.Epochs,
            BatchSize = json.Find("batch_size")?.Int32() ?? defaults.BatchSize,
            LearningRate = json.Find("learning_rate")?.Double() ?? DefaultLearningRate,
            Optimizer = json.Find("optimizer") is { } optimizer ? ChoiceJson.ReadObject(optimizer, choices.UpdateRules) : defaults.Optimizer,
            Schedule = json.Find("schedule") is { } schedule ? ChoiceJson.ReadObject(schedule, choices.Schedules) : defaults.Schedule,
            EarlyStopping = json.Find("early_stopping") is { } earlyStopping ? ReadEarlyStopping(earlyStopping) : defaults.EarlyStopping,
            L1 = json.Find("l1")?.Double() ?? defaults.L1,
            L2 = json.Find("l2")?.Double() ?? defaults.L2,
            ClipNorm = json.Optional("clip_norm")?.Double(),
            GradientShards = json.Find("gradient_shards")?.Int32() ?? defaults.GradientShards,
            Initializer = json.Find("initializer")?.Choice(choices.Network.Initializers) ?? defaults.Initializer,
            Frozen = json.Find("frozen")?.Texts() ?? ReadFrozenLayers(json),
            Targets = json.Find("targets")?.Setting<TargetCoding>() ?? defaults.Targets,
            ClassWeights = json.Find("class_weights")?.Setting<ClassWeighting>() ?? defaults.ClassWeights,
            Augmentation = json.Optional("augmentation") is { } distortion ? ReadDistortion(distortion) : null,
            OnDivergence = json.Find("on_divergence")?.Setting<DivergenceResponse>() ?? defaults.OnDivergence,
            Shuffle = json.Find("shuffle")?.Boolean() ?? defaults.Shuffle,
            MonitorTraining = json.Find("monitor_training")?.Boolean() ?? defaults.MonitorTraining,
            Precision = json.Find("precision")?.Setting<Precision>() ?? defaults.Precision,
            Threads = json.Optional("threads")?.Int32(),
            Seed = json.Find("seed")?.UInt64() ?? defaults.Seed,
        };
    }

    public static void Write(Utf8JsonWriter json, string name, TrainingOptions training)
    {
        json.WriteStartObject(name);
        json.WriteNumber("epochs", training.Epochs);
        json.WriteNumber("batch_size", training.BatchSize);
        json.WriteNumber("learning_rate", training.LearningRate);
        ChoiceJson.WriteObject(json, "optimizer", training.Optimizer);
        ChoiceJson.WriteObject(json, "schedule", training.Schedule);
        Write(json, "early_stopping", training.EarlyStopping);
        json.WriteNumber("l1", training.L1);
        json.WriteNumber("l2", training.L2);
        json.WriteOptional("clip_norm", training.ClipNorm);
        json.WriteNumber("gradient_shards", training.GradientShards);
        json.WriteString("initializer", training.Initializer.ToString());
        json.WriteTexts("frozen", training.Frozen);
        json.WriteSetting("targets", training.Targets);
        if (training.ClassWeights != ClassWeighting.None)
        {
            json.WriteSetting("class_weights", training.ClassWeights);
        }

        if (training.Augmentation is { } distortion)
        {
            Write(json, "augmentation", distortion);
        }

        if (training.OnDivergence != DivergenceResponse.Stop)
        {
            json.WriteSetting("on_divergence", training.OnDivergence);
        }

        json.WriteBoolean("shuffle", training.Shuffle);
        json.WriteBoolean("monitor_training", training.MonitorTraining);
        json.WriteSetting("precision", training.Precision);
        json.WriteOptional("threads", training.Threads);
        json.WriteNumber("seed", training.Seed);
        json.WriteEndObject();
    }

    /// <summary>The dropout of the hidden layers in files from before dropout was a layer; 0 for none.</summary>
    public static double ReadHiddenDropout(StrictJson json) => json.Find("dropout")?.Double() ?? 0;

    /// <summary>The frozen tensors of files that name them by layer number.</summary>
    private static string[] ReadFrozenLayers(StrictJson json) =>
    [
        .. (json.Find("frozen_weights")?.Int32s() ?? []).Select(layer => $"layers.{layer}.weight"),
        .. (json.Find("frozen_biases")?.Int32s() ?? []).Select(layer => $"layers.{layer}.bias"),
    ];

    private static EarlyStoppingOptions ReadEarlyStopping(StrictJson json)
    {
        EarlyStoppingOptions defaults = new();
        return new()
        {
            Patience = json.Optional("patience")?.Int32(),
            Rule = json.Find("rule")?.Setting<EarlyStoppingRule>() ?? defaults.Rule,
            Metric = json.Find("metric")?.Setting<EarlyStoppingMetric>() ?? defaults.Metric,
            Keep = json.Find("keep")?.Setting<KeepRule>() ?? defaults.Keep,
        };
    }

    private static void Write(Utf8JsonWriter json, string name, EarlyStoppingOptions earlyStopping)
    {
        json.WriteStartObject(name);
        json.WriteOptional("patience", earlyStopping.Patience);
        json.WriteSetting("rule", earlyStopping.Rule);
        json.WriteSetting("metric", earlyStopping.Metric);
        json.WriteSetting("keep", earlyStopping.Keep);
        json.WriteEndObject();
    }

    private static DistortionOptions ReadDistortion(StrictJson json)
    {
        var options = new DistortionOptions();
        foreach (DistortionNumber number in Distortions.Numbers)
        {
            options = json.Find(number.Key) is { } value ? number.Set(options, value.Double()) : options;
        }

        return options;
    }

    private static void Write(Utf8JsonWriter json, string name, DistortionOptions distortion)
    {
        json.WriteStartObject(name);
        foreach (DistortionNumber number in Distortions.Numbers)
        {
            json.WriteNumber(number.Key, number.Get(distortion));
        }

        json.WriteEndObject();
    }
}
