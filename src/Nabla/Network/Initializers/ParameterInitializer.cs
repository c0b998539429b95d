using Nabla.Numerics.Random;

namespace Nabla.Network.Initializers;

/// <summary>Draws the first parameters of a network.</summary>
public static class ParameterInitializer
{
    /// <summary>New parameters. Each layer has a stream of random numbers of its own; a draw is made in double and rounded to the precision.</summary>
    /// <param name="options">The architecture.</param>
    /// <param name="initializer">How to draw.</param>
    /// <param name="precision">The floating-point type.</param>
    /// <param name="seed">Decides every draw.</param>
    public static Parameters Draw(NetworkOptions options, Initializer initializer, Precision precision, ulong seed)
    {
        var parameters = new Parameters(options, precision);
        for (int layer = 0; layer < parameters.LayerCount; layer++)
        {
            var random = new CounterRandom(seed, RandomPurpose.Initialization, 0, (ulong)layer);
            int inputs = parameters.InputsOf(layer), units = parameters.UnitsOf(layer);
            double bound = Math.Sqrt(6.0 / (inputs + units));
            for (int unit = 0; unit < units; unit++)
            {
                for (int input = 0; input < inputs; input++)
                {
                    parameters.SetWeight(layer, unit, input, initializer switch
                    {
                        Initializer.Scaled => random.NextNormal() / Math.Sqrt(inputs),
                        Initializer.Large => random.NextNormal(),
                        Initializer.Glorot => random.NextDouble(-bound, bound),
                        Initializer.He => random.NextNormal() * Math.Sqrt(2.0 / inputs),
                        _ => throw new ArgumentOutOfRangeException(nameof(initializer), initializer, "Unknown initializer."),
                    });
                }
            }

            if (initializer is Initializer.Scaled or Initializer.Large)
            {
                for (int unit = 0; unit < units; unit++)
                {
                    parameters.SetBias(layer, unit, random.NextNormal());
                }
            }
        }

        return parameters;
    }
}
