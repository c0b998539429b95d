using Nabla.Choices;

namespace Nabla.Training.Presets;

/// <summary>Sigmoid in all layers, cross-entropy, plain SGD: the third chapter of Nielsen's "Neural Networks and Deep
/// Learning".</summary>
internal sealed record BookPreset : Preset
{
    /// <summary>The row of this preset.</summary>
    public static Choice<Preset> Choice { get; } = new("book", "the network of the book's third chapter", _ => Book);

    /// <inheritdoc/>
    public override Choice<Preset> Row => Choice;

    private protected override ModelOptions Choose(Dataset train) => new()
    {
        Network = new NetworkSettings
        {
            Hidden = [100],
            Activation = Activation.Sigmoid,
            Output = Activation.Sigmoid,
            Cost = Cost.CrossEntropy,
        },
        Training = new TrainingOptions
        {
            Epochs = 30,
            BatchSize = 10,
            LearningRate = 0.5,
            L2 = 5,
            Initializer = Initializer.Scaled,
        },
    };
}
