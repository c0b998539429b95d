namespace Nabla.Models.Formats.Onnx.Reading;

/// <summary>The input of the network, or a finished layer.</summary>
internal sealed record OnnxLayer
{
    /// <summary>The weighted inputs; null for the input of the network.</summary>
    public OnnxFlow? Z { get; init; }

    /// <summary>The activation.</summary>
    public Activation Activation { get; init; } = Activation.Linear;

    /// <summary>Whether the layer is [1 − σ(z), σ(z)] of a single unit, which is the softmax of [0, z].</summary>
    public bool IsComplementPair { get; init; }

    /// <summary>Units; 0 where the number of inputs is not known.</summary>
    public required int Units { get; init; }

    /// <summary>The number of layers up to this one.</summary>
    public int Depth { get; private init; }

    /// <summary>Makes a layer from its weighted inputs.</summary>
    public static OnnxLayer Of(OnnxFlow z, Activation activation) => new() { Z = z, Activation = activation, Units = z.Count, Depth = z.Source.Depth + 1 };
}
