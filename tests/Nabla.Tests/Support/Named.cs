using Nabla.Network.Registries;
using Nabla.Training.Registries;

namespace Nabla.Tests.Support;

/// <summary>Choices by their names, as test data spell them.</summary>
internal static class Named
{
    public static Activation Activation(string text) => NetworkChoices.BuiltIn.Activations.Parse(text);

    public static Cost Cost(string text) => NetworkChoices.BuiltIn.Costs.Parse(text);

    public static Initializer Initializer(string text) => NetworkChoices.BuiltIn.Initializers.Parse(text);

    public static UpdateRule Rule(string text) => TrainingChoices.BuiltIn.UpdateRules.Parse(text);

    public static Schedule Schedule(string text) => TrainingChoices.BuiltIn.Schedules.Parse(text);
}
