namespace Nabla.Tests.Support;

/// <summary>The 2-2-2 example of Matt Mazur, docs/theory/worked-example.md.</summary>
internal static class Mazur
{
    public static readonly double[] Input = [0.05, 0.10];

    public static readonly double[] Target = [0.01, 0.99];

    public static NetworkOptions Options(Cost cost, Activation? output = null) =>
        NetworkOptions.FeedForward(2, [2], 2, Activation.Sigmoid, output ?? Activation.Sigmoid, cost);

    public static Parameters Parameters(NetworkOptions options)
    {
        var parameters = new Parameters(options, Precision.Double);
        double[,] w1 = { { 0.15, 0.20 }, { 0.25, 0.30 } }, w2 = { { 0.40, 0.45 }, { 0.50, 0.55 } };
        for (int unit = 0; unit < 2; unit++)
        {
            for (int input = 0; input < 2; input++)
            {
                parameters.SetWeight(0, unit, input, w1[unit, input]);
                parameters.SetWeight(1, unit, input, w2[unit, input]);
            }

            parameters.SetBias(0, unit, 0.35);
            parameters.SetBias(1, unit, 0.60);
        }

        return parameters;
    }
}
