using System.Text.Json;
using Nabla.Models.Formats.Json;

namespace Nabla.Runs;

/// <summary>Events as JSON Lines: one object each, without the line end. Numbers that are not finite are null.</summary>
public static class EventJson
{
    private const int LongestRemark = 2000;

    /// <summary>The start of a run.</summary>
    /// <param name="started">The event.</param>
    /// <param name="test">Test samples, or 0.</param>
    /// <param name="data">The name of the data, or null.</param>
    public static string Start(TrainingStarted started, int test, string? data = null)
    {
        ArgumentNullException.ThrowIfNull(started);
        return Line("start", json =>
        {
            json.WriteNumber("parameters", started.ParameterCount);
            json.WriteNumber("train", started.TrainCount);
            json.WriteNumber("validation", started.ValidationCount);
            json.WriteNumber("test", test);
            if (data is not null)
            {
                json.WriteString("data", data);
            }

            json.WriteStartArray("sizes");
            foreach (int size in started.Architecture.Sizes)
            {
                json.WriteNumberValue(size);
            }

            json.WriteEndArray();
            json.WriteNumber("epochs", started.Options.Epochs);
            json.WriteNumber("batch", started.Options.BatchSize);
            Number(json, "learning_rate", started.Options.LearningRate);
            json.WriteString("optimizer", started.Options.Optimizer.Name);
            json.WriteSetting("precision", started.Options.Precision);
            json.WriteNumber("seed", started.Options.Seed);
            json.WriteNumber("threads", started.Threads);
            json.WriteNumber("vector_bits", TrainingStarted.VectorBits);
        });
    }

    /// <summary>The end of an epoch.</summary>
    public static string Epoch(EpochCompleted epoch)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        return Line("epoch", json =>
        {
            json.WriteNumber("epoch", epoch.Epoch);
            Number(json, "train_cost", epoch.TrainCost);
            Number(json, "penalty", epoch.Penalty);
            if (epoch.Training is { } training)
            {
                Number(json, "train_cost_after", training.Cost);
                Scores(json, "train", training);
            }

            if (epoch.Validation is { } validation)
            {
                Number(json, "validation_cost", validation.Cost);
                Scores(json, "validation", validation);
            }

            Number(json, "learning_rate", epoch.LearningRate);
            Number(json, "seconds", epoch.Seconds);
            Number(json, "evaluation_seconds", epoch.EvaluationSeconds);
            Number(json, "samples_per_second", epoch.SamplesPerSecond);
        });
    }

    /// <summary>The running cost of an epoch.</summary>
    internal static string Batch(RunningCostMeasured cost) => Line("batch", json =>
    {
        json.WriteNumber("epoch", cost.Epoch);
        json.WriteNumber("batch", cost.Batch);
        json.WriteNumber("batches", cost.Batches);
        Number(json, "train_cost", cost.TrainCost);
    });

    /// <summary>A checkpoint was saved.</summary>
    /// <param name="epoch">Completed epochs.</param>
    /// <param name="batch">Completed mini-batches of the next epoch.</param>
    internal static string Checkpoint(int epoch, int batch) => Place("checkpoint", epoch, batch);

    /// <summary>The run continues from a checkpoint, or from the start; everything logged after that place will be repeated.</summary>
    /// <param name="epoch">Completed epochs that still count.</param>
    /// <param name="batch">Completed mini-batches of the next epoch that still count.</param>
    internal static string Resumed(int epoch, int batch) => Place("resumed", epoch, batch);

    /// <summary>A remark about the run. A text of more than 2,000 characters is cut.</summary>
    internal static string Remark(string text) =>
        Line("remark", json => json.WriteString("text", text.Length > LongestRemark ? string.Concat(text.AsSpan(0, LongestRemark), "…") : text));

    /// <summary>A cost or a parameter was not finite.</summary>
    public static string Diverged(TrainingDiverged diverged)
    {
        ArgumentNullException.ThrowIfNull(diverged);
        return Line("diverged", json =>
        {
            json.WriteNumber("epoch", diverged.Epoch);
            json.WriteNumber("batch", diverged.Batch);
            json.WriteNumber("layer", diverged.Layer);
            json.WriteString("cause", diverged.Cause);
        });
    }

    /// <summary>The run continues from an earlier epoch with a smaller learning rate.</summary>
    public static string Recovered(TrainingRecovered recovered)
    {
        ArgumentNullException.ThrowIfNull(recovered);
        return Line("recovered", json =>
        {
            json.WriteNumber("epoch", recovered.Epoch);
            Number(json, "learning_rate_factor", recovered.LearningRateFactor);
        });
    }

    /// <summary>The end of a run.</summary>
    /// <param name="result">The result of the training.</param>
    /// <param name="model">The path of the model file, or null if none was written.</param>
    /// <param name="run">The path of the run folder, or null.</param>
    /// <param name="test">The model on the test set, or null.</param>
    /// <param name="weightsSha256">The checksum of the kept parameters.</param>
    /// <param name="wallSeconds">Seconds from start to end, including evaluation.</param>
    public static string Done(TrainingResult result, string? model, string? run, Evaluation? test, string weightsSha256, double wallSeconds)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Line("done", json =>
        {
            json.WriteString("model", model);
            json.WriteString("run", run);
            json.WriteNumber("epochs", result.EpochsDone);
            json.WriteNumber("best_epoch", result.BestEpoch);
            json.WriteNumber("kept_epoch", result.KeptEpoch);
            json.WriteString("stopped_by", NameOf(result.StoppedBy));
            if (test is not null)
            {
                Number(json, "test_cost", test.Cost);
                Scores(json, "test", test);
            }

            Number(json, "seconds", result.Seconds);
            Number(json, "wall_seconds", wallSeconds);
            json.WriteString("weights_sha256", weightsSha256);
        });
    }

    /// <summary>The name of a reason in files and on the command line, such as <c>early-stop</c>.</summary>
    public static string NameOf(StopReason reason) => SettingNames.Of(reason);

    private static void Scores(Utf8JsonWriter json, string part, Evaluation evaluation)
    {
        if (evaluation.Accuracy is { } accuracy)
        {
            Number(json, $"{part}_accuracy", accuracy);
            return;
        }

        Number(json, $"{part}_rmse", evaluation.RootMeanSquaredError ?? double.NaN);
        Number(json, $"{part}_mae", evaluation.MeanAbsoluteError ?? double.NaN);
        Number(json, $"{part}_r2", evaluation.R2 ?? double.NaN);
    }

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static string Place(string name, int epoch, int batch) => Line(name, json =>
    {
        json.WriteNumber("epoch", epoch);
        json.WriteNumber("batch", batch);
    });

    private static string Line(string name, Action<Utf8JsonWriter> write) => JsonWriting.Text(JsonWriting.Relaxed, json =>
    {
        json.WriteStartObject();
        json.WriteString("event", name);
        write(json);
        json.WriteEndObject();
    });
}
