using Nabla.Choices;
using Nabla.Network.Operators;

namespace Nabla.Network.Activations;

/// <summary>λz for z &gt; 0, otherwise λα(e^z − 1), with the constants that keep mean 0 and variance 1 from layer to layer (Klambauer et al. 2017).</summary>
public sealed record Selu : Activation
{
    /// <summary>α of the paper.</summary>
    public const double Alpha = 1.6732632423543772848170429916717;

    /// <summary>λ of the paper.</summary>
    public const double Scale = 1.0507009873554804934193349852946;

    /// <summary>The row of this activation.</summary>
    public static Choice<Activation> Choice { get; } = new("selu", "λz for z > 0, otherwise λα(e^z − 1)", _ => new Selu());

    /// <inheritdoc/>
    public override Choice<Activation> Row => Choice;

    /// <inheritdoc/>
    public override IReadOnlyList<double> Kinks => [0];

    /// <inheritdoc/>
    public override Initializer NaturalInitializer => Initializer.LeCun;

    /// <inheritdoc/>
    public override ActivationFunction<T> CreateFunction<T>() => ActivationFunction<T>.Of(new Elu<T>(Alpha, Scale));

    /// <inheritdoc/>
    public override Expression Describe(Expression z) => z.Apply(Operator.Selu);
}
