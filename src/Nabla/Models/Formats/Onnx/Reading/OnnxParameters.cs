using System.Globalization;
using System.Numerics;
using Nabla.Models.Formats.Onnx.Schema;

namespace Nabla.Models.Formats.Onnx.Reading;

/// <summary>Reads the parameters of layers: the matrices of the file, with the scaling of their inputs and outputs folded in.</summary>
internal static class OnnxParameters
{
    /// <summary>Reads all parameters: in single precision where all are 32-bit numbers of the file, otherwise in double.</summary>
    /// <exception cref="InvalidDataException">One is not finite.</exception>
    public static Parameters Read(string file, IReadOnlyList<OnnxLayer> layers, NetworkOptions architecture)
    {
        bool isSingle = layers.All(layer => layer.Z!.Matrix!.Weight.Type == OnnxElementType.Single && IsPlain(layer.Z));
        var parameters = new Parameters(architecture, isSingle ? Precision.Single : Precision.Double);
        for (int layer = 0; layer < layers.Count; layer++)
        {
            if (isSingle)
            {
                Read(file, layers[layer], parameters.Weight<float>(layer).Elements, parameters.Bias<float>(layer));
            }
            else
            {
                Read(file, layers[layer], parameters.Weight<double>(layer).Elements, parameters.Bias<double>(layer));
            }
        }

        return parameters;
    }

    /// <summary>Whether weights and biases are numbers of the file, and the biases are 32-bit.</summary>
    private static bool IsPlain(OnnxFlow z) =>
        z is { Factor: 1, Offset: 0, Scale: null, Matrix: { Factor: 1, Input.IsPlain: true } }
        && (z.Shift is null || z.Shift.All(value => double.IsNaN(value) || value == (float)value));

    /// <summary>
    /// With f, s, t, o the factor, scale, shift and offset of the weighted inputs, and f′, s′, t′, o′ those of the inputs x:
    /// f·(s ⊙ (α·W·(f′·(s′ ⊙ x + t′) + o′)) + t) + o.
    /// </summary>
    private static void Read<T>(string file, OnnxLayer layer, Span<T> weight, Span<T> bias) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        OnnxFlow z = layer.Z!, x = z.Matrix!.Input;
        OnnxMatrix matrix = z.Matrix;
        ReadOnlySpan<byte> elements = matrix.Weight.Elements;
        // A complement pair is the softmax of [0, z]: its first unit has no weights.
        int units = layer.Units, first = layer.IsComplementPair ? 1 : 0;
        bool isShifted = x.Shift is not null || x.Offset != 0;
        for (int unit = first; unit < units; unit++)
        {
            int row = unit - first;
            double by = z.Factor * (z.Scale?[row] ?? 1) * matrix.Factor, sum = 0;
            for (int input = 0; input < matrix.Inputs; input++)
            {
                int at = matrix.IsOutputFirst ? (row * matrix.Inputs) + input : (input * matrix.Units) + row;
                double w = OnnxTensor.Read(elements, matrix.Weight.Type, at);
                weight[(input * units) + unit] = Finite<T>(file, matrix, unit, by * w * x.Factor * (x.Scale?[input] ?? 1));
                sum += isShifted ? w * ((x.Factor * (x.Shift?[input] ?? 0)) + x.Offset) : 0;
            }

            double b = z.Factor * (z.Shift?[row] ?? 0);
            bias[unit] = Finite<T>(file, matrix, unit, isShifted || z.Offset != 0 ? (by * sum) + b + z.Offset : b);
        }
    }

    private static T Finite<T>(string file, OnnxMatrix matrix, int unit, double value) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T rounded = T.CreateTruncating(value);
        return T.IsFinite(rounded)
            ? rounded
            : throw new InvalidDataException($"{file}: unit {unit.ToString(CultureInfo.InvariantCulture)} of the layer with the weights {OnnxText.Quote(matrix.Weight.Name)} has a parameter that is {value.ToString(CultureInfo.InvariantCulture)}; every parameter must be a finite number.");
    }
}
