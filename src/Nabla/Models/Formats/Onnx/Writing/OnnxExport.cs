using System.Globalization;
using Nabla.Data.Tables.Schema;
using Nabla.Models.Content;
using Nabla.Models.Formats.Json;
using Nabla.Models.Formats.Onnx.Protobuf;
using Nabla.Models.Formats.Onnx.Schema;
using Nabla.Network;
using Nabla.Network.Activations;
using Nabla.Network.Operators;
using Nabla.Network.Prediction;
using F = Nabla.Models.Formats.Onnx.Schema.OnnxFields;

namespace Nabla.Models.Formats.Onnx.Writing;

/// <summary>Writes a model as an ONNX file: for each layer its product, then its activation.</summary>
internal sealed class OnnxExport
{
    /// <summary>The newest operator set and IR version that both current runtimes and older checkers accept.</summary>
    private const int OperatorSet = 17, IrVersion = 8;

    /// <summary>The oldest set of <c>ai.onnx.ml</c> whose LabelEncoder maps texts to whole numbers.</summary>
    private const int MachineLearningOperatorSet = 2;

    /// <summary>The longest message that protobuf readers accept, 2 GiB.</summary>
    private const long MaximumLength = int.MaxValue;

    private readonly Model model;
    private readonly NetworkOptions network;
    private readonly Parameters parameters;
    private readonly OnnxGraphWriter graph = new();

    /// <exception cref="ArgumentException">The model has numbers out of the range of 32 bits.</exception>
    public OnnxExport(Model model)
    {
        // A graph only predicts: dropout is gone, and batch normalisation is folded into the dense layers where it can be.
        (network, Parameters predicting) = PredictionNetwork.Of(model.Architecture, model.Parameters);
        this.model = ReferenceEquals(network, model.Architecture)
            ? model
            : new Model(network, predicting, model.Classes, model.Image, model.Targets, model.Facts, model.Columns);
        parameters = predicting.ToPrecision(Precision.Single);
        RequireFinite();
        BuildGraph();
    }

    public void Write(Stream stream)
    {
        ProtobufWriter head = new ProtobufWriter()
            .Integer(F.ModelIrVersion, IrVersion)
            .Text(F.ModelProducerName, "Nabla")
            .Text(F.ModelProducerVersion, ProductVersion.Current);
        var tail = new ProtobufWriter();
        tail.Message(F.ModelOperatorSets, new ProtobufWriter().Text(F.OperatorSetDomain, "").Integer(F.OperatorSetVersion, OperatorSet));
        if (graph.HasMachineLearning)
        {
            tail.Message(F.ModelOperatorSets, new ProtobufWriter().Text(F.OperatorSetDomain, OnnxGraphWriter.MachineLearningDomain).Integer(F.OperatorSetVersion, MachineLearningOperatorSet));
        }

        AddMetadata(tail, FormatVersion.Key, $"{FormatVersion.Current}");
        AddMetadata(tail, ModelJson.Key, ModelJson.Write(model));
        if (!model.IsRegression)
        {
            AddMetadata(tail, OnnxNames.ClassesKey, OnnxClassNames.Write(model.Classes));
        }

        if (model.Columns is { } columns)
        {
            AddMetadata(tail, OnnxNames.ColumnsKey, OnnxClassNames.Write([.. columns.Inputs.Select(column => column.Name)]));
        }

        long length = graph.Length;
        if (head.Length + length + tail.Length > MaximumLength)
        {
            throw new ArgumentException($"The model would take {length} bytes as ONNX; the format allows {MaximumLength}.");
        }

        head.Announce(F.ModelGraph, length);
        stream.Write(head.Written);
        graph.Write(stream);
        stream.Write(tail.Written);
    }

    private static void AddMetadata(ProtobufWriter tail, string key, string value) =>
        tail.Message(F.ModelMetadata, new ProtobufWriter().Text(F.EntryKey, key).Text(F.EntryValue, value));

    private void RequireFinite()
    {
        if (parameters.All<float>().ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
        {
            throw new ArgumentException("A parameter of the model is not finite as a 32-bit number, and ONNX files have 32-bit numbers. Export to safetensors instead.");
        }

        if (network.OutputActivation is Softmax { Constant: var constant } && !float.IsNormal((float)constant))
        {
            throw new ArgumentException($"The softmax constant {constant} is not a normal 32-bit number, and ONNX files have 32-bit numbers. Export to safetensors instead.");
        }

        TargetColumn? large = model.Columns?.Targets.FirstOrDefault(target => Math.Abs(target.Center) + target.Scale > float.MaxValue);
        if (large is not null)
        {
            throw new ArgumentException($"The values of the target '{large.Name}' are out of the range of 32-bit numbers, and ONNX files have 32-bit numbers. Export to safetensors instead.");
        }
    }

    private void BuildGraph()
    {
        bool hasLabel = !model.IsRegression && model.Targets == TargetCoding.OneHot;
        string result = hasLabel ? OnnxNames.Probabilities : OnnxNames.Outputs;
        TableSchema? scaledTargets = model.IsRegression ? model.Columns : null;
        string values = PrepareInputs();
        for (int layer = 0; layer < network.Layers.Count; layer++)
        {
            bool isResult = layer == network.Layers.Count - 1 && scaledTargets is null;
            values = AddLayer(layer, values, isResult ? result : OnnxNames.Activation(layer));
        }

        if (scaledTargets is not null)
        {
            AddTargets(values, scaledTargets);
        }

        if (hasLabel)
        {
            graph.Node("ArgMax", $"{OnnxNames.Label}.ArgMax", [values], [OnnxNames.Label], OnnxGraphWriter.Integer("axis", 1), OnnxGraphWriter.Integer("keepdims", 0));
            graph.Output(OnnxNames.Label, OnnxElementType.Int64, null);
        }

        graph.Output(result, OnnxElementType.Single, model.Architecture.Outputs);
    }

    /// <summary>Declares the inputs and adds the nodes before the first layer.</summary>
    /// <returns>The name of the first layer's inputs, [N, inputs].</returns>
    private string PrepareInputs()
    {
        if (model.Columns is { } columns)
        {
            OnnxTableEncoding.Add(graph, columns);
            return OnnxNames.EncodedColumns;
        }

        graph.Input(OnnxNames.Input, model.Architecture.Inputs);
        return OnnxNames.Input;
    }

    /// <summary>y = centre + scale·output for each target, in 64-bit numbers, rounded once.</summary>
    private void AddTargets(string values, TableSchema columns)
    {
        graph.Row("targets.scale", [.. columns.Targets.Select(target => target.Scale)]);
        graph.Row("targets.center", [.. columns.Targets.Select(target => target.Center)]);
        graph.Cast(values, "targets.outputs", OnnxElementType.Double);
        graph.Node("Mul", "targets.Mul", ["targets.outputs", "targets.scale"], ["targets.scaled"]);
        graph.Node("Add", "targets.Add", ["targets.scaled", "targets.center"], ["targets.shifted"]);
        graph.Node("Cast", "targets.Cast", ["targets.shifted"], [OnnxNames.Outputs], OnnxGraphWriter.Integer("to", (long)OnnxElementType.Single));
    }

    private string AddLayer(int index, string input, string output)
    {
        Layer layer = network.Layers[index];
        ParameterTensor[] tensors = [.. parameters.Tensors.Where(tensor => tensor.Layer == index)];
        foreach (ParameterTensor tensor in tensors)
        {
            graph.Tensor(tensor.Name, [.. tensor.Shape.Select(size => (long)size)], data => data.Write(parameters, tensor));
        }

        string place = $"layers.{index.ToString(CultureInfo.InvariantCulture)}";
        bool isLinear = layer.Activation == Activation.Linear;
        string z = isLinear ? output : $"{place}.weighted_input";
        var nodes = new OnnxExpressions(graph, tensor => tensors[tensor].Name);
        if (layer.IsProduct)
        {
            graph.Node("Gemm", $"{place}.Gemm", [input, tensors[0].Name, tensors[1].Name], [z], OnnxGraphWriter.Integer("transB", 1));
        }
        else
        {
            nodes.Add(layer.Describe(new Variable()), place, input, z);
        }

        if (!isLinear)
        {
            nodes.Add(layer.Activation.Describe(new Variable()), place, z, output);
        }

        return output;
    }
}
