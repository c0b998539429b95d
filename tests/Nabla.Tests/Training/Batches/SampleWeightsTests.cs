using Xunit;

namespace Nabla.Tests.Training.Batches;

public class SampleWeightsTests
{
    private const double Tolerance = 1e-13;

    private static readonly double[] Rows = [0.5, -1, 2, 0.25, -0.75, 1.5];
    private static readonly string[] Classes = ["a", "b"];

    [Fact]
    public void A_sample_of_twice_the_weight_counts_like_two_samples()
    {
        Dataset weighted = Dataset.FromRows("w", Rows, 2, [0, 1, 0], Classes).WithWeights([1, 2, 1]);
        Dataset repeated = Dataset.FromRows("r", new double[] { 0.5, -1, 2, 0.25, 2, 0.25, -0.75, 1.5 }, 2, [0, 1, 1, 0], Classes);
        RequireSame(Train(repeated, 4), Train(weighted, 3));
    }

    [Fact]
    public void Balanced_classes_count_as_if_each_were_as_frequent_as_the_others()
    {
        Dataset rare = Dataset.FromRows("w", Rows, 2, [0, 1, 0], Classes);
        RequireSame(Train(rare.WithWeights([1, 2, 1]), 3), Train(rare, 3, ClassWeighting.Balanced));
        // A weight of the sample and its class's both count.
        RequireSame(Train(rare.WithWeights([3, 4, 1]), 3), Train(rare.WithWeights([3, 1, 1]), 3, ClassWeighting.Balanced));
    }

    [Fact]
    public void Only_the_ratios_of_the_weights_matter_and_equal_ones_change_nothing()
    {
        Dataset plain = Dataset.FromRows("p", Rows, 2, [0, 1, 0], Classes);
        RequireSame(Train(plain, 3), Train(plain.WithWeights([0.3, 0.3, 0.3]), 3));
        RequireSame(Train(plain.WithWeights([1, 2, 1]), 3), Train(plain.WithWeights([1e-6, 2e-6, 1e-6]), 3));
    }

    [Fact]
    public void A_weight_goes_with_its_sample_into_every_view()
    {
        Dataset all = Dataset.FromRows("p", Rows, 2, [0, 1, 0], Classes).WithWeights([5, 6, 7]);
        Assert.Equal([7, 5], [all.Select([2, 0]).Weight(0), all.Select([2, 0]).Weight(1)]);
        Assert.Equal(6, all.Slice(1, 2).Weight(0));
        Assert.Equal([8, 9], [all.Select([2, 0]).WithWeights([8, 9]).Weight(0), all.Select([2, 0]).WithWeights([8, 9]).Weight(1)]);
    }

    [Theory]
    [InlineData(new double[] { 1, 2 })]
    [InlineData(new double[] { 1, -1, 1 })]
    [InlineData(new double[] { 1, double.NaN, 1 })]
    [InlineData(new double[] { 0, 0, 0 })]
    [InlineData(new double[] { double.MaxValue, double.MaxValue, 1 })]
    public void Weights_that_make_no_sense_are_refused(double[] weights) =>
        Assert.Throws<ArgumentException>(() => Dataset.FromRows("p", Rows, 2, [0, 1, 0], Classes).WithWeights(weights));

    [Fact]
    public void Real_targets_have_no_classes_to_balance()
    {
        Dataset real = Dataset.FromRows("p", Rows, 2, [1.0, 2, 3], 1);
        NetworkOptions network = NetworkOptions.FeedForward(2, [], 1, Activation.Sigmoid, Activation.Linear, Cost.Quadratic);
        var options = new TrainingOptions { ClassWeights = ClassWeighting.Balanced };
        Assert.Contains("classes", Assert.Throws<ArgumentException>(() => Trainer.Train(network, new DataSplit(real, null, null), options)).Message, StringComparison.Ordinal);
    }

    private static double[] Train(Dataset data, int batch, ClassWeighting classes = ClassWeighting.None)
    {
        NetworkOptions network = NetworkOptions.FeedForward(2, [4], 2, Activation.Tanh, Activation.Softmax, Cost.LogLikelihood);
        TrainingResult result = Trainer.Train(network, new DataSplit(data, null, null), new TrainingOptions
        {
            Epochs = 5,
            BatchSize = batch,
            LearningRate = 0.3,
            Initializer = Initializer.Glorot,
            ClassWeights = classes,
            Precision = Precision.Double,
            Shuffle = false,
        });
        return [.. result.Parameters.All<double>()[..result.Parameters.Count]];
    }

    private static void RequireSame(double[] expected, double[] actual)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], Tolerance);
        }
    }
}
