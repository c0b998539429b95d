using System.Globalization;
using Nabla.Models.Formats.Onnx.Schema;
using Nabla.Network.Registries;

namespace Nabla.Models.Formats.Onnx.Reading;

/// <summary>Follows the nodes of a graph in order and finds the layers that they compute. Time and memory grow with the length of the file.</summary>
internal sealed class OnnxInterpreter
{
    /// <summary>From this operator set on, shapes alone decide how constants are broadcast.</summary>
    private const int OldestOperatorSet = 7;

    private readonly string file;
    private readonly OnnxModel model;
    private readonly Dictionary<string, OnnxValue> values = new(StringComparer.Ordinal);
    private readonly OnnxOperators operators;

    /// <param name="file">The file, for messages.</param>
    /// <param name="model">Its content.</param>
    /// <param name="length">Its length in bytes, which bounds the work.</param>
    /// <param name="choices">The activations that are recognised.</param>
    public OnnxInterpreter(string file, OnnxModel model, long length, NetworkChoices choices)
    {
        (this.file, this.model) = (file, model);
        operators = new OnnxOperators(model.OperatorSet, length, choices);
    }

    /// <summary>The class names of the file, or none.</summary>
    public IReadOnlyList<string> ClassNames => operators.ClassNames;

    /// <summary>Whether the graph has a label: the index of the largest output.</summary>
    public bool HasLabel => operators.HasLabel;

    /// <summary>The input of the graph.</summary>
    public OnnxValueInfo Input { get; private set; } = new("", OnnxElementType.None, null);

    /// <summary>Finds the output layer, which leads to the other layers.</summary>
    /// <exception cref="InvalidDataException">The graph is not a chain of dense layers.</exception>
    public OnnxLayer FindOutputLayer()
    {
        if (model.OperatorSet < OldestOperatorSet)
        {
            throw Refuse($"the operator set is {(model.OperatorSet == 0 ? "not named" : model.OperatorSet.ToString(CultureInfo.InvariantCulture))}; expected {OldestOperatorSet} or later. Export the model again with a later one");
        }

        foreach (OnnxTensor tensor in model.Initializers)
        {
            Define(tensor.Name, new OnnxConstant(tensor), "the initializers");
        }

        DefineInput();
        foreach (OnnxNode node in model.Nodes)
        {
            Follow(node);
        }

        return OutputLayer();
    }

    private void DefineInput()
    {
        OnnxValueInfo[] inputs = [.. model.Inputs.Where(input => !values.ContainsKey(input.Name))];
        if (inputs.Length != 1)
        {
            throw Refuse($"the graph has {inputs.Length.ToString(CultureInfo.InvariantCulture)} inputs; expected one, with a row for each sample");
        }

        Input = inputs[0];
        if (Input.Type is OnnxElementType.Half or OnnxElementType.BFloat16 or OnnxElementType.Text or OnnxElementType.Boolean or OnnxElementType.None)
        {
            throw Refuse($"the input {OnnxText.Quote(Input.Name)} is of type {Input.Type}; expected 32-bit or 64-bit numbers");
        }

        var layer = new OnnxLayer { Units = Features(Input) };
        Define(Input.Name, OnnxFlow.Of(layer) with { IsFlat = Input.Shape is not { Count: > 2 } }, "the inputs");
    }

    /// <summary>The numbers of a sample, or 0 where an axis is free.</summary>
    private int Features(OnnxValueInfo input)
    {
        long features = input.Shape is null ? 0 : 1;
        foreach (long axis in (input.Shape ?? []).Skip(1))
        {
            features = axis < 0 || features == 0 ? 0 : features <= int.MaxValue / axis ? features * axis : throw Refuse($"the input {OnnxText.Quote(input.Name)} [{string.Join(", ", input.Shape!)}] is too large");
        }

        return input.Shape?.Count == 1 ? 0 : (int)features;
    }

    private void Follow(OnnxNode node)
    {
        var inputs = new OnnxValue?[node.Inputs.Count];
        for (int i = 0; i < inputs.Length; i++)
        {
            if (node.Inputs[i].Length > 0 && !values.TryGetValue(node.Inputs[i], out inputs[i]))
            {
                throw node.Refuse($"it takes {OnnxText.Quote(node.Inputs[i])}, which no earlier node computes: a tensor is missing, or the nodes are out of order or in a circle.");
            }
        }

        IReadOnlyList<OnnxValue> results = operators.Apply(node, inputs);
        for (int i = 0; i < node.Outputs.Count; i++)
        {
            // An undefined output, such as the mask of a dropout, is refused where a node takes it.
            if (node.Outputs[i].Length > 0 && i < results.Count)
            {
                Define(node.Outputs[i], results[i], $"node {node.Index.ToString(CultureInfo.InvariantCulture)}");
            }
        }
    }

    private void Define(string name, OnnxValue value, string place)
    {
        if (name.Length == 0 || !values.TryAdd(name, value))
        {
            throw Refuse(name.Length == 0 ? $"a value in {place} has no name" : $"the name {OnnxText.Quote(name)} is defined twice, the second time in {place}");
        }
    }

    private OnnxLayer OutputLayer()
    {
        OnnxLayer? found = null;
        foreach (OnnxValueInfo output in model.Outputs)
        {
            OnnxValue value = values.GetValueOrDefault(output.Name) ?? throw Refuse($"no node computes the output {OnnxText.Quote(output.Name)}");
            if (value is OnnxLabel)
            {
                continue;
            }

            if (value is not OnnxFlow { IsWhole: true } flow)
            {
                throw Refuse($"the output {OnnxText.Quote(output.Name)} is neither a layer of the network nor a label");
            }

            OnnxLayer layer = OnnxOperators.Finish(flow) ?? throw Refuse($"the output {OnnxText.Quote(output.Name)} is scaled behind the last activation, or no layer stands before it; a network of Nabla ends with a layer");
            if (found is not null && !IsSame(found, layer))
            {
                throw Refuse($"the output {OnnxText.Quote(output.Name)} is of another layer than those before it; expected the outputs of one layer, and labels");
            }

            found = layer;
        }

        return found ?? throw Refuse("no output of the graph is the output of a layer");
    }

    // Record equality would walk through both chains, and through each layer twice.
    private static bool IsSame(OnnxLayer one, OnnxLayer other) =>
        ReferenceEquals(one.Z, other.Z) && one.Activation == other.Activation;

    private InvalidDataException Refuse(string reason) => new($"{file}: {reason}.");
}
