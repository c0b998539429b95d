namespace Nabla.Network.Initializers;

/// <summary>How weights [out, in] and biases [out] of a layer are drawn.</summary>
public enum Initializer
{
    /// <summary>Weights N(0, 1/n_in), biases N(0, 1). Ledger T95.</summary>
    Scaled,

    /// <summary>Weights and biases N(0, 1). Ledger T97.</summary>
    Large,

    /// <summary>Weights uniform in ±√(6/(n_in + n_out)), biases 0 (Glorot and Bengio 2010).</summary>
    Glorot,

    /// <summary>Weights N(0, 2/n_in), biases 0 (He et al. 2015).</summary>
    He,
}
