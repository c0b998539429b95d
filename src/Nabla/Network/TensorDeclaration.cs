namespace Nabla.Network;

/// <summary>The first value of each element of a tensor, in the order in which files store them.</summary>
/// <param name="initializer">The initialiser of the run.</param>
/// <param name="draw">The random numbers of the layer, shared by its tensors in their order.</param>
public delegate double TensorStart(Initializer initializer, IRandomDraw draw);

/// <summary>A tensor that a layer needs.</summary>
/// <param name="Name">The name in files, behind <c>layers.N.</c>: <c>weight</c>, <c>bias</c>.</param>
/// <param name="Shape">The shape in files; [out, in] for the weights of a dense layer.</param>
/// <param name="Start">How it starts.</param>
public sealed record TensorDeclaration(string Name, IReadOnlyList<int> Shape, TensorStart Start)
{
    /// <summary>Whether training changes it by gradient. Other tensors are state, such as running statistics.</summary>
    public bool IsTrained { get; init; } = true;

    /// <summary>Whether penalties and weight decay act on it. Biases are never decayed.</summary>
    public bool IsDecayed { get; init; }

    /// <summary>Whether memory holds its transpose, [the other axes, the first axis], as matrix products read it.</summary>
    public bool IsTransposed { get; init; }

    /// <summary>The number of elements.</summary>
    public int Count { get; } = Shape.Aggregate(1, (count, size) => checked(count * size));

    /// <summary>Weights that the initialiser draws.</summary>
    /// <param name="inputs">n_in.</param>
    /// <param name="outputs">n_out.</param>
    public static TensorStart Weights(int inputs, int outputs) => (initializer, draw) => initializer.Weight(draw, inputs, outputs);

    /// <summary>Biases: drawn, or 0, as the initialiser has it.</summary>
    public static TensorStart Biases => (initializer, draw) => initializer.DrawsBiases ? initializer.Bias(draw) : 0;

    /// <summary>One value for all elements.</summary>
    public static TensorStart Constant(double value) => (_, _) => value;
}
