namespace Nabla.Models.Formats.Onnx.Reading;

/// <summary>
/// A value that depends on the input, one row per sample: factor·(scale ⊙ u + shift) + offset, where u is the output of a layer, or the
/// product of a matrix and that output. A factor for all columns is kept apart from the factors of each column, because it may belong to
/// a softmax or a GELU.
/// </summary>
/// <param name="Source">The layer whose activations these are, or from which the matrix takes its inputs.</param>
/// <param name="Matrix">The matrix; null for activations.</param>
/// <param name="Count">Columns; 0 where the number of inputs is not known.</param>
internal sealed record OnnxFlow(OnnxLayer Source, OnnxMatrix? Matrix, int Count) : OnnxValue
{
    /// <summary>A factor for each column; null for 1.</summary>
    public double[]? Scale { get; private init; }

    /// <summary>A summand for each column; null for 0.</summary>
    public double[]? Shift { get; private init; }

    /// <summary>A factor for all columns.</summary>
    public double Factor { get; init; } = 1;

    /// <summary>A summand for all columns.</summary>
    public double Offset { get; init; }

    /// <summary>The first of the matrix's columns that the value holds.</summary>
    public int Start { get; init; }

    /// <summary>Whether a sample is a row, not an array of more axes as an image may be.</summary>
    public bool IsFlat { get; init; } = true;

    /// <summary>Whether the value holds all columns of the matrix. A split value does not.</summary>
    public bool IsWhole => Matrix is null || (Start == 0 && Count == Matrix.Units);

    /// <summary>Whether nothing is scaled.</summary>
    public bool IsPlain => Scale is null && Shift is null && Factor == 1 && Offset == 0;

    /// <summary>A layer's activations.</summary>
    public static OnnxFlow Of(OnnxLayer layer) => new(layer, null, layer.Units);

    /// <summary>Multiplied by one number, then another added.</summary>
    public OnnxFlow With(double factor, double offset) => this with { Factor = Factor * factor, Offset = (Offset * factor) + offset };

    /// <summary>Each column multiplied by its number, then another added; null for 1 and 0. For whole values only.</summary>
    public OnnxFlow With(double[]? scale, double[]? shift)
    {
        int count = (scale ?? shift)!.Length;
        double[]? newScale = Scale is null && scale is null && Factor == 1 ? null : new double[count];
        double[]? newShift = Shift is null && shift is null && Offset == 0 ? null : new double[count];
        for (int j = 0; j < count; j++)
        {
            double by = scale?[j] ?? 1;
            if (newScale is not null)
            {
                newScale[j] = by * Factor * (Scale?[j] ?? 1);
            }

            if (newShift is not null)
            {
                // The first shift is kept as it is, even −0.
                newShift[j] = Shift is null && Offset == 0 ? shift?[j] ?? 0 : (by * ((Factor * (Shift?[j] ?? 0)) + Offset)) + (shift?[j] ?? 0);
            }
        }

        return this with { Scale = newScale, Shift = newShift, Factor = 1, Offset = 0, Count = count };
    }

    /// <summary>Whether both are the same value except for factor, offset and the choice of columns.</summary>
    public bool HasSameBase(OnnxFlow other) =>
        ReferenceEquals(Source, other.Source) && ReferenceEquals(Matrix, other.Matrix) && ReferenceEquals(Scale, other.Scale) && ReferenceEquals(Shift, other.Shift);

    /// <summary>Whether both are the same columns of the same value except for factor and offset.</summary>
    public bool HasSameColumns(OnnxFlow other) => HasSameBase(other) && Start == other.Start && Count == other.Count;
}

/// <summary>A weight matrix and the value it is applied to.</summary>
/// <param name="Input">The activations, perhaps scaled.</param>
/// <param name="Weight">The tensor of the file.</param>
/// <param name="IsOutputFirst">Whether the tensor is [out, in].</param>
/// <param name="Factor">A factor of all its elements.</param>
/// <param name="Units">Its outputs.</param>
/// <param name="Inputs">Its inputs.</param>
internal sealed record OnnxMatrix(OnnxFlow Input, OnnxTensor Weight, bool IsOutputFirst, double Factor, int Units, int Inputs);
