using System.CommandLine;
using System.Globalization;
using Nabla.Cli.Output;
using Nabla.Network;
using Nabla.Network.Activations;
using Nabla.Network.Costs;
using Nabla.Network.Initializers;

namespace Nabla.Cli.Options;

/// <summary>The options that describe the network; what is not given comes from the preset.</summary>
internal sealed class NetworkArguments
{
    private static readonly Activation[] Hidden = [Activation.Sigmoid, Activation.Tanh, Activation.Relu, Activation.LeakyRelu, Activation.Gelu, Activation.Softplus, Activation.Linear];
    private static readonly Activation[] Output = [Activation.Softmax, Activation.Sigmoid, Activation.Linear];

    private readonly Option<string?> hidden = new("--hidden") { Description = "Units of the hidden layers, or none", HelpName = "100|512,512|none" };
    private readonly Option<string?> activation = OptionNames.Choice<Activation>("--activation", "Activation of the hidden layers", Hidden);
    private readonly Option<string?> output = OptionNames.Choice<Activation>("--output", "Output layer", Output);
    private readonly Option<string?> cost = OptionNames.Choice<Cost>("--cost", "Cost; softmax goes with log-likelihood, sigmoid with cross-entropy, linear with quadratic or huber");
    private readonly Option<string?> init = OptionNames.Choice<Initializer>("--init", "How weights and biases are drawn");
    private readonly Option<double?> softmaxConstant = OptionNames.Number("--softmax-constant", "The softmax constant c, one over the temperature (1)", "C");

    public NetworkArguments(Command command)
    {
        foreach (Option option in Options)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>All of them.</summary>
    public IEnumerable<Option> Options => [hidden, activation, output, cost, init, softmaxConstant];

    /// <summary>The output layer that was asked for, or null.</summary>
    public Activation? AskedOutput(ParseResult result) => result.GetValue(output) is { } text ? OptionNames.Parse("--output", text, Output) : null;

    /// <summary>The preset's settings with what was given in their place.</summary>
    /// <exception cref="UsageException">A value makes no sense.</exception>
    public NetworkSettings Apply(ParseResult result, NetworkSettings preset)
    {
        NetworkSettings settings = preset with
        {
            Hidden = result.GetValue(hidden) is { } sizes ? ParseHidden(sizes) : preset.Hidden,
            Activation = result.GetValue(activation) is { } a ? OptionNames.Parse("--activation", a, Hidden) : preset.Activation,
            Output = result.GetValue(output) is { } o ? OptionNames.Parse("--output", o, Output) : preset.Output,
            SoftmaxConstant = result.GetValue(softmaxConstant) ?? preset.SoftmaxConstant,
        };
        return settings with
        {
            // An output layer of another kind brings its own cost, a hidden layer of another kind its own spread, unless one was asked for.
            Cost = result.GetValue(cost) is { } c ? OptionNames.Parse<Cost>("--cost", c)
                : settings.Output == preset.Output ? preset.Cost : NetworkSettings.NaturalCost(settings.Output),
            Initializer = result.GetValue(init) is { } i ? OptionNames.Parse<Initializer>("--init", i)
                : settings.Activation == preset.Activation ? preset.Initializer : NetworkSettings.NaturalInitializer(settings.Activation),
        };
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

/// <summary>The shape of a network but for the sizes that the data gives.</summary>
internal sealed record NetworkSettings
{
    public IReadOnlyList<int> Hidden { get; init; } = [100];

    public Activation Activation { get; init; } = Activation.Relu;

    public Activation Output { get; init; } = Activation.Softmax;

    public Cost Cost { get; init; } = Cost.LogLikelihood;

    public Initializer Initializer { get; init; } = Initializer.He;

    public double SoftmaxConstant { get; init; } = 1;

    /// <summary>The cost whose δ is a − y for these outputs.</summary>
    public static Cost NaturalCost(Activation output) => output switch
    {
        Activation.Softmax => Cost.LogLikelihood,
        Activation.Sigmoid => Cost.CrossEntropy,
        _ => Cost.Quadratic,
    };

    /// <summary>He for the units that are silent half of the time, otherwise scaled.</summary>
    public static Initializer NaturalInitializer(Activation hidden) => hidden is Activation.Relu or Activation.LeakyRelu or Activation.Gelu or Activation.Softplus
        ? Initializer.He
        : Initializer.Scaled;

    /// <summary>The network for data with these inputs and outputs.</summary>
    /// <exception cref="ArgumentException">Output and cost do not fit, or a size is out of range.</exception>
    public NetworkOptions Build(int inputs, int outputs)
    {
        NetworkOptions options = NetworkOptions.FeedForward(inputs, Hidden, outputs, Activation, Output, Cost) with { SoftmaxConstant = SoftmaxConstant };
        options.Validate();
        return options;
    }
}
