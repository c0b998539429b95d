using System.Buffers;
using System.Text.Unicode;
using Nabla.Data.Tables.Schema;
using Nabla.Data.Tables.Text;

namespace Nabla.Data.Tables.Raw;

/// <summary>A column of a table as it is read: its kind, told by the first cell that is there, and the different texts of names.</summary>
internal sealed class RawColumn(string name, int position)
{
    /// <summary>No name of a category is longer, in bytes; longer texts count as one other name.</summary>
    public const int LongestName = 256;

    /// <summary>More different texts make no categories; further ones count as one other name.</summary>
    public const int MostNames = 1 << 16;

    private readonly Dictionary<string, int> codes = [];
    private readonly List<string> names = [];

    /// <summary>The name of the column.</summary>
    public string Name => name;

    /// <summary>Its place in a row, 0-based.</summary>
    public int Field => position;

    /// <summary>What the cells are; null while all are missing.</summary>
    public ColumnKind? Kind { get; set; }

    /// <summary>Whether another kind is an error and not a surprise.</summary>
    public bool IsFixed { get; init; }

    /// <summary>Whether the column is predicted: its cells are numbers or names.</summary>
    public bool IsTarget { get; init; }

    /// <summary>Whether a cell did not fit the kind that the first one had: the column has to be read again, as names.</summary>
    public bool IsSurprising { get; private set; }

    /// <summary>The different texts of a categorical column, in the order of their first rows.</summary>
    public IReadOnlyList<string> Texts => names;

    /// <summary>A cell as a number: see <see cref="InputColumn"/>; here the code of a name is its index in <see cref="Texts"/>.</summary>
    /// <param name="cell">The cell without blanks around it.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="point">The decimal point.</param>
    /// <exception cref="InvalidDataException">The cell is not of the kind that was asked for, or infinite, or no UTF-8.</exception>
    public double Read(ReadOnlySpan<byte> cell, RowPlace place, byte point)
    {
        double value;
        // Nearly every cell of nearly every table; no text is a number and stands for a missing one.
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
                return double.IsFinite(value) ? value : throw place.Wrong($"column '{Name}' is {CellText.Show(cell)}: expected a finite number.");
            case ColumnKind.Date when CellText.TryDate(cell, out value):
            case ColumnKind.Boolean when CellText.TryBoolean(cell, out value):
                return value;
            case ColumnKind.Categorical:
                return CodeOf(cell, place);
            default:
                IsSurprising = !IsFixed ? true : throw place.Wrong($"column '{Name}' is '{CellText.Show(cell)}': expected {Expected(Kind.Value)}, or nothing where it is missing.");
                return double.NaN;
        }
    }

    /// <summary>What a cell of a kind looks like, for messages.</summary>
    public static string Expected(ColumnKind kind) => kind switch
    {
        ColumnKind.Numeric => "a number",
        ColumnKind.Date => "a date such as 2024-03-01",
        ColumnKind.Boolean => "yes or no, or true or false",
        _ => "a name",
    };

    private ColumnKind KindOf(ReadOnlySpan<byte> cell, byte point) =>
        NumberText.TryParse(cell, point, out _) ? ColumnKind.Numeric
        : IsTarget ? ColumnKind.Categorical
        : CellText.TryDate(cell, out _) ? ColumnKind.Date
        : CellText.TryBoolean(cell, out _) ? ColumnKind.Boolean
        : ColumnKind.Categorical;

    private int CodeOf(ReadOnlySpan<byte> cell, RowPlace place)
    {
        if (cell.Length > LongestName)
        {
            return -1;
        }

        Span<char> text = stackalloc char[LongestName];
        if (Utf8.ToUtf16(cell, text, out _, out int length, replaceInvalidSequences: false) != OperationStatus.Done)
        {
            throw place.Wrong($"column '{Name}' has a text that is not UTF-8. Save the file as UTF-8.");
        }

        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup = codes.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(text[..length], out int code))
        {
            return code;
        }

        if (names.Count == MostNames)
        {
            return -1;
        }

        string added = new(text[..length]);
        codes.Add(added, names.Count);
        names.Add(added);
        return names.Count - 1;
    }
}
