using Nabla.Network.Costs;
using Nabla.Network.Prediction;
using Nabla.Tests.Support;
using Nabla.Training.Batches;
using Xunit;

namespace Nabla.Tests.Training.Batches;

/// <summary>Theory T35, T133 to T138.</summary>
public class TargetCodesTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 2)]
    [InlineData(5, 3)]
    [InlineData(10, 4)]
    [InlineData(16, 4)]
    [InlineData(17, 5)]
    public void Binary_takes_the_bits_of_the_largest_class(int classes, int width)
    {
        Assert.Equal(width, TargetCodes.Width(TargetCoding.Binary, classes));
        Assert.Equal(classes, TargetCodes.Width(TargetCoding.OneHot, classes));
    }

    [Theory]
    [InlineData(TargetCoding.OneHot)]
    [InlineData(TargetCoding.Binary)]
    public void A_code_decodes_to_its_class(TargetCoding coding)
    {
        for (int classes = 1; classes <= 33; classes++)
        {
            for (int label = 0; label < classes; label++)
            {
                Assert.Equal(label, TargetCodes.Decode(coding, Code(coding, label, classes), classes));
            }
        }
    }

    [Fact]
    public void Digits_set_none_to_three_bits() =>
        Assert.Equal([0, 1, 1, 2, 1, 2, 2, 3, 1, 2], Enumerable.Range(0, 10).Select(digit => Code(TargetCoding.Binary, digit, 10).Sum()));

    [Fact]
    public void The_top_bit_is_the_rarest()
    {
        // Theory T135: for 0 to 9, and for 1 to 10.
        Assert.Equal([5, 4, 4, 2], Enumerable.Range(0, 4).Select(bit => Enumerable.Range(0, 10).Sum(digit => Code(TargetCoding.Binary, digit, 10)[bit])));
        Assert.Equal([5, 5, 4, 3], Enumerable.Range(0, 4).Select(bit => Enumerable.Range(1, 10).Sum(digit => Code(TargetCoding.Binary, digit, 11)[bit])));
    }

    [Fact]
    public void Squared_distances_of_binary_codes_are_uneven_and_those_of_one_hot_are_not()
    {
        // Theory T133: distances 1 to 4 over the 90 ordered pairs; twice the quadratic cost.
        int[] counts = new int[5];
        for (int a = 0; a < 10; a++)
        {
            for (int b = 0; b < 10; b++)
            {
                if (a != b)
                {
                    counts[(int)Distance(TargetCoding.Binary, a, b)]++;
                    Assert.Equal(2, Distance(TargetCoding.OneHot, a, b));
                }
            }
        }

        Assert.Equal([0, 30, 36, 20, 4], counts);
        Assert.Equal((4, 4, 3, 1), (Distance(TargetCoding.Binary, 7, 8), Distance(TargetCoding.Binary, 6, 9), Distance(TargetCoding.Binary, 0, 7), Distance(TargetCoding.Binary, 0, 1)));
    }

    [Fact]
    public void Six_of_sixteen_patterns_are_no_digit()
    {
        // Theory T134.
        int[] decoded = [.. Enumerable.Range(0, 16).Select(pattern => TargetCodes.Decode(TargetCoding.Binary, Code(TargetCoding.Binary, pattern, 16), 10))];
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, -1, -1, -1, -1, -1, -1], decoded);
    }

    [Fact]
    public void A_half_is_no_set_bit_and_ties_go_to_the_first()
    {
        Assert.Equal(0, TargetCodes.Decode(TargetCoding.Binary, [0.5, 0.5], 4));
        Assert.Equal(2, TargetCodes.Decode(TargetCoding.Binary, [0.5, Math.BitIncrement(0.5)], 4));
        Assert.Equal(1, TargetCodes.Decode(TargetCoding.OneHot, [0.1, 0.4, 0.4], 3));
    }

    [Theory]
    [InlineData(TargetCoding.Binary, "cross-entropy", new[] { 0.5, 0.4, 0.4, 0.2 })]
    [InlineData(TargetCoding.Binary, "quadratic", new[] { 0.5, 0.4, 0.4, 0.2 })]
    [InlineData(TargetCoding.OneHot, "cross-entropy", new[] { 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1 })]
    [InlineData(TargetCoding.OneHot, "quadratic", new[] { 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1 })]
    public void Outputs_that_see_nothing_learn_the_frequency_of_their_bit(TargetCoding coding, string cost, double[] frequencies)
    {
        // Theory T136: input 0, so the biases alone learn.
        NetworkOptions architecture = NetworkOptions.FeedForward(1, [], frequencies.Length, Activation.Sigmoid, Activation.Sigmoid, Named.Cost(cost));
        Dataset digits = Dataset.FromRows("digits", new double[10], 1, [.. Enumerable.Range(0, 10)], [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")]);
        TrainingResult result = Trainer.Train(architecture, new DataSplit(digits, null, null), new TrainingOptions
        {
            Epochs = 600,
            BatchSize = 10,
            LearningRate = Named.Cost(cost) == Cost.Quadratic ? 20 : 4,
            Targets = coding,
            Precision = Precision.Double,
            Threads = 1,
        });
        double[] outputs = new double[frequencies.Length];
        new ForwardPass(architecture, result.Parameters).Run([0.0], outputs);
        for (int j = 0; j < outputs.Length; j++)
        {
            Assert.Equal(frequencies[j], outputs[j], 1e-8);
        }
    }

    [Fact]
    public void Step_units_turn_one_hot_into_binary()
    {
        // Theory T137: p_i = 1 where y_i > ½, then d_j = Σ_i bit j of i · p_i; and one layer of steps on y itself.
        ForwardPass two = OneHotToBinary(), direct = OneHotToBinaryDirectly();
        for (int digit = 0; digit < 10; digit++)
        {
            double[] y = new double[10], expected = Code(TargetCoding.Binary, digit, 10);
            Array.Fill(y, 0.01);
            y[digit] = 0.99;
            Assert.Equal(expected, Run(two, y));
            Assert.Equal(expected, Run(direct, y));
        }
    }

    [Fact]
    public void Step_units_need_exactly_one_output_above_a_half()
    {
        // Theory T138 (and T137: a half itself does not fire).
        ForwardPass network = OneHotToBinary();
        Assert.Equal([0, 0, 0, 0], Run(network, [0, 0.4, 0.35, 0.25, 0, 0, 0, 0, 0, 0]));
        Assert.Equal([0, 0, 0, 0], Run(network, [0, 0.5, 0, 0, 0, 0, 0, 0, 0, 0]));
        Assert.Equal([2, 1, 0, 0], Run(network, [0, 0.9, 0, 0.8, 0, 0, 0, 0, 0, 0]));
    }

    private static ForwardPass OneHotToBinary()
    {
        NetworkOptions options = NetworkOptions.FeedForward(10, [10], 4, Activation.Step, Activation.Linear, Cost.Quadratic);
        var parameters = new Parameters(options, Precision.Double);
        for (int digit = 0; digit < 10; digit++)
        {
            parameters.SetWeight(0, digit, digit, 1);
            parameters.SetBias(0, digit, -0.5);
        }

        SetBits(parameters, 1);
        return new ForwardPass(options, parameters);
    }

    private static ForwardPass OneHotToBinaryDirectly()
    {
        NetworkOptions options = NetworkOptions.FeedForward(10, [], 4, Activation.Step, Activation.Step, Cost.Quadratic);
        var parameters = new Parameters(options, Precision.Double);
        SetBits(parameters, 0);
        for (int bit = 0; bit < 4; bit++)
        {
            parameters.SetBias(0, bit, -0.5);
        }

        return new ForwardPass(options, parameters);
    }

    private static void SetBits(Parameters parameters, int layer)
    {
        for (int digit = 0; digit < 10; digit++)
        {
            for (int bit = 0; bit < 4; bit++)
            {
                parameters.SetWeight(layer, bit, digit, (digit >> bit) & 1);
            }
        }
    }

    private static double[] Run(ForwardPass network, double[] input)
    {
        double[] output = new double[4];
        network.Run(input, output);
        return output;
    }

    private static double[] Code(TargetCoding coding, int label, int classes)
    {
        double[] code = new double[TargetCodes.Width(coding, classes)];
        TargetCodes.Encode(coding, label, code);
        return code;
    }

    private static double Distance(TargetCoding coding, int a, int b) => 2 * CostMath.Value(Cost.Quadratic, Code(coding, a, 10), Code(coding, b, 10));
}
