using Nabla.Data.Synthetic;

namespace Nabla.Theory.Recipes;

/// <summary>
/// Small training runs on synthetic digits: fixed seeds and one thread, so the numbers are the same on every machine.
/// </summary>
internal static class DigitRuns
{
    /// <summary>
    /// The network of the book: 784 inputs, one hidden layer, ten outputs, sigmoid units and cross-entropy.
    /// </summary>
    public static NetworkOptions Architecture(int hidden) =>
        NetworkOptions.FeedForward(784, [hidden], 10, Activation.Sigmoid, Activation.Sigmoid, Cost.CrossEntropy);

    /// <summary>Synthetic digits. The last <paramref name="validation"/> of them are the validation set.</summary>
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

/// <summary>Calls an action after each epoch of a run.</summary>
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
