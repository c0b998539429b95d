using Nabla.Network.Activations;

namespace Nabla.Models.Formats.Onnx.Reading;

/// <summary>Joins the parts of a layer that mixes activations, or a probability and its complement.</summary>
internal sealed class OnnxConcatenation(OnnxOperators operators)
{
    public OnnxFlow Apply(OnnxNode node, OnnxValue?[] inputs)
    {
        if (node.Integer("axis", 0) is not (1 or -1))
        {
            throw node.Refuse("it must join the units of a layer (axis 1).");
        }

        if (inputs is [OnnxFlow rest, OnnxFlow probability] && IsComplement(rest, probability))
        {
            return OnnxOperators.Complete(node, probability.Source with { Activation = Activation.Softmax, IsComplementPair = true, Units = 2 });
        }

        // All units may share one activation: the only part is the whole layer.
        return inputs is [OnnxFlow { Matrix: null } whole] ? whole : Join(node, inputs);
    }

    /// <summary>[1 − p, p] with p = σ(z) of one unit, as exporters write scikit-learn's classifiers of two classes.</summary>
    private static bool IsComplement(OnnxFlow rest, OnnxFlow probability) =>
        probability is { Matrix: null, IsPlain: true, Source: { Activation: Sigmoid, Units: 1, Z: not null } }
        && rest.HasSameBase(probability) && rest is { Factor: -1, Offset: 1 };

    private OnnxFlow Join(OnnxNode node, OnnxValue?[] inputs)
    {
        OnnxFlow? whole = null;
        var units = new List<Activation>();
        foreach (OnnxValue? input in inputs)
        {
            (OnnxFlow? z, Activation activation) = input switch
            {
                OnnxPart part => (part.Z, part.Activation),
                OnnxFlow { Matrix: not null } flow => (flow, Activation.Linear),
                _ => (null, Activation.Linear),
            };
            whole ??= z;
            if (z is null || !z.HasSameBase(whole!) || z.Start != units.Count || z.Factor != whole!.Factor || z.Offset != whole.Offset)
            {
                throw node.Refuse("it must join all units of one layer in their order, split before, each part with its activation.");
            }

            operators.Charge(node, z.Count);
            units.AddRange(Enumerable.Repeat(activation, z.Count));
        }

        if (whole is null || units.Count != whole.Matrix!.Units)
        {
            throw node.Refuse("it joins some units of a layer and leaves others out.");
        }

        OnnxLayer layer = OnnxLayer.Of(whole with { Start = 0, Count = units.Count }, units[0]);
        return OnnxOperators.Complete(node, units.TrueForAll(unit => unit == units[0]) ? layer : layer with { Activation = new PerUnit(units) });
    }
}
