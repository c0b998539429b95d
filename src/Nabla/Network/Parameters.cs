using Nabla.Network;
using Nabla.Numerics.Memory;

namespace Nabla;

/// <summary>All tensors of a network: the trained ones in one aligned block, layer 0's weights, layer 0's biases, layer 1's weights, and so on; state in a second one.</summary>
/// <remarks>
/// Inside, the weights of dense layers lie as [in, out] with the outputs contiguous, as the products read them. From outside they are [out, in],
/// as the books, PyTorch and ONNX have them. Layers are numbered among those that have tensors, from 0.
/// </remarks>
public sealed class Parameters
{
    private readonly NetworkStructure structure;
    private readonly AlignedBuffer trained;
    private readonly AlignedBuffer state;
    private readonly ParameterTensor[][] tensorsOfLayer;
    private readonly ParameterTensor[][] tensorsOfNumber;

    // Of each numbered layer, for the hot loops: where its weight matrix lies ([inputs, units]; units 0 where it has none), and its biases.
    private readonly (int Offset, int Inputs, int Units)[] weights;
    private readonly (int Offset, int Count)[] biases;

    /// <summary>Zeroed parameters for a network.</summary>
    /// <param name="options">The architecture.</param>
    /// <param name="precision">The floating-point type.</param>
    /// <exception cref="ArgumentException">The architecture is not valid.</exception>
    public Parameters(NetworkOptions options, Precision precision)
        : this(Structure(options), precision, hasState: true)
    {
    }

    private Parameters(NetworkStructure structure, Precision precision, bool hasState)
    {
        this.structure = structure;
        Precision = precision;
        trained = Buffer(structure.TrainedCount);
        state = Buffer(hasState ? structure.StateCount : 0);
        weights = [.. ByNumber("weight").Select(tensor => tensor?.Shape is [int units, int inputs] ? (tensor.Offset, inputs, units) : default)];
        biases = [.. ByNumber("bias").Select(tensor => tensor is null ? default : (tensor.Offset, tensor.Count))];
        tensorsOfLayer = [.. structure.Options.Layers.Select((_, layer) => structure.Tensors.Where(tensor => tensor.Layer == layer).ToArray())];
        tensorsOfNumber = [.. tensorsOfLayer.Where(tensors => tensors.Length > 0)];

        AlignedBuffer Buffer(int count) => precision == Precision.Single ? AlignedBuffer.For<float>(count) : AlignedBuffer.For<double>(count);
        IEnumerable<ParameterTensor?> ByNumber(string name) => Enumerable.Range(0, structure.NumberedLayers).Select(number => structure.Tensors.FirstOrDefault(tensor => tensor.Number == number && tensor.Declaration.Name == name));
    }

    /// <summary>The floating-point type of every value.</summary>
    public Precision Precision { get; }

    /// <summary>The number of trained values: weights and biases together.</summary>
    public int Count => structure.TrainedCount;

    /// <summary>The number of layers that have tensors.</summary>
    public int LayerCount => structure.NumberedLayers;

    /// <summary>All tensors, in the order in which files store them.</summary>
    public IReadOnlyList<ParameterTensor> Tensors => structure.Tensors;

    /// <summary>Whether the state is here, too, and not the trained tensors alone.</summary>
    internal bool HasState => state.ByteLength > 0 || structure.StateCount == 0;

    /// <summary>Inputs of a dense layer.</summary>
    public int InputsOf(int layer) => weights[layer].Inputs;

    /// <summary>Units of a layer: as many as it has biases.</summary>
    public int UnitsOf(int layer) => biases[layer].Count;

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

    /// <summary>The values of a tensor in double, in the order in which files store them.</summary>
    /// <param name="tensor">One of <see cref="Tensors"/>.</param>
    public double[] Read(ParameterTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        double[] values = new double[tensor.Count];
        for (int i = 0; i < values.Length; i++)
        {
            int at = tensor.Offset + Inside(tensor, i);
            values[i] = Precision == Precision.Single ? Block<float>(tensor.IsTrained)[at] : Block<double>(tensor.IsTrained)[at];
        }

        return values;
    }

    /// <summary>Sets the values of a tensor, rounded to the precision.</summary>
    /// <param name="tensor">One of <see cref="Tensors"/>.</param>
    /// <param name="values">As many as it has elements, in the order in which files store them.</param>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public void Write(ParameterTensor tensor, ReadOnlySpan<double> values)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (values.Length != tensor.Count)
        {
            throw new ArgumentException($"{tensor.Name} has {tensor.Count} elements, but {values.Length} values are given.", nameof(values));
        }

        for (int i = 0; i < values.Length; i++)
        {
            Set(tensor, i, values[i]);
        }
    }

    /// <summary>Zeroed values for the trained tensors alone, in the same shape: a gradient, or a moment of an update rule.</summary>
    public Parameters NewGradient() => new(structure, Precision, hasState: false);

    /// <summary>An independent copy.</summary>
    public Parameters Clone()
    {
        var copy = new Parameters(structure, Precision, HasState);
        copy.CopyFrom(this);
        return copy;
    }

    /// <summary>The same values in another precision (rounded to nearest when narrowed).</summary>
    public Parameters ToPrecision(Precision precision)
    {
        var copy = new Parameters(structure, precision, HasState);
        if (precision == Precision)
        {
            copy.CopyFrom(this);
            return copy;
        }

        foreach (bool isTrained in new[] { true, false })
        {
            if (precision == Precision.Double)
            {
                Widen(Block<float>(isTrained), copy.Block<double>(isTrained));
            }
            else
            {
                Narrow(Block<double>(isTrained), copy.Block<float>(isTrained));
            }
        }

        return copy;
    }

    /// <summary>Copies every value of <paramref name="other"/>.</summary>
    /// <exception cref="ArgumentException">The other has another shape or precision.</exception>
    public void CopyFrom(Parameters other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Count != Count || other.Precision != Precision || other.state.ByteLength != state.ByteLength)
        {
            throw new ArgumentException($"The parameters differ in shape or precision: {other.Count} {other.Precision} into {Count} {Precision}.");
        }

        other.trained.Bytes.CopyTo(trained.Bytes);
        other.state.Bytes.CopyTo(state.Bytes);
    }

    /// <summary>The whole block of trained tensors, in the inner layout.</summary>
    internal Span<T> All<T>() where T : unmanaged => trained.As<T>();

    /// <summary>The whole block of state, in the inner layout.</summary>
    internal Span<T> State<T>() where T : unmanaged => state.As<T>();

    /// <summary>Where a dense layer's weights start in the block, in elements; its biases follow them.</summary>
    internal int OffsetOf(int layer) => weights[layer].Offset;

    /// <summary>A dense layer's weights as [in, out].</summary>
    internal Matrix<T> Weight<T>(int layer) where T : unmanaged
    {
        (int offset, int inputs, int units) = weights[layer];
        return new(trained, offset, inputs, units, units);
    }

    /// <summary>A layer's biases, [out].</summary>
    internal Span<T> Bias<T>(int layer) where T : unmanaged => trained.As<T>().Slice(biases[layer].Offset, biases[layer].Count);

    /// <summary>A tensor of a layer of the list, in the inner layout.</summary>
    /// <param name="layer">The place of the layer in the list of layers.</param>
    /// <param name="index">The place of the tensor among the layer's.</param>
    internal Span<T> Tensor<T>(int layer, int index) where T : unmanaged => Values<T>(tensorsOfLayer[layer][index]);

    /// <summary>A tensor of a numbered layer, in the inner layout.</summary>
    internal Span<T> TensorOfNumber<T>(int number, int index) where T : unmanaged => Values<T>(tensorsOfNumber[number][index]);

    /// <summary>All trained tensors of a layer of the list, one after the other.</summary>
    internal Span<T> TrainedOfLayer<T>(int layer) where T : unmanaged
    {
        int start = int.MaxValue, end = 0;
        foreach (ParameterTensor tensor in tensorsOfLayer[layer])
        {
            if (tensor.IsTrained)
            {
                (start, end) = (Math.Min(start, tensor.Offset), tensor.Offset + tensor.Count);
            }
        }

        return end == 0 ? default : All<T>()[start..end];
    }

    /// <summary>Sets an element of a tensor, by its place in the order of files, rounded to the precision.</summary>
    internal void Set(ParameterTensor tensor, int index, double value)
    {
        int at = tensor.Offset + Inside(tensor, index);
        if (Precision == Precision.Single)
        {
            Block<float>(tensor.IsTrained)[at] = (float)value;
        }
        else
        {
            Block<double>(tensor.IsTrained)[at] = value;
        }
    }

    /// <summary>An element of a tensor in double precision, by its place in the order of files.</summary>
    internal ref double Element(ParameterTensor tensor, int index) => ref Values<double>(tensor)[Inside(tensor, index)];

    /// <summary>A tensor, in the inner layout.</summary>
    internal Span<T> Values<T>(ParameterTensor tensor) where T : unmanaged => Block<T>(tensor.IsTrained).Slice(tensor.Offset, tensor.Count);

    private static NetworkStructure Structure(NetworkOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return new NetworkStructure(options);
    }

    /// <summary>The place in memory, from the start of the tensor, of element <paramref name="index"/> in the order of files.</summary>
    private static int Inside(ParameterTensor tensor, int index)
    {
        if (!tensor.Declaration.IsTransposed)
        {
            return index;
        }

        int rows = tensor.Shape[0], columns = tensor.Count / rows;
        return ((index % columns) * rows) + (index / columns);
    }

    private static void Widen(ReadOnlySpan<float> from, Span<double> to)
    {
        for (int i = 0; i < from.Length; i++)
        {
            to[i] = from[i];
        }
    }

    private static void Narrow(ReadOnlySpan<double> from, Span<float> to)
    {
        for (int i = 0; i < from.Length; i++)
        {
            to[i] = (float)from[i];
        }
    }

    private Span<T> Block<T>(bool isTrained) where T : unmanaged => isTrained ? trained.As<T>() : state.As<T>();
}
