using System.Numerics;
using Nabla.Choices;
using Nabla.Network;
using Nabla.Network.Operators;

namespace Nabla;

/// <summary>A layer as a value: its shapes, its tensors, its passes and its form in files. Nothing outside a layer's own file knows its kind.</summary>
/// <remarks>A layer is one file: a record, its pass, and its row. See CONTRIBUTING.md.</remarks>
public abstract record Layer : IChoice<Layer>
{
    /// <summary>The row of the registry that makes such layers.</summary>
    public abstract Choice<Layer> Row { get; }

    /// <summary>The values of the row's parameters.</summary>
    public virtual IReadOnlyList<double> Values => [];

    /// <summary>The name in files and on the command line.</summary>
    public string Name => Row.Name;

    /// <summary>The activation that the layer ends with; linear for most.</summary>
    public virtual Activation Activation => Activation.Linear;

    /// <summary>Whether a mini-batch changes what the layer makes of a sample. Such mini-batches are never divided between workers.</summary>
    public virtual bool MixesSamples => false;

    /// <summary>Whether the layer works in place, each value by itself: its pass is an <see cref="ElementwisePass{T}"/>.</summary>
    public virtual bool IsElementwise => false;

    /// <summary>Whether the layer is x·Wᵀ + b with <c>weight</c> [out, in] and <c>bias</c> [out], which the fused plans compute themselves.</summary>
    internal virtual bool IsProduct => false;

    /// <summary>The same layer with an activation at its end.</summary>
    /// <exception cref="ArgumentException">The layer takes none.</exception>
    public virtual Layer WithActivation(Activation activation) => throw new ArgumentException($"{Name} takes no activation: let it stand alone behind the layer, separated by a comma.");

    /// <summary>The shape of a sample behind the layer.</summary>
    /// <param name="input">The shape of a sample in front of it.</param>
    /// <exception cref="ArgumentException">The layer does not fit behind that shape; the message says why.</exception>
    public abstract SampleShape OutputShape(SampleShape input);

    /// <summary>The tensors of the layer, in the order in which files store them.</summary>
    /// <param name="input">The shape of a sample in front of the layer.</param>
    public virtual IReadOnlyList<TensorDeclaration> Tensors(SampleShape input) => [];

    /// <summary>The code that runs the layer in one precision. Made once for a plan, with the memory that it needs of its own.</summary>
    /// <param name="place">Where the layer stands.</param>
    public abstract LayerPass<T> CreatePass<T>(LayerPlace place) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>What the layer computes for predictions, without its activation, from which exported files are made.</summary>
    /// <param name="x">What goes in.</param>
    public abstract Expression Describe(Expression x);

    /// <summary>For a layer that predicts a·x + b unit by unit: a and b. A neighbouring dense layer can take them in. Null for other layers.</summary>
    /// <param name="tensors">The values of the layer's tensors, in double.</param>
    /// <param name="units">Units in front of the layer.</param>
    public virtual (double[] Factors, double[] Summands)? Scaling(IReadOnlyList<double[]> tensors, int units) => null;

    /// <summary>The multiplications of one sample's forward pass.</summary>
    /// <param name="input">The shape of a sample in front of the layer.</param>
    public virtual long Multiplications(SampleShape input) => 0;

    /// <summary>The text that the registry reads: <c>dense 512 relu</c>.</summary>
    public sealed override string ToString() => LayerText.Of(this);
}

/// <summary>Where a layer stands in a plan.</summary>
/// <param name="Input">The shape of a sample in front of it.</param>
/// <param name="Capacity">The largest mini-batch.</param>
/// <param name="Ordinal">How many layers of its kind stand before it.</param>
/// <param name="IsTraining">Whether the plan trains, and the layer needs memory for its backward pass.</param>
public readonly record struct LayerPlace(SampleShape Input, int Capacity, int Ordinal, bool IsTraining);
