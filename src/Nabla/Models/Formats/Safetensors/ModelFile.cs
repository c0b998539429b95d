using Nabla.Models.Content;
using Nabla.Models.Formats;
using Nabla.Models.Formats.Json;
using Nabla.Models.Formats.Safetensors;
using Nabla.Network.Registries;

namespace Nabla;

/// <summary>
/// Model files: safetensors with the tensors <c>layers.i.weight</c>, <c>layers.i.bias</c> and so on, and everything else as JSON in the
/// metadata.
/// </summary>
public static class ModelFile
{
    extension(Model model)
    {
        /// <summary>Reads a model file.</summary>
        /// <param name="path">The file.</param>
        /// <param name="choices">The layers, activations and costs that the model may use; null for the built-in ones.</param>
        /// <exception cref="FileNotFoundException">There is no such file.</exception>
        /// <exception cref="InvalidDataException">The file does not hold a model; the message says what is wrong and where.</exception>
        public static Model Load(string path, NetworkChoices? choices = null) => Read(path, choices ?? NetworkChoices.BuiltIn);

        /// <summary>Writes a model file, whole or not at all. The same model gives the same bytes.</summary>
        public void Save(string path)
        {
            ArgumentNullException.ThrowIfNull(model);
            SafetensorsWriter.Write(
                path,
                [
                    new(FormatVersion.Key, $"{FormatVersion.Current}"),
                    new(ModelJson.Key, ModelJson.Write(model)),
                ],
                [.. ParameterTensors.Of(model.Parameters)]);
        }
    }

    private static Model Read(string path, NetworkChoices choices)
    {
        using SafetensorsReader reader = SafetensorsReader.Open(path);
        if (!reader.Metadata.TryGetValue(FormatVersion.Key, out string? version) || !reader.Metadata.TryGetValue(ModelJson.Key, out string? json))
        {
            bool isPlain = !reader.Metadata.ContainsKey(FormatVersion.Key);
            throw new InvalidDataException(isPlain
                ? $"{path}: a plain safetensors file, not a model: its metadata has no '{FormatVersion.Key}'. Use it as first weights (--weights)."
                : $"{path}: not a model: its metadata has no '{ModelJson.Key}'. Is it the checkpoint of a run?");
        }

        FormatVersion.Check(path, version);
        ModelDocument document = ModelJson.Read(path, json, choices);
        Precision precision = TensorCheck.Precision(reader, document.Network);
        Parameters parameters = ParameterTensors.Read(reader, new Parameters(document.Network, precision));
        return new Model(document.Network, parameters, document.Classes, document.Image, document.Targets, document.Facts, document.Columns);
    }
}
