using System.Text.Json;
using Nabla.Data.Augmentation;
using Nabla.Models.Formats.Json;
using Nabla.Network;
using Nabla.Network.Initializers;
using Nabla.Training.Batches;
using Nabla.Training.Schedules;
using Nabla.Training.State;
using Nabla.Training.Stopping;
using Nabla.Training.UpdateRules;

namespace Nabla.Runs;

/// <summary>The options of a training as JSON.</summary>
internal static class TrainingOptionsJson
{
    public static TrainingOptions Read(StrictJson json)
    {
        if (json.Optional("initial_parameters") is not null)
        {
            // A file that claims parameters could claim all memory with them.
            throw new JsonException("initial_parameters: parameters do not stand in JSON, but in safetensors files.");
        }

        TrainingOptions otherwise = new();
        return new()
        {
            Epochs = json.Find("epochs")?.Int32() ?? otherwise.Epochs,
            BatchSize = json.Find("batch_size")?.Int32() ?? otherwise.BatchSize,
            LearningRate = json.Find("learning_rate")?.Double() ?? otherwise.LearningRate,
            Optimizer = json.Find("optimizer") is { } optimizer ? ReadOptimizer(optimizer) : otherwise.Optimizer,
            Schedule = json.Find("schedule") is { } schedule ? ReadSchedule(schedule) : otherwise.Schedule,
            EarlyStopping = json.Find("early_stopping") is { } earlyStopping ? ReadEarlyStopping(earlyStopping) : otherwise.EarlyStopping,
            L1 = json.Find("l1")?.Double() ?? otherwise.L1,
            L2 = json.Find("l2")?.Double() ?? otherwise.L2,
            Dropout = json.Find("dropout")?.Double() ?? otherwise.Dropout,
            Initializer = json.Find("initializer")?.Setting<Initializer>() ?? otherwise.Initializer,
            FrozenWeights = json.Find("frozen_weights")?.Int32s() ?? otherwise.FrozenWeights,
            FrozenBiases = json.Find("frozen_biases")?.Int32s() ?? otherwise.FrozenBiases,
            Targets = json.Find("targets")?.Setting<TargetCoding>() ?? otherwise.Targets,
            ClassWeights = json.Find("class_weights")?.Setting<ClassWeighting>() ?? otherwise.ClassWeights,
            Augmentation = json.Optional("augmentation") is { } distortion ? ReadDistortion(distortion) : null,
            OnDivergence = json.Find("on_divergence")?.Setting<DivergenceResponse>() ?? otherwise.OnDivergence,
            Shuffle = json.Find("shuffle")?.Boolean() ?? otherwise.Shuffle,
            MonitorTraining = json.Find("monitor_training")?.Boolean() ?? otherwise.MonitorTraining,
            Precision = json.Find("precision")?.Setting<Precision>() ?? otherwise.Precision,
            Threads = json.Optional("threads")?.Int32(),
            Seed = json.Find("seed")?.UInt64() ?? otherwise.Seed,
        };
    }

    public static void Write(Utf8JsonWriter json, string name, TrainingOptions training)
    {
        json.WriteStartObject(name);
        json.WriteNumber("epochs", training.Epochs);
        json.WriteNumber("batch_size", training.BatchSize);
        json.WriteNumber("learning_rate", training.LearningRate);
        Write(json, "optimizer", training.Optimizer);
        Write(json, "schedule", training.Schedule);
        Write(json, "early_stopping", training.EarlyStopping);
        json.WriteNumber("l1", training.L1);
        json.WriteNumber("l2", training.L2);
        json.WriteNumber("dropout", training.Dropout);
        json.WriteSetting("initializer", training.Initializer);
        json.WriteNumbers("frozen_weights", training.FrozenWeights);
        json.WriteNumbers("frozen_biases", training.FrozenBiases);
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

    private static OptimizerOptions ReadOptimizer(StrictJson json)
    {
        OptimizerOptions otherwise = new();
        return new()
        {
            Kind = json.Find("kind")?.Setting<OptimizerKind>() ?? otherwise.Kind,
            Momentum = json.Find("momentum")?.Double() ?? otherwise.Momentum,
            Beta1 = json.Find("beta1")?.Double() ?? otherwise.Beta1,
            Beta2 = json.Find("beta2")?.Double() ?? otherwise.Beta2,
            Alpha = json.Find("alpha")?.Double() ?? otherwise.Alpha,
            Epsilon = json.Find("epsilon")?.Double() ?? otherwise.Epsilon,
        };
    }

    private static void Write(Utf8JsonWriter json, string name, OptimizerOptions optimizer)
    {
        json.WriteStartObject(name);
        json.WriteSetting("kind", optimizer.Kind);
        json.WriteNumber("momentum", optimizer.Momentum);
        json.WriteNumber("beta1", optimizer.Beta1);
        json.WriteNumber("beta2", optimizer.Beta2);
        json.WriteNumber("alpha", optimizer.Alpha);
        json.WriteNumber("epsilon", optimizer.Epsilon);
        json.WriteEndObject();
    }

    private static ScheduleOptions ReadSchedule(StrictJson json)
    {
        ScheduleOptions otherwise = new();
        return new()
        {
            Kind = json.Find("kind")?.Setting<ScheduleKind>() ?? otherwise.Kind,
            Patience = json.Find("patience")?.Int32() ?? otherwise.Patience,
            MinimumFactor = json.Find("minimum_factor")?.Double() ?? otherwise.MinimumFactor,
        };
    }

    private static void Write(Utf8JsonWriter json, string name, ScheduleOptions schedule)
    {
        json.WriteStartObject(name);
        json.WriteSetting("kind", schedule.Kind);
        json.WriteNumber("patience", schedule.Patience);
        json.WriteNumber("minimum_factor", schedule.MinimumFactor);
        json.WriteEndObject();
    }

    private static EarlyStoppingOptions ReadEarlyStopping(StrictJson json)
    {
        EarlyStoppingOptions otherwise = new();
        return new()
        {
            Patience = json.Optional("patience")?.Int32(),
            Rule = json.Find("rule")?.Setting<EarlyStoppingRule>() ?? otherwise.Rule,
            Metric = json.Find("metric")?.Setting<EarlyStoppingMetric>() ?? otherwise.Metric,
            Keep = json.Find("keep")?.Setting<KeepRule>() ?? otherwise.Keep,
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
