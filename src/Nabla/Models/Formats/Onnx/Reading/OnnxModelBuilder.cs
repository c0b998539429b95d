using System.Globalization;
using System.Text.Json;
using Nabla.Models.Content;
using Nabla.Models.Formats.Json;
using Nabla.Models.Formats.Onnx.Schema;
using Nabla.Network.Activations;
using Nabla.Network.Registries;

namespace Nabla.Models.Formats.Onnx.Reading;

/// <summary>Makes a model from the layers of a graph.</summary>
/// <param name="path">The file, for messages and facts.</param>
/// <param name="file">Its content.</param>
/// <param name="length">Its length in bytes.</param>
/// <param name="choices">The layers, activations and costs that the model may use.</param>
internal sealed class OnnxModelBuilder(string path, OnnxModel file, long length, NetworkChoices choices)
{
    /// <summary>The pixels of an MNIST image, 28 × 28.</summary>
    private const int MnistPixels = 784;

    public Model Build()
    {
        ModelDocument? own = OwnDocument();
        var interpreter = new OnnxInterpreter(path, own?.Columns is null ? file : OnnxTableNetwork.Of(file, own), length, choices);
        OnnxLayer output = interpreter.FindOutputLayer();
        var layers = new List<OnnxLayer>();
        for (OnnxLayer? layer = output; layer.Z is not null; layer = layer.Z.Source)
        {
            layers.Add(layer);
        }

        layers.Reverse();
        try
        {
            NetworkOptions architecture = Architecture(layers);
            if (own is not null)
            {
                RequireSame(own.Network, architecture);
            }

            Parameters parameters = OnnxParameters.Read(path, layers, own?.Network ?? architecture);
            return own is not null
                ? new Model(own.Network, parameters, own.Classes, own.Image, own.Targets, own.Facts, own.Columns)
                : Foreign(architecture, parameters, interpreter);
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"{path}: the graph is not a network that Nabla can hold: {e.Message}", e);
        }
    }

    private NetworkOptions Architecture(List<OnnxLayer> layers)
    {
        long parameters = 0;
        foreach (OnnxLayer layer in layers)
        {
            parameters = checked(parameters + (((long)layer.Z!.Matrix!.Inputs + 1) * layer.Units));
            if (parameters > length)
            {
                // Layers may share a tensor, but a short file must not become a network that fills the memory.
                throw new InvalidDataException($"{path}: the graph claims more parameters than {length.ToString(CultureInfo.InvariantCulture)} bytes can hold.");
            }
        }

        var architecture = new NetworkOptions
        {
            Inputs = layers[0].Z!.Matrix!.Inputs,
            Layers = [.. layers.Select(layer => new Dense(layer.Units, layer.Activation))],
            Cost = Cost.Natural(layers[^1].Activation),
        };
        architecture.Validate();
        return architecture;
    }

    /// <summary>The description that Nabla wrote beside the graph, or null.</summary>
    private ModelDocument? OwnDocument()
    {
        if (!file.Metadata.TryGetValue(FormatVersion.Key, out string? version) || !file.Metadata.TryGetValue(ModelJson.Key, out string? json))
        {
            return null;
        }

        FormatVersion.Check(path, version);
        return ModelJson.Read(path, json, choices);
    }

    /// <summary>Whether a layer that names an activation for each unit names this one for all of them.</summary>
    private static bool HasOnly(Activation said, Activation found) => said is PerUnit mixed && mixed.Units.All(unit => unit == found);

    /// <exception cref="InvalidDataException">The description and the graph are different networks.</exception>
    private void RequireSame(NetworkOptions network, NetworkOptions architecture)
    {
        bool fits = network.Inputs == architecture.Inputs
            && network.Layers.Count == architecture.Layers.Count;
        for (int layer = 0; fits && layer < network.Layers.Count; layer++)
        {
            Layer said = network.Layers[layer], found = architecture.Layers[layer];
            // The graph holds parameters as 32-bit numbers.
            fits = said.Row == found.Row && said.Values.SequenceEqual(found.Values)
                && (HasOnly(said.Activation, found.Activation) || (said.Activation.Row == found.Activation.Row && said.Activation.Values.Zip(found.Activation.Values, (x, y) => (float)x == (float)y).All(same => same)
                && (said.Activation is not PerUnit || said.Activation == found.Activation)));
        }

        if (!fits)
        {
            throw new InvalidDataException($"{path}: the metadata '{ModelJson.Key}' describes a different network from the graph. If the graph was changed, remove that metadata.");
        }
    }

    private Model Foreign(NetworkOptions architecture, Parameters parameters, OnnxInterpreter interpreter)
    {
        int outputs = architecture.Outputs;
        bool isClassifier = architecture.Cost.Targets != TargetRange.Real || (interpreter.HasLabel && outputs > 1);
        bool isBinary = isClassifier && outputs == 1;
        int count = !isClassifier ? 0 : isBinary ? 2 : outputs;
        IReadOnlyList<string> names = ClassNames(interpreter);
        return new Model(
            architecture,
            parameters,
            names.Count == count ? names : [.. Enumerable.Range(0, count).Select(i => i.ToString(CultureInfo.InvariantCulture))],
            Image(architecture.Inputs, interpreter.Input.Shape),
            isBinary ? TargetCoding.Binary : TargetCoding.OneHot,
            new ModelFacts { Data = Path.GetFileName(path) });
    }

    private IReadOnlyList<string> ClassNames(OnnxInterpreter interpreter)
    {
        if (!file.Metadata.TryGetValue(OnnxNames.ClassesKey, out string? json))
        {
            return interpreter.ClassNames;
        }

        try
        {
            return OnnxClassNames.Read(json);
        }
        catch (JsonException)
        {
            // Metadata of another program under the same key.
            return interpreter.ClassNames;
        }
    }

    /// <summary>The shape of grey images [N, rows, columns], or with a colour axis of 1 before or after them; 784 inputs are the book's digits.</summary>
    private static ImageShape? Image(int inputs, IReadOnlyList<long>? shape)
    {
        (long rows, long columns) = shape switch
        {
            [_, long r, long c] => (r, c),
            [_, 1, long r, long c] => (r, c),
            [_, long r, long c, 1] => (r, c),
            _ => inputs == MnistPixels ? (28, 28) : (0, 0),
        };
        return rows > 0 && columns > 0 && rows * columns == inputs ? new ImageShape((int)rows, (int)columns) : null;
    }
}
