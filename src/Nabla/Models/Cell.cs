using Nabla.Models;

namespace Nabla;

/// <summary>A cell of a program's row: a number, a name, yes or no, an instant, or nothing. Plain types convert implicitly.</summary>
/// <remarks><see cref="RowBinding{TRow}"/> says how each column kind reads a cell. A text is read like a table cell.</remarks>
public readonly struct Cell : IEquatable<Cell>
{
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

    /// <summary>Yes or no.</summary>
    public static implicit operator Cell(bool? truth) => truth is { } value ? new Cell(CellContent.Boolean, value ? 1 : 0, null) : Missing;

    /// <summary>A name, or any other value as a table writes it.</summary>
    public static implicit operator Cell(string? text) => text is null ? Missing : new Cell(CellContent.Text, 0, text);

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
        CellContent.Number => Value.ToString(System.Globalization.CultureInfo.InvariantCulture),
        CellContent.Boolean => Value == 1 ? "true" : "false",
        CellContent.Instant => DateTime.UnixEpoch.AddSeconds(Value).ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture),
        _ => "",
    };
}
