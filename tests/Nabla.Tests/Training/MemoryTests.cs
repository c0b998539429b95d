using Nabla.Data.Synthetic;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Training;

/// <summary>All that a run takes from the heap, data included, against what it must keep: nothing is freed in between, so this bounds the peak.</summary>
[Collection(Alone)]
public class MemoryTests
{
    internal const string Alone = "alone, because the whole process is measured";

    [Theory]
    [InlineData("sgd", 30, 10, 0)]
    [InlineData("momentum", 512, 128, 1)]
    [InlineData("adam", 512, 128, 2)]
    public void A_run_takes_at_most_1_3_times_data_and_parameters_and_activations(string optimizer, int units, int batch, int moments)
    {
        // Warm: what the runtime itself takes for the code is not the run's.
        Train(Digits.Generate(200, 1), Named.Rule(optimizer), units, batch);

        long before = GC.GetTotalAllocatedBytes(precise: true);
        Dataset data = Digits.Generate(20_000, 1);
        long dataBytes = 20_000L * (784 + sizeof(int));
        NetworkOptions network = Train(data, Named.Rule(optimizer), units, batch);
        long taken = GC.GetTotalAllocatedBytes(precise: true) - before;

        long parameters = network.Layers.Select((_, index) => (long)network.UnitsOf(index) * (network.InputsOf(index) + 1)).Sum();
        // Inputs, targets, a, f′ and δ of a mini-batch.
        long activations = (long)batch * (784 + 10 + network.Sizes.Skip(1).Sum(size => 3 * size));
        double needed = dataBytes + (sizeof(float) * ((parameters * (1 + moments)) + activations));
        Assert.True(taken <= 1.3 * needed, $"{taken:N0} bytes for {needed:N0}: {taken / needed:0.00}.");
    }

    private static NetworkOptions Train(Dataset data, UpdateRule optimizer, int units, int batch)
    {
        var network = NetworkOptions.FeedForward(784, [units, units], 10, Activation.Relu, Activation.Softmax, Cost.LogLikelihood);
        Trainer.Train(network, new DataSplit(data, null, null), new TrainingOptions
        {
            Epochs = 2,
            BatchSize = batch,
            LearningRate = 0.001,
            Optimizer = optimizer,
            Threads = 2,
        });
        return network;
    }
}

[CollectionDefinition(MemoryTests.Alone, DisableParallelization = true)]
public sealed class MeasuredAlone;
