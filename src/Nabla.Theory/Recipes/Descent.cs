namespace Nabla.Theory.Recipes;

/// <summary>A regression problem for one linear unit whose cost is a known quadratic form of its weights.</summary>
/// <param name="Network">The unit with its initial weights.</param>
/// <param name="Inputs">[samples, inputs].</param>
/// <param name="Targets">[samples, 1].</param>
internal sealed record Bowl(GivenNetwork Network, double[] Inputs, double[] Targets)
{
    /// <summary>
    /// ½(a·w₁² + b·w₂²) from the samples (±√(2a), 0), (0, ±√(2b)) with target 0. (4, 1) uses eight integer samples.
    /// </summary>
    public static Bowl Of(double a, double b, double w1 = 1, double w2 = 1)
    {
        double x = Math.Sqrt(2 * a), y = Math.Sqrt(2 * b);
        double[] inputs = a == 4 && b == 1 ? [4, 0, -4, 0, 0, 2, 0, -2, 0, 0, 0, 0, 0, 0, 0, 0] : [x, 0, -x, 0, 0, y, 0, -y];
        return new Bowl(Networks.Of(Cost.Quadratic, Networks.Layer(new[,] { { w1, w2 } }, [0], Activation.Linear)), inputs, new double[inputs.Length / 2]);
    }

    /// <summary>½w² from the samples ±1 with target 0.</summary>
    public static Bowl OneDimensional(double w = 1) =>
        new(Networks.Of(Cost.Quadratic, Networks.Layer(new[,] { { w } }, [0], Activation.Linear)), [1, -1], [0, 0]);
}

/// <summary>
/// Trains given networks on given samples with the library's trainer: double precision, full batch, no shuffling.
/// </summary>
internal static class Descent
{
    /// <summary>The options of plain full-batch descent; change them with <c>with</c>.</summary>
    public static TrainingOptions Options(double learningRate, int samples, int epochs = 1) => new()
    {
        LearningRate = learningRate,
        BatchSize = samples,
        Epochs = epochs,
        Precision = Precision.Double,
        Shuffle = false,
        L2 = 0,
        Threads = 1,
        EarlyStopping = new EarlyStoppingOptions { Keep = KeepRule.Last },
    };

    /// <summary>Makes a data set from rows of inputs and targets.</summary>
    public static Dataset Data(double[] inputs, int inputCount, double[] targets, int targetCount) =>
        Dataset.FromRows("theory", inputs, inputCount, targets, targetCount);

    /// <summary>Trains a copy of the network's parameters.</summary>
    public static TrainingResult Train(GivenNetwork network, double[] inputs, double[] targets, TrainingOptions options, IProgress<TrainingEvent>? observer = null) => Trainer.Train(
        network.Options,
        new DataSplit(Data(inputs, network.Options.Inputs, targets, network.Options.Outputs), null, null),
        options with { InitialParameters = network.Parameters },
        observer);

    /// <summary>
    /// The weights and the bias of a single unit at the start and after each epoch: [epochs + 1][inputs + 1], the bias
    /// last.
    /// </summary>
    public static double[][] Path(GivenNetwork unit, double[] inputs, double[] targets, TrainingOptions options)
    {
        var path = new List<double[]> { Row(unit.Parameters) };
        Train(unit, inputs, targets, options, new Observer(path));
        return [.. path];
    }

    private static double[] Row(Parameters parameters) =>
        [.. Enumerable.Range(0, parameters.InputsOf(0)).Select(input => parameters.GetWeight(0, 0, input)), parameters.GetBias(0, 0)];

    private sealed class Observer(List<double[]> path) : IProgress<TrainingEvent>
    {
        public void Report(TrainingEvent value)
        {
            if (value is EpochCompleted epoch)
            {
                path.Add(Row(epoch.State.Parameters));
            }
        }
    }
}
