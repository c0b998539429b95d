using System.Globalization;
using Nabla.Data.Tables.Records;
using Nabla.Data.Tables.Text;

namespace Nabla;

/// <summary>A cell of a program's row: a number, a name, yes or no, an instant, or nothing. Plain types convert implicitly.</summary>
/// <remarks>
/// A text is read like a table cell, and every other cell counts as the text that a table would have for it: a number as
/// its shortest digits, yes and no as <c>true</c> and <c>false</c>. An enumeration value is given by its name
/// (<c>ToString()</c>). A <see cref="float"/> is widened exactly.
/// </remarks>
public readonly struct Cell : IEquatable<Cell>
{
    /// <summary>The longest text of a number in a cell: sign, 17 digits, point, exponent.</summary>
    internal const int LongestNumber = 32;

    private Cell(CellContent content, double number, string? text)
    {
        Content = content;
        Value = number;
        Text = text;
    }

    /// <summary>A missing cell; <c>null</c> and NaN convert to it.</summary>
    public static Cell Missing => default;

    /// <summary>Whether the cell is missing.</summary>
    public bool IsMissing => Content == CellContent.Missing;

    internal CellContent Content { get; }

    /// <summary>The number; 0 or 1; or seconds since 1970-01-01 UTC.</summary>
    internal double Value { get; }

    internal string? Text { get; }

    /// <summary>A number. A NaN is missing.</summary>
    public static implicit operator Cell(double? number) => number is { } value && !double.IsNaN(value) ? new Cell(CellContent.Number, value, null) : Missing;

    /// <summary>A number, rounded to the nearest double.</summary>
    public static implicit operator Cell(decimal? number) => number is { } value ? Nearest(value) : Missing;

    /// <summary>A number, rounded to the nearest double.</summary>
    public static implicit operator Cell(long? number) => (double?)number;

    /// <inheritdoc cref="op_Implicit(long?)"/>
    public static implicit operator Cell(ulong? number) => (double?)number;

    /// <summary>A number.</summary>
    public static implicit operator Cell(uint? number) => (double?)number;

    /// <summary>Yes or no.</summary>
    public static implicit operator Cell(bool? truth) => truth is { } value ? new Cell(CellContent.Boolean, value ? 1 : 0, null) : Missing;

    /// <summary>A name, or any other value as a table writes it.</summary>
    public static implicit operator Cell(string? text) => text is null ? Missing : new Cell(CellContent.Text, 0, text);

    /// <summary>A name of one letter.</summary>
    public static implicit operator Cell(char? letter) => letter?.ToString();

    /// <summary>An instant. A local time is converted to UTC; a time of unspecified kind counts as UTC.</summary>
    public static implicit operator Cell(DateTime? instant) =>
        instant is { } value ? new Cell(CellContent.Instant, ((value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value) - DateTime.UnixEpoch).TotalSeconds, null) : Missing;

    /// <summary>An instant.</summary>
    public static implicit operator Cell(DateTimeOffset? instant) => instant?.UtcDateTime;

    /// <summary>A day.</summary>
    public static implicit operator Cell(DateOnly? day) => day?.ToDateTime(TimeOnly.MinValue);

    /// <inheritdoc/>
    public static bool operator ==(Cell left, Cell right) => left.Equals(right);

    /// <inheritdoc/>
    public static bool operator !=(Cell left, Cell right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(Cell other) => Content == other.Content && Value.Equals(other.Value) && Text == other.Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Cell other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Content, Value, Text);

    /// <inheritdoc/>
    public override string ToString() => Content switch
    {
        CellContent.Text => Text!,
        CellContent.Number => Value.ToString(CultureInfo.InvariantCulture),
        CellContent.Boolean => Spell(Value == 1),
        CellContent.Instant => DateTime.UnixEpoch.AddSeconds(Value).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        _ => "",
    };

    /// <summary>Writes a number with the fewest digits that give it back.</summary>
    /// <param name="number">The number.</param>
    /// <param name="decimalComma">Whether numbers have a decimal comma.</param>
    /// <param name="text">[<see cref="LongestNumber"/>].</param>
    /// <returns>The part of <paramref name="text"/> that was written.</returns>
    internal static ReadOnlySpan<char> Spell(double number, bool decimalComma, Span<char> text)
    {
        number.TryFormat(text, out int length, provider: CultureInfo.InvariantCulture);
        text[..length].Replace('.', decimalComma ? ',' : '.');
        return text[..length];
    }

    /// <summary>The text of yes or no.</summary>
    internal static string Spell(bool truth) => truth ? "true" : "false";

    /// <summary>
    /// The double nearest to a decimal number, as in a table that holds its digits. The conversion of the framework
    /// rounds twice.
    /// </summary>
    private static Cell Nearest(decimal number)
    {
        Span<byte> digits = stackalloc byte[LongestNumber];
        number.TryFormat(digits, out int length, provider: CultureInfo.InvariantCulture);
        NumberText.TryParse(digits[..length], (byte)'.', out double nearest);
        return nearest;
    }
}
