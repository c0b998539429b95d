using System.Text.Json;
using Nabla.Models.Formats.Json;

namespace Nabla.Runs;

/// <summary>The numbers of a checkpoint that are not tensors.</summary>
internal sealed record CheckpointFacts
{
    public required int Epoch { get; init; }

    public required long Step { get; init; }

    /// <summary>Completed mini-batches of the current epoch.</summary>
    public required int Batch { get; init; }

    /// <summary>The sum of their costs.</summary>
    public required double CostSum { get; init; }

    public required double Seconds { get; init; }

    public required double LearningRateFactor { get; init; }

    /// <summary>Number of moments kept from the start of the current epoch.</summary>
    public required int StartMoments { get; init; }

    public required int BestEpoch { get; init; }

    public required int Moments { get; init; }

    public required bool HasBest { get; init; }

    /// <summary>The numbers as JSON.</summary>
    public string ToJson() => JsonWriting.Text(RunJson.Indented, json =>
    {
        json.WriteStartObject();
        json.WriteNumber("epoch", Epoch);
        json.WriteNumber("step", Step);
        json.WriteNumber("batch", Batch);
        json.WriteNumber("cost_sum", CostSum);
        json.WriteNumber("seconds", Seconds);
        json.WriteNumber("learning_rate_factor", LearningRateFactor);
        json.WriteNumber("start_moments", StartMoments);
        json.WriteNumber("best_epoch", BestEpoch);
        json.WriteNumber("moments", Moments);
        json.WriteBoolean("has_best", HasBest);
        json.WriteEndObject();
    });

    /// <summary>Reads the text of <see cref="ToJson"/>.</summary>
    /// <exception cref="JsonException">The text is damaged.</exception>
    public static CheckpointFacts Parse(string text) => StrictJson.Read(text, json => new CheckpointFacts
    {
        Epoch = json["epoch"].Int32(),
        Step = json["step"].Int64(),
        Batch = json["batch"].Int32(),
        CostSum = json["cost_sum"].Double(),
        Seconds = json["seconds"].Double(),
        LearningRateFactor = json["learning_rate_factor"].Double(),
        StartMoments = json["start_moments"].Int32(),
        BestEpoch = json["best_epoch"].Int32(),
        Moments = json["moments"].Int32(),
        HasBest = json["has_best"].Boolean(),
    });
}
