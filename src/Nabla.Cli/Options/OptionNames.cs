using System.CommandLine;
using System.Globalization;
using System.Text;
using Nabla.Cli.Output;

namespace Nabla.Cli.Options;

/// <summary>How values are written on the command line: enumerations in kebab-case, numbers the same in every culture.</summary>
internal static class OptionNames
{
    /// <summary>LeakyRelu becomes leaky-relu.</summary>
    public static string Kebab(string name)
    {
        var kebab = new StringBuilder();
        foreach (char c in name)
        {
            if (char.IsUpper(c) && kebab.Length > 0)
            {
                kebab.Append('-');
            }

            kebab.Append(char.ToLowerInvariant(c));
        }

        return kebab.ToString();
    }

    /// <summary>A value as the command line writes it.</summary>
    public static string Of<T>(T value) where T : struct, Enum => value switch
    {
        // The family of optimizers has its own spelling.
        Nabla.Training.OptimizerKind.RmsProp => "rmsprop",
        Nabla.Training.OptimizerKind.AdamW => "adamw",
        _ => Kebab(value.ToString()),
    };

    /// <summary>A value from its name.</summary>
    /// <exception cref="UsageException">No such name; the message lists them.</exception>
    public static T Parse<T>(string option, string text, params ReadOnlySpan<T> allowed) where T : struct, Enum
    {
        T[] values = allowed.IsEmpty ? Enum.GetValues<T>() : allowed.ToArray();
        foreach (T value in values)
        {
            if (Of(value) == text)
            {
                return value;
            }
        }

        throw new UsageException($"{option} {text}: expected one of {string.Join(", ", values.Select(Of))}.");
    }

    /// <summary>An option of an enumeration; absent is null.</summary>
    public static Option<string?> Choice<T>(string name, string description, params ReadOnlySpan<T> allowed) where T : struct, Enum
    {
        T[] values = allowed.IsEmpty ? Enum.GetValues<T>() : allowed.ToArray();
        return new Option<string?>(name) { Description = description, HelpName = string.Join('|', values.Select(Of)) };
    }

    /// <summary>An option of a real number; absent is null.</summary>
    public static Option<double?> Number(string name, string description, string helpName) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result => ParseNumber(name, result.Tokens[0].Value),
    };

    /// <summary>An option of a whole number; absent is null.</summary>
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

    /// <summary>A number as JSON and messages write it.</summary>
    public static string Format(double value) => value.ToString(CultureInfo.InvariantCulture);
}
