using Nabla.Network.Registries;
using Nabla.Training.Batches;

namespace Nabla;

/// <summary>Everything that decides a model beside its data: its network, without the sizes that come from the data,
/// and its training. <see cref="Preset"/> gives the options that suit the data.</summary>
/// <remarks>
/// Some choices come with others: an output activation with a cost, a hidden activation with an initialiser, an update
/// rule with a learning rate. The methods <c>With…</c> change both; the command line uses the same methods.
/// </remarks>
public sealed record ModelOptions
{
    /// <summary>The network.</summary>
    public NetworkSettings Network { get; init; } = new();

    /// <summary>The training.</summary>
    public TrainingOptions Training { get; init; } = new();

    /// <summary>Another hidden activation, and the initialiser that suits it.</summary>
    /// <param name="activation">The activation. The one that is there already changes nothing.</param>
    public ModelOptions WithActivation(Activation activation)
    {
        ArgumentNullException.ThrowIfNull(activation);
        return activation == Network.Activation ? this : this with
        {
            Network = Network with { Activation = activation },
            Training = Training with { Initializer = activation.NaturalInitializer },
        };
    }

    /// <summary>Another output activation, and the cost that suits it.</summary>
    /// <param name="output">The activation. Another constant of the same activation keeps the cost.</param>
    public ModelOptions WithOutput(Activation output)
    {
        ArgumentNullException.ThrowIfNull(output);
        Cost cost = output.Row == Network.Output.Row ? Network.Cost : Cost.Natural(output);
        return this with { Network = Network with { Output = output, Cost = cost } };
    }

    /// <summary>All layers in order, with the cost that suits the last one and the initialiser that suits the first
    /// hidden activation.</summary>
    /// <param name="layers">See <see cref="NetworkSettings.Layers"/>.</param>
    /// <param name="choices">The names that the text may use; null for the built-in ones.</param>
    /// <exception cref="ArgumentException">The text is not a list of layers; the message says why.</exception>
    public ModelOptions WithLayers(string layers, NetworkChoices? choices = null)
    {
        IReadOnlyList<Layer> parsed = (choices ?? NetworkChoices.BuiltIn).ParseLayers(layers, 1);
        Activation last = parsed[^1].Activation;
        Activation? first = parsed.SkipLast(1).Select(layer => layer.Activation).FirstOrDefault(found => found != Activation.Linear);
        Cost cost = last == Network.Output ? Network.Cost : Cost.Natural(last);
        return this with
        {
            Network = Network with { Layers = layers, Output = last, Cost = cost },
            Training = Training with { Initializer = first?.NaturalInitializer ?? Training.Initializer },
        };
    }

    /// <summary>Another update rule, with the learning rate that suits it and without the L2 penalty, which was chosen
    /// for the rule before.</summary>
    /// <param name="rule">The rule. Other constants of the same rule change nothing else.</param>
    public ModelOptions WithOptimizer(UpdateRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        TrainingOptions changed = Training with { Optimizer = rule };
        return this with
        {
            Training = rule.Row == Training.Optimizer.Row
                ? changed
                : changed with { LearningRate = rule.NaturalLearningRate, L2 = 0 },
        };
    }

    /// <summary>The network for this data.</summary>
    /// <param name="train">The training part.</param>
    /// <param name="choices">The names that <see cref="NetworkSettings.Layers"/> may use; null for the built-in ones.</param>
    /// <exception cref="ArgumentException">Output and cost do not match, or a size is out of range.</exception>
    public NetworkOptions Build(Dataset train, NetworkChoices? choices = null)
    {
        ArgumentNullException.ThrowIfNull(train);
        int outputs = train.IsRegression ? train.TargetCount : TargetCodes.Width(Training.Targets, train.TargetCount);
        return Network.Build(train.InputCount, outputs, choices);
    }
}
