using System.Text.Json;
using Nabla.Data.Files;
using Nabla.Models.Formats;
using Nabla.Models.Formats.Json;

namespace Nabla.Runs;

/// <summary>The epochs of a run as JSON Lines.</summary>
public static class MetricsLog
{
    /// <summary>Maximum length of a log in bytes: enough for ten million epochs.</summary>
    private const long MaximumLength = 1L << 31;

    private const int MaximumLine = 1 << 16;

    /// <summary>Reads the epochs. Some may be missing if the disk was full. A last line without a line end is incomplete, and is ignored.</summary>
    /// <returns>The epochs in order, or none if there is no file.</returns>
    /// <exception cref="InvalidDataException">A line is not an epoch, or the epochs do not increase.</exception>
    public static IReadOnlyList<EpochMetrics> Read(string path)
    {
        if (new FileInfo(path) is not { Exists: true, Length: > 0 })
        {
            return [];
        }

        byte[] bytes = FormatFiles.ReadAll(path, MaximumLength - 64, "a log of epochs");
        var epochs = new List<EpochMetrics>();
        int start = 0;
        for (int line = 1; bytes.AsSpan(start).IndexOf((byte)'\n') is var length && length >= 0; line++)
        {
            EpochMetrics epoch = Parse(path, line, bytes.AsMemory(start, length));
            if (epoch.Epoch < 1 || (epochs.Count > 0 && epoch.Epoch <= epochs[^1].Epoch))
            {
                throw new InvalidDataException($"{path}:{line}: epoch {epoch.Epoch} follows epoch {(epochs.Count > 0 ? epochs[^1].Epoch : 0)}.");
            }

            epochs.Add(epoch);
            start += length + 1;
        }

        return epochs;
    }

    /// <summary>Drops the epochs after this one: a resumed run repeats them.</summary>
    public static void KeepUpTo(string path, int epoch)
    {
        IReadOnlyList<EpochMetrics> epochs = Read(path);
        byte[] bytes = new FileInfo(path) is { Exists: true, Length: > 0 } ? File.ReadAllBytes(path) : [];
        int kept = epochs.Count(metrics => metrics.Epoch <= epoch), end = 0;
        for (int line = 0; line < kept; line++)
        {
            end += bytes.AsSpan(end).IndexOf((byte)'\n') + 1;
        }

        if (end < bytes.Length)
        {
            AtomicFile.Write(path, stream => stream.Write(bytes, 0, end));
        }
    }

    private static EpochMetrics Parse(string path, int line, ReadOnlyMemory<byte> json)
    {
        if (json.Length > MaximumLine)
        {
            throw new InvalidDataException($"{path}:{line}: the line has {json.Length} bytes; expected at most {MaximumLine}.");
        }

        try
        {
            return StrictJson.Read(json, ReadEpoch);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}:{line}: {e.Message}", e);
        }
    }

    private static EpochMetrics ReadEpoch(StrictJson json) => new()
    {
        Epoch = json["epoch"].Int32(),
        TrainCost = json.Optional("train_cost")?.Double(),
        Penalty = json.Optional("penalty")?.Double(),
        TrainCostAfter = json.Optional("train_cost_after")?.Double(),
        TrainAccuracy = json.Optional("train_accuracy")?.Double(),
        ValidationCost = json.Optional("validation_cost")?.Double(),
        ValidationAccuracy = json.Optional("validation_accuracy")?.Double(),
        ValidationRmse = json.Optional("validation_rmse")?.Double(),
        ValidationMae = json.Optional("validation_mae")?.Double(),
        ValidationR2 = json.Optional("validation_r2")?.Double(),
        LearningRate = json.Optional("learning_rate")?.Double(),
        Seconds = json.Optional("seconds")?.Double(),
        EvaluationSeconds = json.Optional("evaluation_seconds")?.Double(),
        SamplesPerSecond = json.Optional("samples_per_second")?.Double(),
    };
}
