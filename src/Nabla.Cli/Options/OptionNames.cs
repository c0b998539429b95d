using System.CommandLine;
using System.Globalization;
using Nabla.Choices;
using Nabla.Cli.Failures;
using Nabla.Models.Formats.Json;

namespace Nabla.Cli.Options;

/// <summary>
/// Values in the form of the command line: enumerations in kebab-case, numbers in the invariant culture.
/// </summary>
internal static class OptionNames
{
    /// <summary>The name of a value on the command line.</summary>
    public static string Of<T>(T value) where T : struct, Enum => SettingNames.Of(value);

    /// <summary>The value of a name.</summary>
    /// <exception cref="UsageException">The name is unknown; the message lists the names.</exception>
    public static T Parse<T>(string option, string text, params ReadOnlySpan<T> allowed) where T : struct, Enum
    {
        IReadOnlyList<string> names = Names(allowed);
        return names.Contains(text) && SettingNames.TryParse(text, out T value)
            ? value
            : throw new UsageException($"{option} {text}: expected one of {string.Join(", ", names)}.");
    }

    /// <summary>An option for an enumeration, null if absent.</summary>
    public static Option<string?> Choice<T>(string name, string description, params ReadOnlySpan<T> allowed) where T : struct, Enum =>
        new(name) { Description = description, HelpName = string.Join('|', Names(allowed)) };

    /// <summary>A choice from its text, such as <c>leaky-relu:0.2</c>.</summary>
    /// <param name="option">The option, for the message.</param>
    /// <param name="text">The text.</param>
    /// <param name="registry">The choices.</param>
    /// <param name="allowed">Selects the rows; null for all.</param>
    /// <exception cref="UsageException">The name is unknown, or a parameter is out of range; the message says what was
    /// expected.</exception>
    public static T Parse<T>(string option, string text, Registry<T> registry, Func<Choice<T>, bool>? allowed = null) where T : class, IChoice<T>
    {
        Choice<T>? row = registry.Find(text.Split(':')[0]);
        if (row is null || allowed?.Invoke(row) == false)
        {
            throw new UsageException($"{option} {text}: expected one of {string.Join(", ", Names(registry, allowed))}.");
        }

        try
        {
            return registry.Parse(text);
        }
        catch (ArgumentException e)
        {
            throw new UsageException($"{option} {text}: {e.Message}");
        }
    }

    /// <summary>An option for a registry, null if absent.</summary>
    /// <param name="name">The option.</param>
    /// <param name="description">The text of the help.</param>
    /// <param name="registry">The choices.</param>
    /// <param name="allowed">Selects the rows; null for all.</param>
    public static Option<string?> Choice<T>(string name, string description, Registry<T> registry, Func<Choice<T>, bool>? allowed = null) where T : class, IChoice<T> =>
        new(name) { Description = description, HelpName = string.Join('|', Names(registry, allowed)) };

    /// <summary>An option for a real number, null if absent.</summary>
    public static Option<double?> Number(string name, string description, string helpName) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result => ParseNumber(name, result.Tokens[0].Value),
    };

    /// <summary>An option for a whole number, null if absent.</summary>
    public static Option<int?> Count(string name, string description, string helpName) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result => int.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw new UsageException($"{name} {result.Tokens[0].Value}: expected a whole number."),
    };

    /// <summary>A real number, or a quotient such as 1/128.</summary>
    /// <exception cref="UsageException">The text is neither.</exception>
    public static double ParseNumber(string option, string text)
    {
        string[] parts = text.Split('/');
        double[] values = [.. parts.Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : double.NaN)];
        double number = values.Length switch { 1 => values[0], 2 => values[0] / values[1], _ => double.NaN };
        return double.IsFinite(number) ? number : throw new UsageException($"{option} {text}: expected a number such as 0.5 or 1/128.");
    }

    /// <summary>A number in the form of JSON and messages.</summary>
    public static string Format(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<string> Names<T>(Registry<T> registry, Func<Choice<T>, bool>? allowed) where T : class, IChoice<T> =>
        registry.Where(row => allowed?.Invoke(row) != false).Select(row => row.Name);

    /// <summary>The names that an option accepts: all of them if none are given.</summary>
    private static IReadOnlyList<string> Names<T>(ReadOnlySpan<T> allowed) where T : struct, Enum
    {
        if (allowed.IsEmpty)
        {
            return SettingNames.All<T>();
        }

        string[] names = new string[allowed.Length];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = SettingNames.Of(allowed[i]);
        }

        return names;
    }
}
