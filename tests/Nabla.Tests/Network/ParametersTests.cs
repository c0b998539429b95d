using Xunit;

namespace Nabla.Tests.Network;

public class ParametersTests
{
    private static readonly NetworkOptions Options = NetworkOptions.FeedForward(3, [4, 2], 5, Activation.Tanh, Activation.Softmax, Cost.LogLikelihood);

    [Fact]
    public void Every_weight_and_bias_has_a_place_of_its_own()
    {
        var parameters = new Parameters(Options, Precision.Double);
        int value = 0;
        ForEach(parameters, (layer, unit, input) => parameters.SetWeight(layer, unit, input, ++value), (layer, unit) => parameters.SetBias(layer, unit, ++value));
        Assert.Equal(parameters.Count, value);
        value = 0;
        ForEach(
            parameters,
            (layer, unit, input) => Assert.Equal(++value, parameters.GetWeight(layer, unit, input)),
            (layer, unit) => Assert.Equal(++value, parameters.GetBias(layer, unit)));
        Assert.Equal((3 * 4) + 4 + (4 * 2) + 2 + (2 * 5) + 5, parameters.Count);
    }

    [Fact]
    public void Widening_and_narrowing_again_changes_nothing()
    {
        Parameters single = ParameterInitializer.Draw(Options, Initializer.Large, Precision.Single, 7);
        Parameters back = single.ToPrecision(Precision.Double).ToPrecision(Precision.Single);
        Assert.True(single.All<float>().SequenceEqual(back.All<float>()));
    }

    [Fact]
    public void A_clone_is_independent()
    {
        var parameters = new Parameters(Options, Precision.Single);
        Parameters clone = parameters.Clone();
        clone.SetBias(0, 0, 1);
        Assert.Equal(0, parameters.GetBias(0, 0));
    }

    private static void ForEach(Parameters parameters, Action<int, int, int> weight, Action<int, int> bias)
    {
        for (int layer = 0; layer < parameters.LayerCount; layer++)
        {
            for (int unit = 0; unit < parameters.UnitsOf(layer); unit++)
            {
                for (int input = 0; input < parameters.InputsOf(layer); input++)
                {
                    weight(layer, unit, input);
                }

                bias(layer, unit);
            }
        }
    }
}
