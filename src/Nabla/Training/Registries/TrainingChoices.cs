using Nabla.Choices;
using Nabla.Network.Registries;
using Nabla.Training.Presets;
using Nabla.Training.Schedules;
using Nabla.Training.UpdateRules;

namespace Nabla.Training.Registries;

/// <summary>Everything that is known by name in the options of a training. A value that is passed in where names are read; the built-in one is the default.</summary>
public sealed record TrainingChoices
{
    /// <summary>What Nabla brings.</summary>
    public static TrainingChoices BuiltIn { get; } = new();

    /// <summary>Activations, costs, initialisers and layers.</summary>
    public NetworkChoices Network { get; init; } = NetworkChoices.BuiltIn;

    /// <summary>The update rules.</summary>
    public Registry<UpdateRule> UpdateRules { get; init; } = new(
        "optimizer", Sgd.Choice, Momentum.Choice, Nesterov.Choice, RmsProp.Choice, Adam.Choice, AdamW.Choice, Nadam.Choice, Lion.Choice);

    /// <summary>The schedules of the learning rate.</summary>
    public Registry<Schedule> Schedules { get; init; } = new(
        "schedule", ConstantSchedule.Choice, PlateauSchedule.Choice, StepSchedule.Choice, CosineSchedule.Choice, OneCycleSchedule.Choice, WarmUpSchedule.Choice);

    /// <summary>The presets; the first one is the default.</summary>
    public Registry<Preset> Presets { get; init; } = new("preset", ModernPreset.Choice, BookPreset.Choice, PlainPreset.Choice);
}
