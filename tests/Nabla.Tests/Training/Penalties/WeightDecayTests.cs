using Xunit;

namespace Nabla.Tests.Training.Penalties;

public class WeightDecayTests
{
    [Theory]
    [InlineData(10, 0.778557039589719)]
    [InlineData(32, 0.923023885241075)]
    public void An_epoch_without_a_gradient_shrinks_the_weights_once_a_mini_batch_and_no_bias(int batch, double factor)
    {
        // Theory T102: n = 1000, η = 0.5, λ = 5. Inputs of 0 and a bias on the target leave no gradient; batches of 32 are 32 updates, not 31.25.
        NetworkOptions architecture = NetworkOptions.FeedForward(1, [], 1, Activation.Linear, Activation.Linear, Cost.Quadratic);
        var start = new Parameters(architecture, Precision.Double);
        start.SetWeight(0, 0, 0, 1);
        start.SetBias(0, 0, 0.75);
        double[] targets = new double[1000];
        Array.Fill(targets, 0.75);
        Dataset data = Dataset.FromRows("still", new double[1000], 1, targets, 1);
        TrainingResult result = Trainer.Train(architecture, new DataSplit(data, null, null), new TrainingOptions
        {
            Epochs = 1,
            BatchSize = batch,
            LearningRate = 0.5,
            L2 = 5,
            InitialParameters = start,
            Precision = Precision.Double,
            Threads = 1,
        });
        Assert.Equal(factor, result.Parameters.GetWeight(0, 0, 0), 1e-11);
        Assert.Equal(0.75, result.Parameters.GetBias(0, 0));
        Assert.Equal(0, result.Epochs[0].TrainCost);
        Assert.Equal(5 / 2000.0 * factor * factor, result.Epochs[0].Penalty, 1e-14);
    }
}
