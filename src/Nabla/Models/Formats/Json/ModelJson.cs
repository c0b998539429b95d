using System.Text.Json;
using Nabla.Models.Content;
using Nabla.Network.Registries;

namespace Nabla.Models.Formats.Json;

/// <summary>A model without its parameters as JSON: the text that formats with metadata store beside the tensors.</summary>
internal static class ModelJson
{
    /// <summary>The metadata key of the text.</summary>
    public const string Key = "model";

    /// <summary>Describes a model.</summary>
    public static string Write(Model model) => Write(new ModelDocument
    {
        Network = model.Architecture,
        Classes = model.Classes,
        Image = model.Image,
        Targets = model.Targets,
        Columns = model.Columns,
        Facts = model.Facts,
    });

    /// <summary>Writes a document.</summary>
    public static string Write(ModelDocument document) => JsonWriting.Text(JsonWriting.Relaxed, json =>
    {
        json.WriteStartObject();
        NetworkJson.Write(json, "network", document.Network);
        json.WriteTexts("classes", document.Classes);
        if (document.Image is { } image)
        {
            ImageShapeJson.Write(json, "image", image);
        }

        json.WriteSetting("targets", document.Targets);
        if (document.Columns is { } columns)
        {
            TableSchemaJson.Write(json, "columns", columns);
        }

        ModelFactsJson.Write(json, "facts", document.Facts);
        json.WriteEndObject();
    });

    /// <summary>Reads and validates a document.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="text">The text.</param>
    /// <param name="choices">The layers, activations and costs that the network may use.</param>
    /// <exception cref="InvalidDataException">The text does not describe a model.</exception>
    public static ModelDocument Read(string path, string text, NetworkChoices choices)
    {
        try
        {
            ModelDocument document = StrictJson.Read(text, json => Read(json, choices));
            document.Validate();
            return document;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or NotSupportedException)
        {
            throw new InvalidDataException($"{path}: the metadata '{Key}' does not describe a model: {e.Message}", e);
        }
    }

    private static ModelDocument Read(StrictJson json, NetworkChoices choices) => new()
    {
        Network = NetworkJson.Read(json["network"], choices),
        Classes = json.Find("classes")?.Texts() ?? [],
        Image = json.Optional("image") is { } image ? ImageShapeJson.Read(image) : null,
        Targets = json.Find("targets")?.Setting<TargetCoding>() ?? default,
        Columns = json.Optional("columns") is { } columns ? TableSchemaJson.Read(columns) : null,
        Facts = json.Find("facts") is { } facts ? ModelFactsJson.Read(facts) : new ModelFacts(),
    };
}
