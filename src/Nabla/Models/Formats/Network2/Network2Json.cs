using System.Globalization;
using System.Text.Json;
using Nabla.Data.Files;
using Nabla.Network.Activations;
using Nabla.Network.Costs;
using Nabla.Network.Prediction;

namespace Nabla.Models.Formats.Network2;

/// <summary>
/// The JSON of the book's own programs (network2.py): <c>sizes</c> of all layers, <c>weights</c> [layer][out][in], <c>biases</c> [layer][out][1],
/// and the name of the <c>cost</c>. All units are sigmoids.
/// </summary>
public static class Network2Json
{
    private const string CrossEntropyName = "CrossEntropyCost";
    private const string QuadraticName = "QuadraticCost";

    /// <summary>The pixels of an image in the book's data, 28 × 28.</summary>
    private const int MnistPixels = 784;

    /// <summary>Reads a model, in double precision like the book's programs; classes are named by their numbers.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or not of this format; the message has line and byte.</exception>
    public static Model Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new Network2Parser(path).Parse();
    }

    /// <summary>Writes a model; every number reads back to the same bits.</summary>
    /// <exception cref="ArgumentException">The format cannot hold this model; the message says why.</exception>
    public static void Save(Model model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        (NetworkOptions network, Parameters parameters) = PredictionNetwork.Of(model.Architecture, model.Parameters);
        string cost = CheckExport(model, network);
        AtomicFile.Write(path, stream =>
        {
            using var json = new Utf8JsonWriter(stream);
            json.WriteStartObject();
            json.WriteStartArray("sizes");
            json.WriteNumberValue(model.Architecture.Inputs);
            for (int layer = 0; layer < parameters.LayerCount; layer++)
            {
                json.WriteNumberValue(parameters.UnitsOf(layer));
            }

            json.WriteEndArray();
            json.WriteStartArray("weights");
            for (int layer = 0; layer < parameters.LayerCount; layer++)
            {
                WriteWeight(json, parameters, layer);
            }

            json.WriteEndArray();
            json.WriteStartArray("biases");
            for (int layer = 0; layer < parameters.LayerCount; layer++)
            {
                WriteBias(json, parameters, layer);
            }

            json.WriteEndArray();
            json.WriteString("cost", cost);
            json.WriteEndObject();
        });
    }

    /// <summary>Makes the model from the parts of a file.</summary>
    internal static Model Build(NetworkOptions architecture, Parameters parameters, string file) => new(
        architecture,
        parameters,
        [.. Enumerable.Range(0, architecture.Outputs).Select(i => i.ToString(CultureInfo.InvariantCulture))],
        architecture.Inputs == MnistPixels ? new ImageShape(28, 28) : null,
        TargetCoding.OneHot,
        new ModelFacts { Data = Path.GetFileName(file) });

    /// <summary>The cost of a name, or null.</summary>
    internal static Cost? CostOf(string? name) => name switch
    {
        CrossEntropyName => Cost.CrossEntropy,
        QuadraticName => Cost.Quadratic,
        _ => null,
    };

    private static void WriteWeight(Utf8JsonWriter json, Parameters parameters, int layer)
    {
        json.WriteStartArray();
        for (int unit = 0; unit < parameters.UnitsOf(layer); unit++)
        {
            json.WriteStartArray();
            for (int input = 0; input < parameters.InputsOf(layer); input++)
            {
                json.WriteNumberValue(parameters.GetWeight(layer, unit, input));
            }

            json.WriteEndArray();
            json.Flush();
        }

        json.WriteEndArray();
    }

    private static void WriteBias(Utf8JsonWriter json, Parameters parameters, int layer)
    {
        json.WriteStartArray();
        for (int unit = 0; unit < parameters.UnitsOf(layer); unit++)
        {
            json.WriteStartArray();
            json.WriteNumberValue(parameters.GetBias(layer, unit));
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static string CheckExport(Model model, NetworkOptions network)
    {
        for (int layer = 0; layer < network.Layers.Count; layer++)
        {
            if (!network.Layers[layer].IsProduct)
            {
                throw new ArgumentException($"The network2 format holds dense layers only, but layer {layer} is {network.Layers[layer]}. Export to safetensors instead.");
            }

            Activation activation = network.Layers[layer].Activation;
            Activation other = activation is PerUnit mixed ? mixed.Units.FirstOrDefault(unit => unit != Activation.Sigmoid, Activation.Sigmoid) : activation;
            if (other != Activation.Sigmoid)
            {
                throw new ArgumentException($"The network2 format holds sigmoid units only, but layer {layer} has {other} units. Export to safetensors instead.");
            }
        }

        if (model.Columns is not null)
        {
            throw new ArgumentException("The network2 format takes numbers, but this model takes table columns, and their scaling would be lost. Export to safetensors instead.");
        }

        if (model.Targets != TargetCoding.OneHot)
        {
            throw new ArgumentException($"The network2 format takes the largest output as the class, but this model has {model.Targets} targets. Export to safetensors instead.");
        }

        return model.Architecture.Cost switch
        {
            CrossEntropy => CrossEntropyName,
            Quadratic => QuadraticName,
            var other => throw new ArgumentException($"The network2 format holds the costs {CrossEntropyName} and {QuadraticName}, not {other}. Export to safetensors instead."),
        };
    }
}
