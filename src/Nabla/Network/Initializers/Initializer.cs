using Nabla.Choices;
using Nabla.Network.Initializers;

namespace Nabla;

/// <summary>How weights [out, in] and biases [out] are drawn at the start.</summary>
/// <remarks>An initialiser is one file: a record and its row. See CONTRIBUTING.md.</remarks>
public abstract record Initializer : IChoice<Initializer>
{
    /// <summary>Weights N(0, 1/n_in), biases N(0, 1). Theory T95.</summary>
    public static Initializer Scaled { get; } = new Scaled();

    /// <summary>Weights and biases N(0, 1). Theory T97.</summary>
    public static Initializer Large { get; } = new Large();

    /// <summary>Weights uniform in ±√(6/(n_in + n_out)), biases 0 (Glorot and Bengio 2010).</summary>
    public static Initializer Glorot { get; } = new Glorot();

    /// <summary>Weights N(0, 2/n_in), biases 0 (He et al. 2015).</summary>
    public static Initializer He { get; } = new He();

    /// <summary>Weights N(0, 1/n_in), biases 0 (LeCun et al. 1998).</summary>
    public static Initializer LeCun { get; } = new LeCun();

    /// <summary>The row of the registry that makes such initialisers.</summary>
    public abstract Choice<Initializer> Row { get; }

    /// <summary>The values of the row's parameters.</summary>
    public virtual IReadOnlyList<double> Values => [];

    /// <summary>The name in files and on the command line.</summary>
    public string Name => Row.Name;

    /// <summary>Whether biases are drawn. Where they are not, they start at 0.</summary>
    public virtual bool DrawsBiases => false;

    /// <summary>A weight.</summary>
    /// <param name="draw">The random numbers of the layer.</param>
    /// <param name="inputs">n_in.</param>
    /// <param name="outputs">n_out.</param>
    public abstract double Weight(IRandomDraw draw, int inputs, int outputs);

    /// <summary>A bias, where <see cref="DrawsBiases"/>.</summary>
    /// <param name="draw">The random numbers of the layer.</param>
    public virtual double Bias(IRandomDraw draw) => 0;

    /// <summary>The name, with the parameters behind a colon where they differ from the defaults.</summary>
    public sealed override string ToString() => Registry<Initializer>.Text(this);
}

/// <summary>Random numbers of one layer: a pure function of the seed and the layer.</summary>
public interface IRandomDraw
{
    /// <summary>A number from N(0, 1).</summary>
    double Normal();

    /// <summary>A number that is uniform in [<paramref name="from"/>, <paramref name="to"/>).</summary>
    double Uniform(double from, double to);
}
