using System.Buffers;
using System.Text.Unicode;
using Nabla.Data.Tables.Schema;
using Nabla.Data.Tables.Text;

namespace Nabla.Data.Tables.Raw;

/// <summary>
/// A column while a table is read: its kind, decided by the first cell that is not missing, and its distinct texts.
/// </summary>
internal sealed class RawColumn(string name, int fieldIndex)
{
    /// <summary>The longest name of a category in bytes. All longer texts count together as one other name.</summary>
    public const int LongestName = 256;

    /// <summary>The most distinct texts of a column. All further ones count together as one other name.</summary>
    public const int MaxNames = 1 << 16;

    private readonly Dictionary<string, int> codes = [];
    private readonly List<string> names = [];

    /// <summary>The name of the column.</summary>
    public string Name => name;

    /// <summary>The index of its cells among the fields of a row.</summary>
    public int FieldIndex => fieldIndex;

    /// <summary>The kind of the cells; null while all are missing.</summary>
    public ColumnKind? Kind { get; set; }

    /// <summary>Whether the kind is given, so that a cell of another kind is an error.</summary>
    public bool IsKindGiven { get; init; }

    /// <summary>Whether the column is predicted. Its cells are then numbers or names.</summary>
    public bool IsTarget { get; init; }

    /// <summary>
    /// Whether a cell had another kind than the first one. The column must then be read again, as names.
    /// </summary>
    public bool HasMixedKinds { get; private set; }

    /// <summary>The distinct texts of a categorical column, in the order of first appearance.</summary>
    public IReadOnlyList<string> Texts => names;

    /// <summary>
    /// Reads a cell as a number, as in <see cref="InputColumn"/>,
    /// except that a name is its index in <see cref="Texts"/>.
    /// </summary>
    /// <param name="cell">The trimmed cell.</param>
    /// <param name="place">The place of the row, for messages.</param>
    /// <param name="point">The decimal point.</param>
    /// <exception cref="InvalidDataException">The cell is not of the given kind, not finite, or not UTF-8.</exception>
    public double Read(ReadOnlySpan<byte> cell, RowPlace place, byte point)
    {
        double value;
        // The case of nearly every cell of nearly every table. No spelling of a missing value is a finite number.
        if (Kind == ColumnKind.Numeric && NumberText.TryParse(cell, point, out value) && double.IsFinite(value))
        {
            return value;
        }

        if (CellText.IsMissing(cell))
        {
            return double.NaN;
        }

        Kind ??= KindOf(cell, point);
        switch (Kind)
        {
            case ColumnKind.Numeric when NumberText.TryParse(cell, point, out value):
                return double.IsFinite(value) ? value : throw place.Error($"column '{Name}' is {CellText.Show(cell)}: expected a finite number.");
            case ColumnKind.Date when CellText.TryDate(cell, out value):
            case ColumnKind.Boolean when CellText.TryBoolean(cell, out value):
                return value;
            case ColumnKind.Categorical:
                return CodeOf(cell, place);
            default:
                HasMixedKinds = !IsKindGiven ? true : throw place.Error($"column '{Name}' is '{CellText.Show(cell)}': expected {Expected(Kind.Value)}, or an empty cell for a missing value.");
                return double.NaN;
        }
    }

    /// <summary>Describes a cell of a kind, for messages.</summary>
    public static string Expected(ColumnKind kind) => kind switch
    {
        ColumnKind.Numeric => "a number",
        ColumnKind.Date => "a date such as 2024-03-01",
        ColumnKind.Boolean => "yes or no, or true or false",
        _ => "a name",
    };

    /// <summary>The index of a text in <see cref="Texts"/>, to which it is added if there is room; otherwise −1.</summary>
    /// <param name="cell">The trimmed text.</param>
    /// <param name="place">The place of the row, for messages.</param>
    /// <exception cref="InvalidDataException">The text is not UTF-8.</exception>
    public int CodeOf(ReadOnlySpan<byte> cell, RowPlace place)
    {
        if (cell.Length > LongestName)
        {
            return -1;
        }

        Span<char> text = stackalloc char[LongestName];
        if (Utf8.ToUtf16(cell, text, out _, out int length, replaceInvalidSequences: false) != OperationStatus.Done)
        {
            throw place.Error($"column '{Name}' has a text that is not UTF-8. Save the file as UTF-8.");
        }

        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup = codes.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(text[..length], out int code))
        {
            return code;
        }

        if (names.Count == MaxNames)
        {
            return -1;
        }

        string added = new(text[..length]);
        codes.Add(added, names.Count);
        names.Add(added);
        return names.Count - 1;
    }

    private ColumnKind KindOf(ReadOnlySpan<byte> cell, byte point) =>
        NumberText.TryParse(cell, point, out _) ? ColumnKind.Numeric
        : IsTarget ? ColumnKind.Categorical
        : CellText.TryDate(cell, out _) ? ColumnKind.Date
        : CellText.TryBoolean(cell, out _) ? ColumnKind.Boolean
        : ColumnKind.Categorical;
}
