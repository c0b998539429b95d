using System.Text.Json;
using Nabla.Models.Content;
using Nabla.Network;
using Nabla.Network.Registries;

namespace Nabla.Models.Formats.Safetensors;

/// <summary>Models as safetensors files: the tensors as <c>layers.i.weight</c>, <c>layers.i.bias</c> and so on, all else as JSON in the metadata.</summary>
internal static class ModelFile
{
    /// <summary>The metadata key of all but the parameters.</summary>
    public const string ModelKey = "model";

    public static void Save(Model model, string path)
    {
        SafetensorsWriter.Write(
            path,
            [
                new(FormatVersion.Key, $"{FormatVersion.Current}"),
                new(ModelKey, Describe(model)),
            ],
            [.. ParameterTensors.Of(model.Parameters)]);
    }

    public static Model Load(string path, NetworkChoices choices)
    {
        using SafetensorsReader reader = SafetensorsReader.Open(path);
        if (!reader.Metadata.TryGetValue(FormatVersion.Key, out string? version) || !reader.Metadata.TryGetValue(ModelKey, out string? json))
        {
            bool isPlain = !reader.Metadata.ContainsKey(FormatVersion.Key);
            throw new InvalidDataException(isPlain
                ? $"{path}: no model but a plain safetensors file: its metadata has no '{FormatVersion.Key}'. It can serve as first weights (--weights)."
                : $"{path}: no model: its metadata has no '{ModelKey}'. Is it the checkpoint of a run?");
        }

        FormatVersion.Check(path, version);
        ModelDocument document = Parse(path, json, choices);
        Precision precision = TensorCheck.Precision(reader, document.Network);
        Parameters parameters = ParameterTensors.Read(reader, new Parameters(document.Network, precision));
        return new Model(document.Network, parameters, document.Classes, document.Image, document.Targets, document.Facts, document.Columns);
    }

    /// <summary>All of a model but its parameters, as JSON.</summary>
    public static string Describe(Model model) => new ModelDocument
    {
        Network = model.Architecture,
        Classes = model.Classes,
        Image = model.Image,
        Targets = model.Targets,
        Columns = model.Columns,
        Facts = model.Facts,
    }.ToJson();

    /// <summary>What <see cref="Describe"/> has written.</summary>
    /// <exception cref="InvalidDataException">It describes no model.</exception>
    public static ModelDocument Parse(string path, string json, NetworkChoices choices)
    {
        try
        {
            var document = ModelDocument.Parse(json, choices);
            ModelValidation.Check(document.Network, document.Classes, document.Image, document.Targets, document.Columns);
            return document;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or NotSupportedException)
        {
            throw new InvalidDataException($"{path}: the metadata '{ModelKey}' describes no model: {e.Message}", e);
        }
    }
}
