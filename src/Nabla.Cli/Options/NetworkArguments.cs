using System.CommandLine;
using System.Globalization;
using Nabla.Choices;
using Nabla.Cli.Failures;
using Nabla.Network.Activations;
using Nabla.Network.Registries;

namespace Nabla.Cli.Options;

/// <summary>The options of the network; the preset gives the rest.</summary>
internal sealed class NetworkArguments
{
    private static readonly NetworkChoices Choices = NetworkChoices.BuiltIn;

    private readonly Option<string?> layers = new("--layers") { Description = "All layers in order, instead of the short forms below; the units of the last layer may be omitted", HelpName = "\"dense 512, batch-norm, relu, dropout 0.2, dense softmax\"" };
    private readonly Option<string?> hidden = new("--hidden") { Description = "Units of the hidden layers, or none", HelpName = "100|512,512|none" };
    private readonly Option<string?> activation = OptionNames.Choice("--activation", "Activation of the hidden layers", Choices.Activations, IsHidden);
    private readonly Option<string?> output = OptionNames.Choice("--output", "Output layer", Choices.Activations, IsOutput);
    private readonly Option<string?> cost = OptionNames.Choice("--cost", "Cost; softmax pairs with log-likelihood, sigmoid with cross-entropy, linear with quadratic or huber", Choices.Costs);
    private readonly Option<string?> init = OptionNames.Choice("--init", "Distribution of the initial weights and biases", Choices.Initializers);
    private readonly Option<double?> softmaxConstant = OptionNames.Number("--softmax-constant", "The softmax constant c, one over the temperature (1)", "C");
    private readonly Option<double?> dropout = OptionNames.Number("--dropout", "Probability that a hidden unit is dropped in training (0)", "P");
    private readonly Option<bool> batchNorm = new("--batch-norm") { Description = "Batch normalisation between the linear part and the activation of every hidden layer" };

    public NetworkArguments(Command command)
    {
        foreach (Option option in Options)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>All options.</summary>
    public IEnumerable<Option> Options => [layers, hidden, activation, output, cost, init, softmaxConstant, dropout, batchNorm];

    /// <summary>The output activation on the command line, or null.</summary>
    public Activation? AskedOutput(ParseResult result) =>
        result.GetValue(layers) is { } list ? Layers(list, outputs: 1)[^1].Activation
        : result.GetValue(output) is { } text ? OptionNames.Parse("--output", text, Choices.Activations, IsOutput)
        : null;

    /// <summary>The options of the preset, replaced by those on the command line.</summary>
    /// <exception cref="UsageException">A value is not valid.</exception>
    public ModelOptions Apply(ParseResult result, ModelOptions preset)
    {
        ModelOptions options = result.GetValue(layers) is { } list ? OfList(result, preset, list) : OfShortForms(result, preset);
        return options with
        {
            Network = options.Network with
            {
                Cost = result.GetValue(cost) is { } c ? OptionNames.Parse("--cost", c, Choices.Costs) : options.Network.Cost,
            },
            Training = options.Training with
            {
                Initializer = result.GetValue(init) is { } i ? OptionNames.Parse("--init", i, Choices.Initializers) : options.Training.Initializer,
            },
        };
    }

    private static bool IsHidden(Choice<Activation> row) => row.Create().Place.HasFlag(ActivationPlace.Hidden);

    private static bool IsOutput(Choice<Activation> row) => row.Create().Place.HasFlag(ActivationPlace.Output);

    private static IReadOnlyList<Layer> Layers(string list, int outputs)
    {
        try
        {
            return Choices.ParseLayers(list, outputs);
        }
        catch (ArgumentException e)
        {
            throw new UsageException($"--layers: {e.Message}");
        }
    }

    private ModelOptions OfList(ParseResult result, ModelOptions preset, string list)
    {
        Option? other = new Option[] { hidden, activation, output, softmaxConstant, dropout, batchNorm }.FirstOrDefault(option => result.GetResult(option) is { Implicit: false });
        if (other is not null)
        {
            throw new UsageException($"--layers lists all layers and cannot be combined with {other.Name}: put it into the list, or omit --layers.");
        }

        try
        {
            return preset.WithLayers(list, Choices);
        }
        catch (ArgumentException e)
        {
            throw new UsageException($"--layers: {e.Message}");
        }
    }

    private ModelOptions OfShortForms(ParseResult result, ModelOptions preset)
    {
        double share = result.GetValue(dropout) ?? preset.Network.Dropout;
        if (!(share >= 0 && share < 1))
        {
            throw new UsageException($"--dropout {OptionNames.Format(share)}: expected a share in [0, 1).");
        }

        ModelOptions options = preset with
        {
            Network = preset.Network with
            {
                Hidden = result.GetValue(hidden) is { } sizes ? ParseHidden(sizes) : preset.Network.Hidden,
                Dropout = share,
                BatchNormalization = result.GetValue(batchNorm) || preset.Network.BatchNormalization,
            },
        };
        options = result.GetValue(activation) is { } a ? options.WithActivation(OptionNames.Parse("--activation", a, Choices.Activations, IsHidden)) : options;
        return options.WithOutput(OutputOf(result, preset.Network));
    }

    private Activation OutputOf(ParseResult result, NetworkSettings preset)
    {
        Activation chosen = result.GetValue(output) is { } o ? OptionNames.Parse("--output", o, Choices.Activations, IsOutput) : preset.Output;
        if (result.GetValue(softmaxConstant) is not { } constant || chosen is not Softmax)
        {
            return chosen;
        }

        try
        {
            return Softmax.Choice.Create(constant);
        }
        catch (ArgumentException e)
        {
            throw new UsageException($"--softmax-constant: {e.Message}");
        }
    }

    private static int[] ParseHidden(string text)
    {
        if (text == "none")
        {
            return [];
        }

        int[] sizes = [.. text.Split(',').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int units) ? units : 0)];
        return sizes.All(units => units > 0)
            ? sizes
            : throw new UsageException($"--hidden {text}: expected the units of each hidden layer, such as 100 or 512,512, or none.");
    }
}
