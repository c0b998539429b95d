using Nabla.Numerics.Random;
using Nabla.Training.Measures;
using Xunit;

namespace Nabla.Tests.Training.Measures;

public class RocAucTests
{
    private const double Tolerance = 1e-14;

    [Fact]
    public void The_worked_example_of_two_classes()
    {
        // Positive scores 0.9 0.4 0.4, negative 0.4 0.1: pairs won 1+1, then ½+1 twice, of 6.
        double[] outputs = [0.1, 0.9, 0.6, 0.4, 0.6, 0.4, 0.6, 0.4, 0.9, 0.1];
        var areas = RocAuc.From(Classes([1, 1, 1, 0, 0], 2), outputs);
        Assert.Equal(5 / 6.0, areas.Value!.Value, Tolerance);
        Assert.Equal(areas.Classes[1], areas.Value);
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(2, 1000)]
    [InlineData(4, 3)]
    [InlineData(4, 1000)]
    public void The_area_is_the_share_of_pairs_in_the_right_order_with_ties_counting_half(int classes, int levels)
    {
        const int Samples = 120;
        var random = new CounterRandom(9, (RandomPurpose)0xF1, (uint)classes, (ulong)levels);
        int[] labels = new int[Samples];
        double[] outputs = new double[Samples * classes];
        for (int i = 0; i < Samples; i++)
        {
            labels[i] = random.NextInt32(classes);
        }

        for (int i = 0; i < outputs.Length; i++)
        {
            outputs[i] = (double)random.NextInt32(levels) / levels;
        }

        var areas = RocAuc.From(Classes(labels, classes), outputs);
        double[] expected = [.. Enumerable.Range(0, classes).Select(c => ByPairs(labels, [.. Enumerable.Range(0, Samples).Select(i => outputs[(i * classes) + c])], c))];
        for (int c = 0; c < classes; c++)
        {
            Assert.Equal(expected[c], areas.Classes[c]!.Value, Tolerance);
        }

        Assert.Equal(classes == 2 ? expected[1] : expected.Average(), areas.Value!.Value, Tolerance);
    }

    [Fact]
    public void A_perfect_order_is_one_the_reverse_is_zero_and_no_order_is_a_half()
    {
        Dataset data = Classes([0, 0, 1, 1], 2);
        Assert.Equal(1, RocAuc.From(data, [0.9, 0.1, 0.8, 0.2, 0.3, 0.7, 0.4, 0.6]).Value);
        Assert.Equal(0, RocAuc.From(data, [0.1, 0.9, 0.2, 0.8, 0.7, 0.3, 0.6, 0.4]).Value);
        Assert.Equal(0.5, RocAuc.From(data, [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5]).Value);
    }

    [Fact]
    public void A_class_without_samples_or_without_others_has_no_area_and_the_mean_leaves_it_out()
    {
        var areas = RocAuc.From(Classes([0, 1, 0], 3), [0.8, 0.1, 0.1, 0.2, 0.7, 0.1, 0.1, 0.8, 0.1]);
        Assert.Null(areas.Classes[2]);
        Assert.Equal([0.5, 0.5], areas.Classes.Take(2));
        Assert.Equal(0.5, areas.Value);
        Assert.Null(RocAuc.From(Classes([1, 1], 2), [0.5, 0.5, 0.1, 0.9]).Value);
        Assert.Null(RocAuc.From(Classes([], 2), []).Value);
        Assert.Null(RocAuc.From(Classes([0, 1], 2), [0.5, double.NaN, 0.1, 0.9]).Value);
    }

    [Fact]
    public void Binary_codes_are_ranked_by_the_probability_of_the_code()
    {
        // Three classes in two bits, least significant first. p(class 2) = (1 − a₀)·a₁: 0.1·0.8, 0.6·0.5, 0.7·0.4 for samples of 1, 2, 2.
        var areas = RocAuc.From(Classes([1, 2, 2], 3), [0.9, 0.8, 0.4, 0.5, 0.3, 0.4], TargetCoding.Binary);
        Assert.Equal(1, areas.Classes[2]);
        Assert.Null(areas.Classes[0]);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>(() => RocAuc.From(Classes([0, 1], 2), [1, 0, 0]));
        Assert.Throws<ArgumentException>(() => RocAuc.From(Dataset.FromRows("real", new double[2], 1, [0.5, 0.5], 1), [1, 2]));
    }

    /// <summary>The definition: all pairs of a sample of the class and another.</summary>
    private static double ByPairs(int[] labels, double[] scores, int c)
    {
        double won = 0, pairs = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            for (int j = 0; j < labels.Length; j++)
            {
                if (labels[i] == c && labels[j] != c)
                {
                    pairs++;
                    won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
            }
        }

        return won / pairs;
    }

    private static Dataset Classes(int[] labels, int classes) =>
        Dataset.FromRows("worked", new double[labels.Length], 1, labels, [.. Enumerable.Range(0, classes).Select(c => $"{c}")]);
}
