using Nabla.Numerics.Memory;

namespace Nabla.Network;

/// <summary>All weights and biases of a network in one aligned block: layer 0's weights, layer 0's biases, layer 1's weights, and so on.</summary>
/// <remarks>
/// Inside, weights lie as [in, out] with the outputs contiguous, as the products read them; from outside they are [out, in],
/// as the books, PyTorch and ONNX have them.
/// </remarks>
public sealed class Parameters
{
    private readonly AlignedBuffer buffer;
    private readonly NetworkOptions options;
    private readonly int[] inputs;
    private readonly int[] units;
    private readonly int[] offsets;

    /// <summary>Zeroed parameters for a network.</summary>
    /// <param name="options">The architecture.</param>
    /// <param name="precision">The floating-point type.</param>
    /// <exception cref="ArgumentException">The architecture is not valid.</exception>
    public Parameters(NetworkOptions options, Precision precision)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        this.options = options;
        Precision = precision;
        inputs = new int[options.Layers.Count];
        units = new int[options.Layers.Count];
        offsets = new int[options.Layers.Count];
        for (int layer = 0; layer < options.Layers.Count; layer++)
        {
            inputs[layer] = options.InputsOf(layer);
            units[layer] = options.Layers[layer].Units;
            offsets[layer] = Count;
            Count += (inputs[layer] + 1) * units[layer];
        }

        buffer = precision == Precision.Single ? AlignedBuffer.For<float>(Count) : AlignedBuffer.For<double>(Count);
    }

    /// <summary>The floating-point type of every value.</summary>
    public Precision Precision { get; }

    /// <summary>Number of weights and biases together.</summary>
    public int Count { get; }

    /// <summary>Number of layers.</summary>
    public int LayerCount => units.Length;

    /// <summary>Inputs of a layer.</summary>
    public int InputsOf(int layer) => inputs[layer];

    /// <summary>Units of a layer.</summary>
    public int UnitsOf(int layer) => units[layer];

    /// <summary>The weight from input <paramref name="input"/> to unit <paramref name="unit"/> of a layer.</summary>
    public double GetWeight(int layer, int unit, int input) =>
        Precision == Precision.Single ? Weight<float>(layer)[input, unit] : Weight<double>(layer)[input, unit];

    /// <summary>Sets the weight from input <paramref name="input"/> to unit <paramref name="unit"/> of a layer, rounded to the precision.</summary>
    public void SetWeight(int layer, int unit, int input, double value)
    {
        if (Precision == Precision.Single)
        {
            Weight<float>(layer)[input, unit] = (float)value;
        }
        else
        {
            Weight<double>(layer)[input, unit] = value;
        }
    }

    /// <summary>The bias of a unit.</summary>
    public double GetBias(int layer, int unit) => Precision == Precision.Single ? Bias<float>(layer)[unit] : Bias<double>(layer)[unit];

    /// <summary>Sets the bias of a unit, rounded to the precision.</summary>
    public void SetBias(int layer, int unit, double value)
    {
        if (Precision == Precision.Single)
        {
            Bias<float>(layer)[unit] = (float)value;
        }
        else
        {
            Bias<double>(layer)[unit] = value;
        }
    }

    /// <summary>An independent copy.</summary>
    public Parameters Clone()
    {
        var copy = new Parameters(options, Precision);
        copy.CopyFrom(this);
        return copy;
    }

    /// <summary>The same values in another precision (rounded to nearest when narrowed).</summary>
    public Parameters ToPrecision(Precision precision)
    {
        var copy = new Parameters(options, precision);
        if (precision == Precision)
        {
            copy.CopyFrom(this);
        }
        else if (precision == Precision.Double)
        {
            Span<float> from = All<float>();
            Span<double> to = copy.All<double>();
            for (int i = 0; i < from.Length; i++)
            {
                to[i] = from[i];
            }
        }
        else
        {
            Span<double> from = All<double>();
            Span<float> to = copy.All<float>();
            for (int i = 0; i < from.Length; i++)
            {
                to[i] = (float)from[i];
            }
        }

        return copy;
    }

    /// <summary>Takes over every value of <paramref name="other"/>.</summary>
    /// <exception cref="ArgumentException">The other has another shape or precision.</exception>
    public void CopyFrom(Parameters other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Count != Count || other.Precision != Precision)
        {
            throw new ArgumentException($"The parameters differ in shape or precision: {other.Count} {other.Precision} into {Count} {Precision}.");
        }

        other.buffer.Bytes.CopyTo(buffer.Bytes);
    }

    /// <summary>The whole block, in the inner layout.</summary>
    internal Span<T> All<T>() where T : unmanaged => buffer.As<T>();

    /// <summary>Where a layer's weights start in the block, in elements; its biases follow them.</summary>
    internal int OffsetOf(int layer) => offsets[layer];

    /// <summary>A layer's weights as [in, out].</summary>
    internal Matrix<T> Weight<T>(int layer) where T : unmanaged =>
        new(buffer, OffsetOf(layer), InputsOf(layer), UnitsOf(layer), UnitsOf(layer));

    /// <summary>A layer's biases, [out].</summary>
    internal Span<T> Bias<T>(int layer) where T : unmanaged =>
        buffer.As<T>().Slice(OffsetOf(layer) + (InputsOf(layer) * UnitsOf(layer)), UnitsOf(layer));
}
