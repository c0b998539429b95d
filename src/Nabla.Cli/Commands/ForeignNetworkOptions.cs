using System.CommandLine;
using System.Globalization;
using Nabla.Cli.Failures;
using Nabla.Cli.Options;
using Nabla.Models.Formats.Onnx;
using Nabla.Models.Formats.Safetensors;
using Nabla.Network.Registries;

namespace Nabla.Cli.Commands;

/// <summary>Activations and cost, which a safetensors file without a Nabla model does not hold.</summary>
internal sealed class ForeignNetworkOptions
{
    private readonly Option<string?> activation = OptionNames.Choice("--activation", "Activation of the hidden layers, for weights without a model", NetworkChoices.BuiltIn.Activations);
    private readonly Option<string?> output = OptionNames.Choice("--output", "Activation of the output layer, for weights without a model", NetworkChoices.BuiltIn.Activations);
    private readonly Option<string?> cost = OptionNames.Choice("--cost", "Cost (the natural cost of the output)", NetworkChoices.BuiltIn.Costs);

    public void AddTo(Command command)
    {
        command.Options.Add(activation);
        command.Options.Add(output);
        command.Options.Add(cost);
    }

    /// <summary>
    /// Loads a safetensors file: a Nabla model as it is, or weights alone as a network with their shapes.
    /// </summary>
    /// <exception cref="UsageException">The options or the tensors do not make a network.</exception>
    public Model Load(string path, ParseResult parsed)
    {
        using SafetensorsReader file = SafetensorsReader.Open(path);
        if (file.Metadata.ContainsKey("nabla"))
        {
            return Model.Load(path);
        }

        IReadOnlyList<TensorInfo> weights = WeightsFile.FindWeights(file);
        NetworkOptions architecture = Architecture(path, parsed, weights);
        Precision precision = weights[0].ElementType == "F64" ? Precision.Double : Precision.Single;
        Parameters parameters = WeightsFile.Load(path, architecture, precision);
        bool isClassifier = IsProbability(architecture.OutputActivation);
        string[] classes = isClassifier ? Numbers(architecture.Outputs) : [];
        return new Model(architecture, parameters, classes, null, TargetCoding.OneHot, new ModelFacts { Data = Path.GetFileName(path) });
    }

    /// <summary>
    /// Loads an ONNX file. If its graph ends with weighted inputs, as the classifiers of PyTorch do, <c>--output</c>
    /// gives their activation.
    /// </summary>
    /// <exception cref="UsageException">The options contradict the graph.</exception>
    public Model LoadOnnx(string path, ParseResult parsed)
    {
        Model model = OnnxFile.Load(path);
        if (parsed.GetValue(activation) is not null)
        {
            throw new UsageException($"{path}: --activation is for weights without a model; an ONNX file holds the activations of its hidden layers.");
        }

        string? outputName = parsed.GetValue(output), costName = parsed.GetValue(cost);
        if (outputName is null && costName is null)
        {
            return model;
        }

        Layer last = model.Architecture.Layers[^1];
        Activation wanted = outputName is null ? last.Activation : OptionNames.Parse("--output", outputName, NetworkChoices.BuiltIn.Activations);
        if (wanted != last.Activation && last.Activation != Activation.Linear)
        {
            throw new UsageException($"{path}: --output {outputName}: the graph ends with {last.Activation} units. --output is for graphs that end with weighted inputs.");
        }

        NetworkOptions architecture = model.Architecture with
        {
            Layers = [.. model.Architecture.Layers.SkipLast(1), last.WithActivation(wanted)],
            Cost = costName is null ? Cost.Natural(wanted) : OptionNames.Parse("--cost", costName, NetworkChoices.BuiltIn.Costs),
        };
        bool becomesClassifier = model.IsRegression && IsProbability(wanted);
        // One sigmoid output separates two classes.
        int outputs = model.Architecture.Outputs;
        bool isBinary = becomesClassifier && outputs == 1;
        IReadOnlyList<string> classes = becomesClassifier ? Numbers(isBinary ? 2 : outputs) : model.Classes;
        return new Model(architecture, model.Parameters, classes, model.Image, isBinary ? TargetCoding.Binary : model.Targets, model.Facts, model.Columns);
    }

    private static string[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(i => i.ToString(CultureInfo.InvariantCulture))];

    /// <summary>Whether these outputs are class probabilities.</summary>
    private static bool IsProbability(Activation output) => Cost.Natural(output).Targets != TargetRange.Real;

    private NetworkOptions Architecture(string path, ParseResult parsed, IReadOnlyList<TensorInfo> weights)
    {
        string outputName = parsed.GetValue(output)
            ?? throw new UsageException($"{path} holds weights but no model. Give the output layer: --output softmax, sigmoid or linear.");
        string? hiddenName = parsed.GetValue(activation);
        if (hiddenName is null && weights.Count > 1)
        {
            throw new UsageException($"{path} holds weights but no model. Give the activation of its {weights.Count - 1} hidden layers, such as --activation relu.");
        }

        Activation last = OptionNames.Parse("--output", outputName, NetworkChoices.BuiltIn.Activations);
        Activation hidden = hiddenName is null ? last : OptionNames.Parse("--activation", hiddenName, NetworkChoices.BuiltIn.Activations);
        return NetworkOptions.FeedForward(
            (int)weights[0].Shape[1],
            [.. weights.SkipLast(1).Select(weight => (int)weight.Shape[0])],
            (int)weights[^1].Shape[0],
            hidden,
            last,
            parsed.GetValue(cost) is { } name ? OptionNames.Parse("--cost", name, NetworkChoices.BuiltIn.Costs) : Cost.Natural(last));
    }
}
