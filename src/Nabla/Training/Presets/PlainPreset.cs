using Nabla.Choices;

namespace Nabla.Training.Presets;

/// <summary>A constant schedule and SGD: no penalty, no dropout, no distortion, no early stopping.</summary>
internal sealed record PlainPreset : Preset
{
    /// <summary>The row of this preset.</summary>
    public static Choice<Preset> Choice { get; } = new("plain", "nothing that was not asked for", _ => Plain);

    /// <inheritdoc/>
    public override Choice<Preset> Row => Choice;

    private protected override ModelOptions Choose(Dataset train) => new()
    {
        Network = new NetworkSettings
        {
            Hidden = [100],
            Activation = Activation.Sigmoid,
            Output = Activation.Softmax,
            Cost = Cost.LogLikelihood,
        },
        Training = new TrainingOptions
        {
            Epochs = 30,
            BatchSize = 10,
            LearningRate = 0.1,
            Initializer = Initializer.Scaled,
            EarlyStopping = new EarlyStoppingOptions { Keep = KeepRule.Last },
        },
    };
}
