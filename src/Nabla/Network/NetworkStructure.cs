using System.Globalization;

namespace Nabla.Network;

/// <summary>One tensor of a network: its declaration, and where it lies.</summary>
/// <param name="Layer">The place of its layer in the list of layers, 0-based.</param>
/// <param name="Number">The number of its layer among those that have tensors, 0-based: the N of <c>layers.N.weight</c>.</param>
/// <param name="Declaration">What the layer declares.</param>
/// <param name="Offset">Where it starts, in elements: in the block of trained tensors, or in that of state.</param>
public sealed record ParameterTensor(int Layer, int Number, TensorDeclaration Declaration, int Offset)
{
    /// <summary>The name in files: <c>layers.0.weight</c>.</summary>
    public string Name => $"layers.{Number.ToString(CultureInfo.InvariantCulture)}.{Declaration.Name}";

    /// <summary>The shape in files.</summary>
    public IReadOnlyList<int> Shape => Declaration.Shape;

    /// <summary>The number of elements.</summary>
    public int Count { get; } = Declaration.Count;

    /// <summary>Whether training changes it by gradient; otherwise it is state.</summary>
    public bool IsTrained => Declaration.IsTrained;

    /// <summary>The name of an element: <c>layers.0.weight[3, 17]</c>.</summary>
    /// <param name="index">Its place in the order of files.</param>
    public string NameOf(int index) => Name + PlaceOf(index);

    /// <summary>The place of an element: <c>[3, 17]</c>.</summary>
    /// <param name="index">Its place in the order of files.</param>
    internal string PlaceOf(int index)
    {
        var at = new int[Shape.Count];
        for (int axis = at.Length - 1; axis >= 0; axis--)
        {
            at[axis] = index % Shape[axis];
            index /= Shape[axis];
        }

        return $"[{string.Join(", ", at.Select(i => i.ToString(CultureInfo.InvariantCulture)))}]";
    }
}

/// <summary>A layer with memory of its own, and the elementwise layers that work on its outputs in place.</summary>
/// <param name="Transform">The place of the transforming layer in the list; −1 where the elementwise layers work on a copy of the network's inputs.</param>
/// <param name="Elementwise">The places of the elementwise layers behind it.</param>
/// <param name="Number">The transforming layer's number among those that have tensors, or −1.</param>
/// <param name="Inputs">The shape of a sample in front of the stage.</param>
/// <param name="Units">Values of a sample behind the stage.</param>
internal sealed record Stage(int Transform, IReadOnlyList<int> Elementwise, int Number, SampleShape Inputs, int Units);

/// <summary>What follows from a list of layers: tensors with their offsets, and the stages in which passes run.</summary>
internal sealed class NetworkStructure
{
    public NetworkStructure(NetworkOptions options)
    {
        Options = options;
        IReadOnlyList<SampleShape> shapes = options.Shapes();
        var tensors = new List<ParameterTensor>();
        var stages = new List<Stage>();
        int numbers = 0;
        for (int i = 0; i < options.Layers.Count; i++)
        {
            Layer layer = options.Layers[i];
            IReadOnlyList<TensorDeclaration> declared = layer.Tensors(shapes[i]);
            foreach (TensorDeclaration tensor in declared)
            {
                tensors.Add(new ParameterTensor(i, numbers, tensor, tensor.IsTrained ? TrainedCount : StateCount));
                TrainedCount += tensor.IsTrained ? tensor.Count : 0;
                StateCount += tensor.IsTrained ? 0 : tensor.Count;
            }

            if (layer.IsElementwise)
            {
                if (stages.Count == 0)
                {
                    stages.Add(new Stage(-1, [], -1, shapes[0], shapes[0].Size));
                }

                stages[^1] = stages[^1] with { Elementwise = [.. stages[^1].Elementwise, i] };
            }
            else
            {
                stages.Add(new Stage(i, [], declared.Count > 0 ? numbers : -1, shapes[i], shapes[i + 1].Size));
            }

            numbers += declared.Count > 0 ? 1 : 0;
        }

        NumberedLayers = numbers;
        Tensors = tensors;
        Stages = stages;
    }

    public NetworkOptions Options { get; }

    /// <summary>All tensors, in the order in which files store them.</summary>
    public IReadOnlyList<ParameterTensor> Tensors { get; }

    /// <summary>Elements of all trained tensors.</summary>
    public int TrainedCount { get; private set; }

    /// <summary>Elements of all other tensors.</summary>
    public int StateCount { get; private set; }

    /// <summary>How many layers have tensors.</summary>
    public int NumberedLayers { get; }

    public IReadOnlyList<Stage> Stages { get; }

    /// <summary>Whether every stage is a product with weights and biases, as the fused plans need it.</summary>
    public bool IsDense => Stages.All(stage => stage.Transform >= 0 && Options.Layers[stage.Transform].IsProduct);

    /// <summary>Whether each sample goes through all layers by itself.</summary>
    public bool SeparatesSamples => !Options.Layers.Any(layer => layer.MixesSamples);
}
