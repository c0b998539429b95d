using System.CommandLine;
using Nabla.Choices;
using Nabla.Cli.Failures;

namespace Nabla.Cli.Options;

/// <summary>The options of one registry: one for the choice, and one for each parameter of its rows.</summary>
/// <typeparam name="T">The kind of value.</typeparam>
internal sealed class ChoiceOptions<T> where T : class, IChoice<T>
{
    private readonly Registry<T> registry;
    private readonly Option<string?> choice;
    private readonly Dictionary<string, Option<double?>> parameters = [];

    /// <param name="name">The name of the option, with its dashes.</param>
    /// <param name="description">The text of the help.</param>
    /// <param name="registry">The rows.</param>
    public ChoiceOptions(string name, string description, Registry<T> registry)
    {
        this.registry = registry;
        choice = OptionNames.Choice(name, description, registry);
        foreach (IGrouping<string, (Choice<T> Row, NumberParameter Parameter)> option in registry.SelectMany(row => row.Parameters.Select(parameter => (row, parameter))).GroupBy(pair => pair.parameter.OptionName))
        {
            NumberParameter first = option.First().Parameter;
            string owners = string.Join(", ", option.Select(pair => pair.Row.Name));
            string defaults = string.Join(" or ", option.Select(pair => OptionNames.Format(pair.Parameter.Default)).Distinct());
            parameters[option.Key] = OptionNames.Number($"--{option.Key}", $"{first.Description}, of {owners} ({defaults})", first.IsWhole ? "N" : "X");
        }
    }

    /// <summary>All options.</summary>
    public IEnumerable<Option> Options => [choice, .. parameters.Values];

    /// <summary>Whether a parameter was given.</summary>
    public bool Has(ParseResult result, string parameter) => result.GetValue(parameters[parameter]) is not null;

    /// <summary>
    /// The choice on the command line, or the one of the preset, with the parameters on the command line.
    /// </summary>
    /// <exception cref="UsageException">The name is unknown, or a parameter does not belong to the choice or is out of
    /// range.</exception>
    public T Apply(ParseResult result, T preset)
    {
        T chosen = result.GetValue(choice) is { } text ? OptionNames.Parse(choice.Name, text, registry) : preset;
        foreach ((string name, Option<double?> option) in parameters)
        {
            if (result.GetValue(option) is not null && chosen.Row.Parameters.All(parameter => parameter.OptionName != name))
            {
                string owners = string.Join(", ", registry.Where(row => row.Parameters.Any(parameter => parameter.OptionName == name)).Select(row => row.Name));
                throw new UsageException($"{option.Name} does not apply to {choice.Name} {chosen.Row.Name}: leave it out, or choose {owners}.");
            }
        }

        // The parameters of the preset apply to its own choice only, and not if the text gives parameters.
        bool bringsParameters = result.GetValue(choice)?.Contains(':', StringComparison.Ordinal) == true;
        IReadOnlyList<double> start = chosen.Row == preset.Row && !bringsParameters ? preset.Values : chosen.Values;
        double[] values = [.. chosen.Row.Parameters.Select((parameter, i) => result.GetValue(parameters[parameter.OptionName]) ?? start[i])];
        try
        {
            return chosen.Row.Create(values);
        }
        catch (ArgumentException e)
        {
            throw new UsageException($"{choice.Name} {e.Message}");
        }
    }
}
