using Nabla.Data.Synthetic;

namespace Nabla.Theory.DataExpansion;

/// <summary>
/// Small experiments on synthetic digits: the same network and the same budget with different rotations.
/// </summary>
internal static class TurnedDigits
{
    public const int TrainCount = 600;
    public const int Epochs = 8;
    private const int TestCount = 500;

    /// <summary>Draws upright digits for training and others for testing.</summary>
    public static (Dataset Train, Dataset Test) Draw()
    {
        Dataset digits = Digits.Generate(TrainCount + TestCount, seed: 12);
        return (digits.Take(TrainCount), digits.Slice(TrainCount, TestCount));
    }

    public static NetworkOptions Network(int outputs) =>
        NetworkOptions.FeedForward(28 * 28, [30], outputs, Activation.Sigmoid, Activation.Softmax, Cost.LogLikelihood);

    public static TrainingOptions Options(int epochs, DistortionOptions? augmentation = null) =>
        new() { Epochs = epochs, BatchSize = 10, LearningRate = 0.5, Augmentation = augmentation, Threads = 1 };

    /// <summary>
    /// Trains the network for ten digits with every image rotated at random by up to <paramref name="largestTurn"/>
    /// degrees.
    /// </summary>
    public static Parameters TrainTurned(Dataset train, double largestTurn) =>
        Trainer.Train(Network(10), new DataSplit(train, null, null), Options(Epochs, new DistortionOptions { Rotate = largestTurn })).Parameters;

    public static ClassificationReport Report(Parameters parameters, Dataset data) =>
        ClassificationReport.From(data, Evaluator.Outputs(Network(10), parameters, data, threads: 1));

    /// <summary>The number of sixes taken for 9 and of nines taken for 6.</summary>
    public static int SixesAndNines(ClassificationReport report) => report.Confusion[6, 9] + report.Confusion[9, 6];

    /// <summary>The samples of one class.</summary>
    public static Dataset OfClass(Dataset data, int label) => data.Select([.. Enumerable.Range(0, data.Count).Where(sample => data.Label(sample) == label)]);

    /// <summary>All pixels in [0, 1]: [samples × inputs].</summary>
    public static double[] Pixels(Dataset images)
    {
        double[] pixels = new double[images.Count * images.InputCount];
        for (int sample = 0; sample < images.Count; sample++)
        {
            images.CopyInputs(sample, pixels.AsSpan(sample * images.InputCount, images.InputCount));
        }

        return pixels;
    }
}
