using Nabla.Data.Synthetic;
using Nabla.Network.Activations;
using Nabla.Network.Costs;
using Nabla.Training.UpdateRules;

namespace Nabla.Bits;

/// <summary>A few mini-batches of whole training runs on sixty drawn digits: data, distortion, dropout, forward, backward, update, evaluation.</summary>
internal static class TrainingHashes
{
    public static IEnumerable<(string Name, string Hash)> All(int threads)
    {
        var data = new DataSplit(Digits.Generate(60, 11, threads), Digits.Generate(20, 12, threads), null);
        var options = new TrainingOptions { Epochs = 1, BatchSize = 20, LearningRate = 0.5, Threads = threads, Seed = 3 };

        yield return ("training.book", Of(data, options with { L2 = 5 }, [40], Activation.Sigmoid, Activation.Sigmoid, Cost.CrossEntropy));
        yield return ("training.quadratic", Of(data, options with { L1 = 0.1, BatchSize = 7 }, [11], Activation.Sigmoid, Activation.Sigmoid, Cost.Quadratic));
        yield return ("training.momentum", Of(data, options with
        {
            LearningRate = 0.05,
            Optimizer = new Momentum(),
            Initializer = Initializer.He,
        }, [33, 14], Activation.Relu, Activation.Softmax, Cost.LogLikelihood, dropout: 0.3));
        // 784 × 100 weights: enough for the update to be shared between threads too.
        yield return ("training.adam", Of(data, options with
        {
            LearningRate = 0.003,
            Optimizer = new Adam(),
            Initializer = Initializer.Glorot,
            Augmentation = new DistortionOptions { Shift = 2, Rotate = 15, Scale = 0.1, Shear = 10, ElasticStrength = 8 },
        }, [100], Activation.Tanh, Activation.Softmax, Cost.LogLikelihood));
        yield return ("training.double", Of(data, options with
        {
            LearningRate = 0.003,
            Optimizer = new AdamW(),
            Precision = Precision.Double,
        }, [9], Activation.Gelu, Activation.Softmax, Cost.LogLikelihood));
        // The general plan: batch normalisation, a clipped gradient of three shards.
        yield return ("training.general", Of(data, options with
        {
            LearningRate = 0.01,
            Optimizer = new Nadam(),
            ClipNorm = 0.5,
            GradientShards = 3,
            L2 = 1,
        }, [70, 20], new Silu(), Activation.Softmax, new LabelSmoothing(), dropout: 0.2, normalizes: true));
    }

    private static string Of(DataSplit data, TrainingOptions options, int[] hidden, Activation activation, Activation output, Cost cost, double dropout = 0, bool normalizes = false)
    {
        NetworkOptions architecture = NetworkOptions.FeedForward(data.Train.InputCount, hidden, 10, activation, output, cost, dropout, normalizes);
        TrainingResult result = Trainer.Train(architecture, data, options);
        EpochCompleted epoch = result.Epochs[^1];
        double[] measured = [epoch.TrainCost, epoch.Penalty, epoch.Validation!.Cost];
        double[] parameters = [.. result.Parameters.ToPrecision(Precision.Double).All<double>(), .. result.Parameters.ToPrecision(Precision.Double).State<double>()];
        return Hash.Of(parameters, measured);
    }
}
