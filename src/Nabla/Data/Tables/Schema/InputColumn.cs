using Nabla.Numerics.Functions;

namespace Nabla.Data.Tables.Schema;

/// <summary>A column of a table, and how its cells become inputs.</summary>
/// <remarks>
/// A cell is represented by one number: a numeric cell by itself, a Boolean by 0 or 1, a date by seconds since 1970, a
/// category by its index, or −1 for another one; a missing cell is NaN. A missing cell counts as <see cref="Imputed"/>
/// and sets the indicator, if there is one.
/// </remarks>
public sealed record InputColumn
{
    internal const double SecondsOfDay = 86400;
    internal const double DaysOfYear = 365.2425;
    internal const double DaysOfWeek = 7;

    /// <summary>1970-01-01 was a Thursday, three days after a Monday.</summary>
    internal const double DaysFromMonday = 3;

    /// <summary>
    /// Inputs are clamped to this magnitude, so that sums in a network stay within single precision. A cell that far
    /// from all others carries no more information.
    /// </summary>
    internal const double LargestInput = 1e15;

    private const int DatePhases = 4;

    /// <summary>The name of the column.</summary>
    public required string Name { get; init; }

    /// <summary>The kind of its cells.</summary>
    public required ColumnKind Kind { get; init; }

    /// <summary>Numeric and date: the number that is subtracted.</summary>
    public double Center { get; init; }

    /// <summary>
    /// Numeric and date: the divisor of the difference. 0 if all training rows have the same value: the input is then
    /// always 0, because nothing was learned about other values.
    /// </summary>
    public double Scale { get; init; } = 1;

    /// <summary>Categorical: the names with an input of their own, in order.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>
    /// Categorical: whether all other names share one input, as the rare
    /// names of the training rows did. Otherwise other names set no input.
    /// </summary>
    public bool HasOther { get; init; }

    /// <summary>Date: whether the cells have a time of day.</summary>
    public bool HasTime { get; init; }

    /// <summary>The value for missing cells: the median, or the most frequent value.</summary>
    public double Imputed { get; init; }

    /// <summary>Whether another input indicates missing cells, as there were some in the training rows.</summary>
    public bool HasMissingIndicator { get; init; }

    /// <summary>Number of inputs.</summary>
    public int Width => ValueWidth + (HasMissingIndicator ? 1 : 0);

    /// <summary>The names of the inputs, in order.</summary>
    public IEnumerable<string> InputNames
    {
        get
        {
            IEnumerable<string> names = Kind switch
            {
                ColumnKind.Categorical => Categories.Select(category => $"{Name}={category}").Concat(HasOther ? [$"{Name}=other"] : []),
                ColumnKind.Date => [Name, $"{Name}.year.sin", $"{Name}.year.cos", $"{Name}.week.sin", $"{Name}.week.cos", .. HasTime ? [$"{Name}.day.sin", $"{Name}.day.cos"] : Array.Empty<string>()],
                _ => [Name],
            };
            return HasMissingIndicator ? names.Append($"{Name} missing") : names;
        }
    }

    private int ValueWidth => Kind switch
    {
        ColumnKind.Categorical => Categories.Count + (HasOther ? 1 : 0),
        ColumnKind.Date => 1 + DatePhases + (HasTime ? 2 : 0),
        _ => 1,
    };

    /// <summary>Whether another column makes the same inputs of the same cells.</summary>
    internal bool EncodesLike(InputColumn other) =>
        this with { Categories = other.Categories } == other && Categories.SequenceEqual(other.Categories);

    /// <summary>Writes the inputs of a cell.</summary>
    /// <param name="cell">The cell as a number; NaN if it is missing.</param>
    /// <param name="inputs">[<see cref="Width"/>].</param>
    internal void Encode(double cell, Span<float> inputs)
    {
        bool missing = double.IsNaN(cell);
        double value = missing ? Imputed : cell;
        switch (Kind)
        {
            case ColumnKind.Numeric:
                inputs[0] = Scaled(value);
                break;
            case ColumnKind.Boolean:
                inputs[0] = (float)value;
                break;
            case ColumnKind.Categorical:
                inputs.Clear();
                int category = value < 0 ? Categories.Count : (int)value;
                if (category < Categories.Count || HasOther)
                {
                    inputs[category] = 1;
                }

                break;
            default:
                EncodeDate(value, inputs);
                break;
        }

        if (HasMissingIndicator)
        {
            inputs[^1] = missing ? 1 : 0;
        }
    }

    internal void Validate()
    {
        Require(Enum.IsDefined(Kind), "has an unknown kind");
        Require(double.IsFinite(Center) && double.IsFinite(Scale) && Scale >= 0 && double.IsFinite(Imputed), "has a negative scale or a scaling that is not finite");
        Require(Categories.All(name => name is not null) && Categories.Distinct().Count() == Categories.Count, "has the same category twice");
        Require(Kind == ColumnKind.Categorical == (Categories.Count > 0 || HasOther), "is categorical without categories, or has categories without being categorical");
        Require(Kind != ColumnKind.Categorical || (Imputed >= -1 && Imputed < Categories.Count && Imputed == Math.Floor(Imputed)), "has an unknown category for missing cells");
    }

    /// <summary>Writes sine and cosine of a phase. Our own functions give the same bits on every machine.</summary>
    private static void EncodePhase(double turns, Span<float> inputs)
    {
        (double sin, double cos) = ScalarMath.SinCos(2 * Math.PI * (turns - Math.Floor(turns)));
        inputs[0] = (float)sin;
        inputs[1] = (float)cos;
    }

    private float Scaled(double value) => Scale > 0 ? (float)Math.Clamp((value - Center) / Scale, -LargestInput, LargestInput) : 0;

    private void EncodeDate(double seconds, Span<float> inputs)
    {
        double days = seconds / SecondsOfDay, day = Math.Floor(days);
        inputs[0] = Scaled(seconds);
        EncodePhase(day / DaysOfYear, inputs[1..]);
        EncodePhase((day + DaysFromMonday) / DaysOfWeek, inputs[3..]);
        if (HasTime)
        {
            EncodePhase(days, inputs[5..]);
        }
    }

    private void Require(bool holds, string problem)
    {
        if (!holds)
        {
            throw new ArgumentException($"columns: {Name} {problem}.");
        }
    }
}
