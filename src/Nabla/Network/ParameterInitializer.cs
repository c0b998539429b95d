using Nabla.Network;
using Nabla.Numerics.Random;

namespace Nabla;

/// <summary>Draws the first parameters of a network.</summary>
public static class ParameterInitializer
{
    /// <summary>New parameters. Each layer has a stream of random numbers of its own. A number is drawn in double and rounded to the precision.</summary>
    /// <param name="options">The architecture.</param>
    /// <param name="initializer">How to draw.</param>
    /// <param name="precision">The floating-point type.</param>
    /// <param name="seed">Decides every draw.</param>
    public static Parameters Draw(NetworkOptions options, Initializer initializer, Precision precision, ulong seed)
    {
        var parameters = new Parameters(options, precision);
        LayerDraw? draw = null;
        int number = -1;
        foreach (ParameterTensor tensor in parameters.Tensors)
        {
            if (tensor.Number != number)
            {
                number = tensor.Number;
                draw = new LayerDraw(seed, number);
            }

            for (int i = 0; i < tensor.Count; i++)
            {
                parameters.Set(tensor, i, tensor.Declaration.Start(initializer, draw!));
            }
        }

        return parameters;
    }

    private sealed class LayerDraw(ulong seed, int number) : IRandomDraw
    {
        private CounterRandom random = new(seed, RandomPurpose.Initialization, 0, (ulong)number);

        public double Normal() => random.NextNormal();

        public double Uniform(double from, double to) => random.NextDouble(from, to);
    }
}
