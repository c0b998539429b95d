using System.Text.Json;
using Nabla.Models.Formats;

namespace Nabla.Runs;

/// <summary>The numbers of a checkpoint that are no tensors.</summary>
internal sealed record CheckpointFacts
{
    public required int Epoch { get; init; }

    public required long Step { get; init; }

    public required int BestEpoch { get; init; }

    public required int Moments { get; init; }

    public required bool HasBest { get; init; }

    /// <summary>The numbers as JSON.</summary>
    public string ToJson() => JsonWriting.Text(RunJson.Indented, json =>
    {
        json.WriteStartObject();
        json.WriteNumber("epoch", Epoch);
        json.WriteNumber("step", Step);
        json.WriteNumber("best_epoch", BestEpoch);
        json.WriteNumber("moments", Moments);
        json.WriteBoolean("has_best", HasBest);
        json.WriteEndObject();
    });

    /// <summary>What <see cref="ToJson"/> has written.</summary>
    /// <exception cref="JsonException">The text is something else.</exception>
    public static CheckpointFacts Parse(string text) => StrictJson.Read(text, json => new CheckpointFacts
    {
        Epoch = json["epoch"].Int32(),
        Step = json["step"].Int64(),
        BestEpoch = json["best_epoch"].Int32(),
        Moments = json["moments"].Int32(),
        HasBest = json["has_best"].Boolean(),
    });
}
