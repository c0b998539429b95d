using Nabla.Choices;
using Nabla.Models.Formats.Onnx.Schema;
using Nabla.Network.Operators;
using Nabla.Network.Registries;

namespace Nabla.Models.Formats.Onnx.Reading;

/// <summary>Recognises activations by their formulas.</summary>
internal sealed class OnnxFormulas(NetworkChoices choices)
{
    /// <summary>Attributes are 32-bit numbers: a parameter this close to the default is the default.</summary>
    private const float Tolerance = 1e-6f;

    // A row with a required parameter cannot be described without it.
    private readonly Choice<Activation>[] rows = [.. choices.Activations.Where(row => !row.Parameters.Any(parameter => parameter.IsRequired))];

    /// <summary>The activation that consists of a node's operator alone, with the node's parameter; or null.</summary>
    public Activation? OfOperator(OnnxNode node)
    {
        if (OnnxOperatorNames.Find(node.Operator) is not { } known)
        {
            return null;
        }

        foreach (Choice<Activation> row in rows)
        {
            if (row.Create().Describe(new Variable()) is Call { Operands: [Variable] } call && call.Operator == known.Operator)
            {
                return known.Attribute is null || row.Parameters.Count == 0 ? row.Create() : row.Create(Parameter(row, node.Real(known.Attribute, known.Default)));
            }
        }

        return null;
    }

    /// <summary>The activation f(z) = z·g(z) of an activation g; or null.</summary>
    public Activation? OfProduct(Activation g)
    {
        var z = new Variable();
        Expression formula = z * g.Describe(z);
        return rows.Select(row => row.Create()).FirstOrDefault(activation => activation.Describe(z) == formula);
    }

    private static double Parameter(Choice<Activation> row, float value)
    {
        double standard = row.Parameters[0].Default;
        return Math.Abs(value - standard) <= Tolerance * Math.Abs(standard) ? standard : value;
    }
}
