using Nabla.Models.Formats.Onnx.Schema;

namespace Nabla.Models.Formats.Onnx.Writing;

/// <summary>Nodes for values with a row per sample and a column per cell.</summary>
internal static class OnnxTableNodes
{
    extension(OnnxGraphWriter graph)
    {
        /// <summary>Converts values to another type.</summary>
        /// <returns><paramref name="output"/>.</returns>
        public string Cast(string input, string output, OnnxElementType type)
        {
            graph.Node("Cast", $"{output}.Cast", [input], [output], OnnxGraphWriter.Integer("to", (long)type));
            return output;
        }

        /// <summary>Joins columns side by side.</summary>
        /// <returns><paramref name="output"/>, or the only input, which needs no node.</returns>
        public string Concat(string[] inputs, string output)
        {
            if (inputs.Length == 1)
            {
                return inputs[0];
            }

            graph.Node("Concat", $"{output}.Concat", inputs, [output], OnnxGraphWriter.Integer("axis", 1));
            return output;
        }

        /// <summary>Selects columns, in the order of <paramref name="columns"/>.</summary>
        public void Gather(string input, string output, long[] columns)
        {
            graph.Tensor($"{output}.order", columns);
            graph.Node("Gather", $"{output}.Gather", [input, $"{output}.order"], [output], OnnxGraphWriter.Integer("axis", 1));
        }

        /// <summary>Maps each text to a whole number; unlisted texts share one.</summary>
        public void LabelEncoder(string input, string output, string[] keys, int[] values, int other) => graph.MachineLearningNode(
            "LabelEncoder",
            $"{output}.LabelEncoder",
            [input],
            [output],
            OnnxGraphWriter.Texts("keys_strings", keys),
            OnnxGraphWriter.Integers("values_int64s", values),
            OnnxGraphWriter.Integer("default_int64", other));
    }
}
