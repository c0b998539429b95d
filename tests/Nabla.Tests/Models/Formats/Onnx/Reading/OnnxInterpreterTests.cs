using System.Text;
using Nabla.Models.Formats.Onnx;
using Nabla.Models.Formats.Onnx.Protobuf;
using Nabla.Models.Formats.Onnx.Schema;
using Nabla.Models.Formats.Onnx.Writing;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Models.Formats.Onnx.Reading;

/// <summary>Graphs made by hand: what folds into layers, and what is refused in bounded time and memory.</summary>
public sealed class OnnxInterpreterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Scaling_of_the_input_goes_into_the_first_layer()
    {
        // W·((x − [1, 2])/[2, 4]) + b with W = [[1, 2], [3, 4]], b = [5, 6]: weights [[1/2, 2/4], [3/2, 4/4]], biases [5 − 1/2 − 1, 6 − 3/2 − 2].
        Model model = Load(OnnxGraphs.Layer(
            graph =>
            {
                graph.Numbers("mean", [2], 1, 2);
                graph.Numbers("scale", [1, 2], 2, 4);
                graph.Node("Sub", "", ["x", "mean"], ["centred"]);
                graph.Node("Div", "", ["centred", "scale"], ["scaled"]);
            },
            "scaled"));
        Assert.Equal([0.5, 0.5, 1.5, 1, 3.5, 2.5], Rows(model));
        Assert.Equal(Precision.Double, model.Parameters.Precision);
    }

    [Fact]
    public void Factors_behind_a_layer_go_into_it()
    {
        // 2·(W·x + b) − 1.
        Model model = Load(OnnxGraphs.Layer(
            graph =>
            {
                graph.Scalar("two", 2);
                graph.Scalar("one", 1);
                graph.Node("Mul", "", ["two", "z"], ["twice"]);
                graph.Node("Sub", "", ["twice", "one"], ["y"]);
            },
            output: "y"));
        Assert.Equal([2, 4, 6, 8, 9, 11], Rows(model));
    }

    [Fact]
    public void What_is_subtracted_from_a_constant_turns_its_sign()
    {
        Model model = Load(OnnxGraphs.Layer(
            graph =>
            {
                graph.Numbers("c", [2], 10, 20);
                graph.Node("Sub", "", ["c", "z"], ["y"]);
            },
            output: "y"));
        Assert.Equal([-1, -2, -3, -4, 5, 14], Rows(model));
    }

    [Fact]
    public void Alpha_and_beta_of_Gemm_scale_weights_and_biases()
    {
        Model model = Load(OnnxGraphs.Layer(
            graph => graph.Node("Gemm", "", ["z", "w", "b"], ["y"], OnnxGraphWriter.Real("alpha", 2), OnnxGraphWriter.Real("beta", 0.5f)),
            output: "y"));
        // transB is missing: the weights lie as [in, out].
        Assert.Equal([2, 6, 4, 8, 2.5, 3], Rows(model, 1));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("tanh")]
    public void Gelu_is_read_where_it_is_exact(string approximate)
    {
        byte[] file = OnnxGraphs.Layer(
            graph => graph.Node("Gelu", "", ["z"], ["y"], new ProtobufWriter()
                .Text(OnnxFields.AttributeName, "approximate").Text(OnnxFields.AttributeText, approximate).Integer(OnnxFields.AttributeType, (long)OnnxAttributeType.Text)),
            output: "y");
        if (approximate == "none")
        {
            Assert.Equal(Activation.Gelu, Load(file).Architecture.Layers[0].Activation);
        }
        else
        {
            Refuse(file, "tanh approximation");
        }
    }

    [Fact]
    public void Erf_that_makes_no_GELU_is_refused()
    {
        Refuse(OnnxGraphs.Layer(graph => graph.Node("Erf", "", ["z"], ["y"]), output: "y"), "neither a layer of the network nor a label");
        Refuse(
            OnnxGraphs.Layer(
                graph =>
                {
                    graph.Scalar("third", 0.333f);
                    graph.Scalar("one", 1);
                    graph.Node("Mul", "", ["z", "third"], ["scaled"]);
                    graph.Node("Erf", "", ["scaled"], ["erf"]);
                    graph.Node("Add", "", ["erf", "one"], ["sum"]);
                    graph.Node("Mul", "", ["z", "sum"], ["y"]);
                },
                output: "y"),
            "neither a layer of the network nor a label");
    }

    [Fact]
    public void Nodes_in_a_circle_are_refused() => Refuse(
        OnnxGraphs.Layer(
            graph =>
            {
                graph.Node("Add", "first", ["second", "b"], ["y"]);
                graph.Node("Add", "last", ["y", "b"], ["second"]);
            },
            output: "y"),
        "takes 'second', which no earlier node computes");

    [Fact]
    public void Names_that_stand_twice_are_refused()
    {
        Refuse(OnnxGraphs.Layer(graph => graph.Node("Relu", "", ["z"], ["z"])), "the name 'z' is defined twice");
        Refuse(OnnxGraphs.Layer(graph => graph.Numbers("w", [1], 1)), "the name 'w' is defined twice");
    }

    [Fact]
    public void A_missing_tensor_is_named() =>
        Refuse(OnnxGraphs.Layer(graph => graph.Node("Add", "", ["z", "gone\n"], ["y"]), output: "y"), "takes 'gone?'");

    [Theory]
    [InlineData(new long[] { 3, 2 }, "needs 24 bytes, but it has 16")]
    [InlineData(new long[] { 4294967296, 4294967296 }, "their product is larger than a file can hold")]
    [InlineData(new long[] { 2147483647, 2147483647 }, "their product is larger than a file can hold")]
    [InlineData(new long[] { 2147483647, 1 }, "needs 8589934588 bytes, but it has 16")]
    [InlineData(new long[] { -2, -2 }, "negative")]
    [InlineData(new long[] { 0, 4 }, "needs 0 bytes, but it has 16")]
    public void Sizes_that_lie_are_refused_before_memory_is_taken(long[] shape, string message)
    {
        var tensor = new ProtobufWriter();
        foreach (long axis in shape)
        {
            tensor.Integer(OnnxFields.TensorDims, axis);
        }

        tensor.Integer(OnnxFields.TensorType, 1).Text(OnnxFields.TensorName, "w").Bytes(OnnxFields.TensorRaw, new byte[16]);
        Refuse(OnnxGraphs.Model(new ProtobufWriter().Message(OnnxFields.GraphInitializers, tensor).Written), message);
    }

    [Fact]
    public void A_small_matrix_in_many_layers_is_no_large_network() => Refuse(
        OnnxGraphs.File(graph =>
        {
            graph.Input("x", 100);
            graph.Numbers("w", [100, 100], new float[10_000]);
            string last = "x";
            for (int i = 0; i < 100; i++)
            {
                graph.Node("MatMul", "", [last, "w"], [last = $"z{i}"]);
            }

            graph.Output(last, OnnxElementType.Single, 100);
        }),
        "claims more parameters than");

    [Fact]
    public void Work_on_a_layer_is_bounded_by_the_length_of_the_file() => Refuse(
        OnnxGraphs.File(graph =>
        {
            graph.Input("x", 1);
            graph.Numbers("w", [1, 20_000], new float[20_000]);
            graph.Numbers("s", [20_000], new float[20_000]);
            graph.Node("MatMul", "", ["x", "w"], ["z"]);
            string last = "z";
            for (int i = 0; i < 2_000; i++)
            {
                graph.Node("Mul", "", [last, "s"], [last = $"z{i}"]);
            }

            graph.Output(last, OnnxElementType.Single, 20_000);
        }),
        "more work than");

    [Fact]
    public void A_file_of_empty_nodes_does_not_fill_the_memory()
    {
        // Field 1 of the graph, length 0, a million times.
        byte[] nodes = [.. Enumerable.Repeat<byte[]>([0x0A, 0x00], 1 << 20).SelectMany(two => two)];
        Refuse(OnnxGraphs.Model(nodes), "more than 262144 nodes");
    }

    [Fact]
    public void Graphs_in_graphs_are_skipped_and_not_followed()
    {
        // An attribute that holds a graph that holds a node that holds an attribute, and so on.
        byte[] nested = [];
        for (int depth = 0; depth < 2_000; depth++)
        {
            nested = new ProtobufWriter().Bytes(6, new ProtobufWriter().Bytes(1, new ProtobufWriter().Bytes(5, nested).Written).Written).Written.ToArray();
        }

        ProtobufWriter node = new ProtobufWriter().Text(OnnxFields.NodeOperator, "If").Bytes(OnnxFields.NodeAttributes, nested);
        byte[] file = OnnxGraphs.Layer(_ => { }, output: "z");
        Refuse(OnnxGraphs.Model([.. Graph(file), .. new ProtobufWriter().Message(OnnxFields.GraphNodes, node).Written]), "(If): the operator is not supported");
    }

    [Theory]
    [InlineData(6, "the operator set is 6; expected 7 or later")]
    [InlineData(0, "the operator set is not named")]
    public void An_old_operator_set_is_refused(long operatorSet, string message) =>
        Refuse(OnnxGraphs.File(graph => graph.Input("x", 1), operatorSet), message);

    [Fact]
    public void External_data_is_refused_with_the_reason()
    {
        ProtobufWriter tensor = new ProtobufWriter().Integer(OnnxFields.TensorDims, 1).Integer(OnnxFields.TensorType, 1).Text(OnnxFields.TensorName, "w")
            .Message(OnnxFields.TensorExternal, new ProtobufWriter().Text(OnnxFields.EntryKey, "location").Text(OnnxFields.EntryValue, "../secret"));
        Refuse(OnnxGraphs.Model(new ProtobufWriter().Message(OnnxFields.GraphInitializers, tensor).Written), "'w' lies in another file");
    }

    [Fact]
    public void Half_precision_is_refused_with_the_reason()
    {
        ProtobufWriter tensor = new ProtobufWriter().Integer(OnnxFields.TensorDims, 2).Integer(OnnxFields.TensorDims, 1)
            .Integer(OnnxFields.TensorType, (long)OnnxElementType.Half).Text(OnnxFields.TensorName, "h").Bytes(OnnxFields.TensorRaw, new byte[4]);
        byte[] file = OnnxGraphs.Layer(graph => graph.Node("MatMul", "", ["z", "h"], ["y"]), output: "y");
        Refuse(OnnxGraphs.Model([.. new ProtobufWriter().Message(OnnxFields.GraphInitializers, tensor).Written, .. Graph(file)]), "Export the network in float32");
    }

    [Fact]
    public void A_parameter_that_is_not_finite_is_refused() => Refuse(
        OnnxGraphs.Layer(
            graph =>
            {
                graph.Numbers("scale", [2], 1, 0);
                graph.Node("Div", "", ["x", "scale"], ["scaled"]);
            },
            "scaled"),
        "must be a finite number");

    [Theory]
    [InlineData("Relu", "x", "an activation must follow a matrix")]
    [InlineData("Conv", "z", "(Conv): the operator is not supported")]
    [InlineData("Exp", "z", "(Exp): the operator is not supported")]
    public void What_is_not_understood_is_refused_with_the_node(string type, string input, string message) =>
        Refuse(OnnxGraphs.Layer(graph => graph.Node(type, "culprit", [input], ["y"]), output: "y"), $"node 1 'culprit' ({type})", message);

    [Fact]
    public void Weights_that_do_not_fit_are_refused() => Refuse(
        OnnxGraphs.Layer(
            graph =>
            {
                graph.Numbers("v", [3, 2], 1, 2, 3, 4, 5, 6);
                graph.Node("MatMul", "", ["z", "v"], ["y"]);
            },
            output: "y"),
        "'v' [3, 2] take 3 inputs, but the value before them has 2 columns");

    [Fact]
    public void A_scaled_output_is_refused()
    {
        Refuse(
            OnnxGraphs.Layer(
                graph =>
                {
                    graph.Node("Tanh", "", ["z"], ["a"]);
                    graph.Scalar("two", 2);
                    graph.Node("Mul", "", ["a", "two"], ["y"]);
                },
                output: "y"),
            "scaled behind the last activation");
        Refuse(OnnxGraphs.Layer(_ => { }, output: "x"), "no layer stands before it");
    }

    private static byte[] Graph(byte[] file)
    {
        var reader = new ProtobufReader("f", file);
        while (reader.Read())
        {
            if (reader.Field == OnnxFields.ModelGraph)
            {
                return reader.GetBytes().ToArray();
            }
        }

        throw new InvalidOperationException("No graph.");
    }

    /// <summary>A layer's weights row by row, then its biases.</summary>
    private static double[] Rows(Model model, int layer = 0)
    {
        Parameters parameters = model.Parameters;
        int units = parameters.UnitsOf(layer), inputs = parameters.InputsOf(layer);
        return
        [
            .. Enumerable.Range(0, units * inputs).Select(i => parameters.GetWeight(layer, i / inputs, i % inputs)),
            .. Enumerable.Range(0, units).Select(unit => parameters.GetBias(layer, unit)),
        ];
    }

    private Model Load(byte[] file) => OnnxFile.Load(folder.Write("g.onnx", file));

    private void Refuse(byte[] file, params string[] parts)
    {
        string message = Assert.Throws<InvalidDataException>(() => Load(file)).Message;
        Assert.StartsWith(folder["g.onnx"], message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
        Assert.True(Encoding.UTF8.GetByteCount(message) < 1000, message);
        Assert.All(parts, part => Assert.Contains(part, message, StringComparison.Ordinal));
    }
}
