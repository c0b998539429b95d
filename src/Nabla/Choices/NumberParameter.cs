using System.Globalization;

namespace Nabla.Choices;

/// <summary>A real parameter of a choice: its name, default and range.</summary>
/// <param name="Name">The name in files, in snake case.</param>
/// <param name="Default">The value where none is given; NaN for a parameter that must be given.</param>
/// <param name="Description">One line for help texts; starts with the symbol of the formula.</param>
public sealed record NumberParameter(string Name, double Default, string Description)
{
    /// <summary>The smallest value. Default −∞.</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    /// <summary>The largest value. Default ∞.</summary>
    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>Whether <see cref="Minimum"/> itself is out of range.</summary>
    public bool ExcludesMinimum { get; init; }

    /// <summary>Whether <see cref="Maximum"/> itself is out of range.</summary>
    public bool ExcludesMaximum { get; init; }

    /// <summary>Whether only whole numbers are allowed.</summary>
    public bool IsWhole { get; init; }

    /// <summary>The name of the command-line option, without the dashes. Default: <see cref="Name"/> with dashes for underscores.</summary>
    public string OptionName { get => field ?? Name.Replace('_', '-'); init; }

    /// <summary>Whether a value must be given.</summary>
    public bool IsRequired => double.IsNaN(Default);

    /// <summary>The range in words: <c>a number in [0, 1)</c>, <c>a whole number, 1 or more</c>.</summary>
    public string Range
    {
        get
        {
            string kind = IsWhole ? "a whole number" : "a finite number";
            return (double.IsFinite(Minimum), double.IsFinite(Maximum)) switch
            {
                (true, true) => $"{kind} in {(ExcludesMinimum ? '(' : '[')}{Text(Minimum)}, {Text(Maximum)}{(ExcludesMaximum ? ')' : ']')}",
                (true, false) => ExcludesMinimum ? $"{kind} above {Text(Minimum)}" : $"{kind}, {Text(Minimum)} or more",
                (false, true) => ExcludesMaximum ? $"{kind} below {Text(Maximum)}" : $"{kind}, {Text(Maximum)} or less",
                _ => kind,
            };
        }
    }

    /// <summary>Requires that a value lies in the range.</summary>
    /// <param name="choice">The name of the choice, for the message.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">It does not.</exception>
    public void Check(string choice, double value)
    {
        bool fits = double.IsFinite(value)
            && (ExcludesMinimum ? value > Minimum : value >= Minimum)
            && (ExcludesMaximum ? value < Maximum : value <= Maximum)
            && (!IsWhole || value == Math.Floor(value));
        if (!fits)
        {
            throw new ArgumentException($"{choice}: {OptionName} must be {Range}, not {Text(value)}.");
        }
    }

    internal static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
