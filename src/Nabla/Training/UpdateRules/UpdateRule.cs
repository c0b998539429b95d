using System.Numerics;
using Nabla.Choices;
using Nabla.Training.UpdateRules;

namespace Nabla;

/// <summary>How a gradient changes the parameters. The rules of PyTorch are defined exactly as PyTorch defines them.</summary>
/// <remarks>An update rule is one file: a record, its kernel, and its row. See CONTRIBUTING.md.</remarks>
public abstract record UpdateRule : IChoice<UpdateRule>
{
    /// <summary>w ← w − ηg.</summary>
    public static UpdateRule Sgd { get; } = new Sgd();

    /// <summary>SGD with momentum 0.9.</summary>
    public static UpdateRule Momentum { get; } = new Momentum();

    /// <summary>Nesterov's momentum 0.9.</summary>
    public static UpdateRule Nesterov { get; } = new Nesterov();

    /// <summary>RMSProp with the standard constants.</summary>
    public static UpdateRule RmsProp { get; } = new RmsProp();

    /// <summary>Adam with the standard constants.</summary>
    public static UpdateRule Adam { get; } = new Adam();

    /// <summary>AdamW with the standard constants.</summary>
    public static UpdateRule AdamW { get; } = new AdamW();

    /// <summary>Nadam with the standard constants.</summary>
    public static UpdateRule Nadam { get; } = new Nadam();

    /// <summary>Lion with the standard constants.</summary>
    public static UpdateRule Lion { get; } = new Lion();

    /// <summary>The row of the registry that makes such rules.</summary>
    public abstract Choice<UpdateRule> Row { get; }

    /// <summary>The values of the row's parameters.</summary>
    public virtual IReadOnlyList<double> Values => [];

    /// <summary>The name in files and on the command line.</summary>
    public string Name => Row.Name;

    /// <summary>How many moving quantities the rule keeps for each parameter: 0, 1 (v or s) or 2 (Adam's m and v).</summary>
    public virtual int Moments => 0;

    /// <summary>Whether the decay λ₂/n acts on the weights by itself, w ← (1 − ηλ₂/n)w, and not as part of the gradient.</summary>
    public virtual bool DecouplesDecay => false;

    /// <summary>The learning rate that suits the rule where none is given.</summary>
    public abstract double NaturalLearningRate { get; }

    /// <summary>What to try beside a smaller learning rate where training diverges, such as <c>, or less momentum</c>; or nothing.</summary>
    public virtual string DivergenceAdvice => "";

    /// <summary>The code of the rule in one precision. Asked for once, when a run is set up.</summary>
    public abstract UpdateFunction<T> CreateFunction<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>One update in place, in double, through the code that trains: for loops of one's own and for study.</summary>
    /// <param name="learningRate">η.</param>
    /// <param name="weights">[n].</param>
    /// <param name="gradient">The gradient of the mean data cost, [n].</param>
    /// <param name="first">The first moment, [n]; empty where the rule keeps none.</param>
    /// <param name="second">The second moment, [n]; empty where the rule keeps none.</param>
    /// <param name="step">Number of this update, 1-based; Adam corrects its moments by it.</param>
    /// <param name="l1">λ₁/n; 0 for biases.</param>
    /// <param name="l2">λ₂/n; 0 for biases.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Update(
        double learningRate,
        Span<double> weights,
        ReadOnlySpan<double> gradient,
        Span<double> first = default,
        Span<double> second = default,
        long step = 1,
        double l1 = 0,
        double l2 = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        Require(gradient.Length, weights.Length, nameof(gradient));
        Require(first.Length, Moments > 0 ? weights.Length : 0, nameof(first));
        Require(second.Length, Moments > 1 ? weights.Length : 0, nameof(second));
        CreateFunction<double>().Apply(new UpdateStep(learningRate, 1, l1, l2, step), weights, gradient, first, second);
    }

    /// <summary>The name, with the parameters behind a colon where they differ from the defaults.</summary>
    public sealed override string ToString() => Registry<UpdateRule>.Text(this);

    private static void Require(int length, int expected, string name)
    {
        if (length != expected)
        {
            throw new ArgumentException($"{length} values where {expected} are expected.", name);
        }
    }
}
