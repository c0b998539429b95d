using System.Numerics;
using Nabla.Choices;
using Nabla.Network.Activations;
using Nabla.Network.Costs;

namespace Nabla;

/// <summary>The cost of one sample. Training minimises its mean over the samples plus the penalty.</summary>
/// <remarks>A cost is one file: a record, its kernel, and its row. See CONTRIBUTING.md.</remarks>
public abstract record Cost : IChoice<Cost>
{
    /// <summary>½‖a − y‖². Theory T18, T26, T65.</summary>
    public static Cost Quadratic { get; } = new Quadratic();

    /// <summary>−Σ_j [y_j ln a_j + (1 − y_j) ln(1 − a_j)], for sigmoid outputs and targets in [0, 1]. Theory T07 to T17.</summary>
    public static Cost CrossEntropy { get; } = new CrossEntropy();

    /// <summary>−ln a_y for softmax outputs (−Σ_j y_j ln a_j for a target distribution). Theory T45 to T60.</summary>
    public static Cost LogLikelihood { get; } = new LogLikelihood();

    /// <summary>Σ_j h(a_j − y_j) with h(e) = ½e² for |e| ≤ 1 and |e| − ½ beyond (Huber 1964). Not for softmax.</summary>
    public static Cost Huber { get; } = new Huber();

    /// <summary>The cost that suits outputs of a kind: the one whose δ is a − y, where there is one.</summary>
    /// <param name="output">The activation of the output layer.</param>
    public static Cost Natural(Activation output) => output switch
    {
        Softmax => LogLikelihood,
        Sigmoid => CrossEntropy,
        _ => Quadratic,
    };

    /// <summary>The row of the registry that makes such costs.</summary>
    public abstract Choice<Cost> Row { get; }

    /// <summary>The values of the row's parameters.</summary>
    public virtual IReadOnlyList<double> Values => [];

    /// <summary>The name in files and on the command line.</summary>
    public string Name => Row.Name;

    /// <summary>The targets that the cost takes.</summary>
    public virtual TargetRange Targets => TargetRange.Real;

    /// <summary>Why the cost does not fit outputs of a kind, as a sentence without its end; null where it does.</summary>
    /// <param name="output">The activation of the output layer.</param>
    public virtual string? Refuses(Activation output) => null;

    /// <summary>The cost of a sample in the plain form of the books, from activations. For study and checks, not for training.</summary>
    /// <remarks>Logarithmic costs divide by a and 1 − a here, so a saturated unit gives infinities. Training starts from z (theory T09, T110). 0·ln 0 counts as 0.</remarks>
    /// <param name="a">Outputs.</param>
    /// <param name="y">Targets, as many as outputs.</param>
    public abstract double Value(ReadOnlySpan<double> a, ReadOnlySpan<double> y);

    /// <summary>∂C/∂a_j for each output of a sample, in the plain form. Theory T10, T45, T109.</summary>
    /// <param name="a">Outputs.</param>
    /// <param name="y">Targets, as many as outputs.</param>
    /// <param name="derivative">Receives ∂C/∂a, as many as outputs.</param>
    public abstract void Derivative(ReadOnlySpan<double> a, ReadOnlySpan<double> y, Span<double> derivative);

    /// <summary>The side of every kink of the second derivative on which an output lies; 0 for a smooth cost.</summary>
    /// <param name="a">An output.</param>
    /// <param name="y">Its target.</param>
    public virtual int Side(double a, double y) => 0;

    /// <summary>The code that computes the output layer with this cost. Asked for once, when a network is set up.</summary>
    /// <param name="output">The activation of the output layer.</param>
    public abstract OutputCost<T> CreateFunction<T>(Activation output) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>The name, with the parameters behind a colon where they differ from the defaults.</summary>
    public sealed override string ToString() => Registry<Cost>.Text(this);

    /// <summary>y·ln a with 0·ln 0 = 0.</summary>
    private protected static double Product(double factor, double logarithm) => factor == 0 ? 0 : factor * logarithm;
}

/// <summary>The targets that a cost takes.</summary>
public enum TargetRange
{
    /// <summary>Any real number.</summary>
    Real,

    /// <summary>Numbers in [0, 1] (theory T12).</summary>
    Probability,

    /// <summary>A distribution over the outputs: the targets of a sample add up to 1.</summary>
    Distribution,
}
