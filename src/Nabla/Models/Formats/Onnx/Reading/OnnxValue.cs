namespace Nabla.Models.Formats.Onnx.Reading;

/// <summary>A value of the graph while its nodes are followed in order.</summary>
internal abstract record OnnxValue;

/// <summary>A tensor of the file, or its transpose.</summary>
/// <param name="Tensor">The tensor.</param>
/// <param name="IsTransposed">Whether the value is its transpose; it then has two axes.</param>
internal sealed record OnnxConstant(OnnxTensor Tensor, bool IsTransposed = false) : OnnxValue
{
    /// <summary>The single element of a real tensor, or null where there are more.</summary>
    public double? Scalar => Tensor.Count == 1 ? Tensor.ReadReals()[0] : null;
}

/// <summary>Class indices or names, which come after the outputs and are not part of the network.</summary>
internal sealed record OnnxLabel : OnnxValue;

/// <summary>Sizes computed from the shape of a value, which exporters use for a reshape.</summary>
internal sealed record OnnxSize : OnnxValue;

/// <summary>Whether z is above 0.</summary>
internal sealed record OnnxPositive(OnnxFlow Z) : OnnxValue;

/// <summary>Some units of a layer, activated: part of a layer that mixes activations.</summary>
internal sealed record OnnxPart(OnnxFlow Z, Activation Activation) : OnnxValue;

/// <summary>p + q·erf(r·z), or that times z: a part of GELU.</summary>
internal sealed record OnnxErf(OnnxFlow Z, double P, double Q, double R, bool IsTimesZ) : OnnxValue
{
    /// <summary>Exporters write √2 with 6 to 9 digits.</summary>
    private const double Tolerance = 1e-5;

    /// <summary>The value multiplied by one number, then another added.</summary>
    public OnnxErf Scale(double factor, double offset) => this with { P = (P * factor) + offset, Q = Q * factor };

    /// <summary>The value times <paramref name="factor"/>·z.</summary>
    public OnnxErf Times(double factor) => this with { P = P * factor, Q = Q * factor, IsTimesZ = true };

    /// <summary>The factor s with which the value is GELU of s·z, as ½·s·z·(1 + erf(s·z/√2)); or null.</summary>
    public double? GeluFactor
    {
        get
        {
            double s = R * Math.Sqrt(2), half = s / 2, allowed = Tolerance * Math.Abs(s);
            return IsTimesZ && Math.Abs(P - half) <= allowed && Math.Abs(Q - half) <= allowed && s != 0
                ? Math.Abs(s - 1) <= Tolerance ? 1 : s
                : null;
        }
    }
}
