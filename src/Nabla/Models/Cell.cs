namespace Nabla.Models;

/// <summary>A cell of a row as a program has it: a number, a name, yes or no, an instant, or nothing. Values of the plain types become one by themselves.</summary>
/// <remarks>What a cell means to a column is said at <see cref="RowBinding{TRow}"/>. A text is read as the cell of a table would be.</remarks>
public readonly struct Cell : IEquatable<Cell>
{
    private Cell(CellContent content, double number, string? text)
    {
        Content = content;
        Value = number;
        Text = text;
    }

    /// <summary>A cell that is missing, as <c>null</c> and NaN are.</summary>
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

    /// <summary>A name, or anything else as a table writes it.</summary>
    public static implicit operator Cell(string? text) => text is null ? Missing : new Cell(CellContent.Text, 0, text);

    /// <summary>An instant. A local time is converted, one of no kind is UTC.</summary>
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
