using System.Text.Json;
using Nabla.Data;
using Nabla.Data.Tables.Schema;
using Nabla.Models.Formats.Json;
using Nabla.Network;
using Nabla.Network.Registries;
using Nabla.Training.Batches;

namespace Nabla.Models.Content;

/// <summary>All of a model but its parameters, as it stands in the metadata of a model file.</summary>
internal sealed record ModelDocument
{
    public required NetworkOptions Network { get; init; }

    public IReadOnlyList<string> Classes { get; init; } = [];

    public ImageShape? Image { get; init; }

    public TargetCoding Targets { get; init; }

    public TableSchema? Columns { get; init; }

    public ModelFacts Facts { get; init; } = new();

    /// <summary>The document as JSON.</summary>
    public string ToJson() => JsonWriting.Text(JsonWriting.Relaxed, json =>
    {
        json.WriteStartObject();
        NetworkJson.Write(json, "network", Network);
        json.WriteTexts("classes", Classes);
        if (Image is { } image)
        {
            ImageShapeJson.Write(json, "image", image);
        }

        json.WriteSetting("targets", Targets);
        if (Columns is { } columns)
        {
            TableSchemaJson.Write(json, "columns", columns);
        }

        ModelFactsJson.Write(json, "facts", Facts);
        json.WriteEndObject();
    });

    /// <summary>What <see cref="ToJson"/> has written.</summary>
    /// <exception cref="JsonException">The text is no such document.</exception>
    public static ModelDocument Parse(string text, NetworkChoices choices) => StrictJson.Read(text, json => new ModelDocument
    {
        Network = NetworkJson.Read(json["network"], choices),
        Classes = json.Find("classes")?.Texts() ?? [],
        Image = json.Optional("image") is { } image ? ImageShapeJson.Read(image) : null,
        Targets = json.Find("targets")?.Setting<TargetCoding>() ?? default,
        Columns = json.Optional("columns") is { } columns ? TableSchemaJson.Read(columns) : null,
        Facts = json.Find("facts") is { } facts ? ModelFactsJson.Read(facts) : new ModelFacts(),
    });
}
