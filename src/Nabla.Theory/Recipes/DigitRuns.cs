using Nabla.Data;
using Nabla.Data.Synthetic;
using Nabla.Network;
using Nabla.Network.Activations;
using Nabla.Network.Costs;
using Nabla.Network.Initializers;
using Nabla.Training;
using Nabla.Training.State;

namespace Nabla.Theory.Recipes;

/// <summary>Small runs of the real trainer on drawn digits, for experiments: fixed seeds, one thread, the same numbers on every machine.</summary>
internal static class DigitRuns
{
    /// <summary>784 inputs, one hidden layer, ten outputs: sigmoid units under cross-entropy, the network of the book.</summary>
    public static NetworkOptions Architecture(int hidden) =>
        NetworkOptions.FeedForward(784, [hidden], 10, Activation.Sigmoid, Activation.Sigmoid, Cost.CrossEntropy);

    /// <summary>Digits of which the last <paramref name="validation"/> are the validation set.</summary>
    public static DataSplit Data(int train, int validation, ulong seed = 1)
    {
        Dataset all = Digits.Generate(train + validation, seed);
        return new DataSplit(all.Take(train), validation > 0 ? all.Slice(train, validation) : null, null);
    }

    /// <summary>Single precision, mini-batches of ten, scaled initial weights; change them with <c>with</c>.</summary>
    public static TrainingOptions Options(double learningRate, int epochs, ulong seed = 1) => new()
    {
        LearningRate = learningRate,
        Epochs = epochs,
        Seed = seed,
        L2 = 0,
        Threads = 1,
        Initializer = Initializer.Scaled,
    };
}

/// <summary>Looks at a run after each epoch.</summary>
internal sealed class EachEpoch(Action<EpochCompleted> look) : IProgress<TrainingEvent>
{
    public void Report(TrainingEvent value)
    {
        if (value is EpochCompleted epoch)
        {
            look(epoch);
        }
    }
}
