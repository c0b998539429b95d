using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Nabla.Data.Tables.Raw;
using Nabla.Data.Tables.Text;

namespace Nabla.Data.Tables.Records;

/// <summary>Reads the cells of a column of records as numbers, as <see cref="RawColumn"/> reads those of a file.</summary>
/// <remarks>
/// Records can be read only once, so there is no second pass for a column whose kind changes. Instead, a cell stays
/// restorable until the last row is read: a cell of the column's own type is its number, and a text that was read as a
/// number, a date or a Boolean is the index of its text, marked in the bits of a NaN. <see cref="Resolve"/> then turns
/// both into what the column finally holds. So every cell takes eight bytes, whatever its column turns out to be.
/// </remarks>
/// <param name="column">The column.</param>
/// <param name="table">The name of the data, for messages.</param>
/// <param name="decimalComma">Whether numbers in texts have a decimal comma.</param>
internal sealed class RecordColumn(RawColumn column, string table, bool decimalComma)
{
    /// <summary>The upper half of a marked cell: a quiet NaN that no arithmetic gives. The lower half is the index.</summary>
    private const uint Mark = 0x7FF9_4E41;

    /// <summary>The longest text, in bytes, that is encoded on the stack. Names are shorter.</summary>
    private const int BytesOnStack = 1024;

    private readonly byte point = decimalComma ? (byte)',' : (byte)'.';
    private ColumnKind? firstKind;
    private bool hasMarks;
    private bool hasInstants;

    /// <summary>Whether some cells must be resolved once all rows are read.</summary>
    public bool MustResolve => hasMarks || column.HasMixedKinds;

    /// <summary>Reads a cell: NaN if it is missing.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="row">The row, 1-based, for messages.</param>
    /// <exception cref="InvalidDataException">
    /// The cell is not of the given kind, not finite, or a date among names; or a target is missing.
    /// </exception>
    public double Read(Cell cell, long row)
    {
        Span<char> digits = stackalloc char[Cell.LongestNumber];
        double value = cell.Content switch
        {
            CellContent.Number when IsOf(ColumnKind.Numeric) => Finite(cell, row),
            CellContent.Number => ReadText(Cell.Spell(cell.Value, decimalComma, digits), row),
            CellContent.Boolean when !column.IsTarget && IsOf(ColumnKind.Boolean) => cell.Value,
            CellContent.Boolean => ReadText(Cell.Spell(cell.Value == 1), row),
            CellContent.Instant when !column.IsTarget && IsOf(ColumnKind.Date) => Instant(cell),
            CellContent.Instant => throw Place(row).Error($"column '{column.Name}' is the date {cell}: expected {Expected}. Bind a text where dates are names."),
            CellContent.Text => ReadText(cell.Text, row),
            _ => double.NaN,
        };
        return column.IsTarget && double.IsNaN(value) && !IsMarked(value)
            ? throw Place(row).Error($"the target '{column.Name}' is missing: nothing can be learned from this row. Leave it out.")
            : value;
    }

    /// <summary>Decides the kind of the column. No cell may be read afterwards.</summary>
    /// <returns>What turns each cell into the number that <see cref="RawColumn.Read"/> describes.</returns>
    public Func<double, double> Resolve()
    {
        if (column.HasMixedKinds)
        {
            firstKind = column.Kind;
            column.Kind = ColumnKind.Categorical;
            return cell => IsMarked(cell) ? IndexOf(cell) : double.IsNaN(cell) ? cell : CodeOf(cell);
        }

        // A text was read before its index was kept, so reading it again cannot fail.
        double[] values = [.. column.Texts.Select(text => column.Read(Encoding.UTF8.GetBytes(text), default, point))];
        return cell => IsMarked(cell) ? values[IndexOf(cell)] : cell;
    }

    private static double Marked(int index) => BitConverter.UInt64BitsToDouble(((ulong)Mark << 32) | (uint)index);

    private static bool IsMarked(double cell) => (uint)(BitConverter.DoubleToUInt64Bits(cell) >> 32) == Mark;

    private static int IndexOf(double cell) => (int)BitConverter.DoubleToUInt64Bits(cell);

    private string Expected => column.IsTarget ? "a number or a name" : RawColumn.Expected(column.HasMixedKinds ? ColumnKind.Categorical : column.Kind!.Value);

    private RowPlace Place(long row) => new(table, row, ": row ");

    /// <summary>Whether cells of a kind are what the column holds; the first cell decides.</summary>
    private bool IsOf(ColumnKind kind) => !column.HasMixedKinds && (column.Kind ??= kind) == kind;

    private double Finite(Cell cell, long row) => double.IsFinite(cell.Value)
        ? cell.Value
        : throw Place(row).Error($"column '{column.Name}' is {cell}: expected a finite number.");

    private double Instant(Cell cell)
    {
        hasInstants = true;
        return cell.Value;
    }

    private double ReadText(ReadOnlySpan<char> text, long row)
    {
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> buffer = most <= BytesOnStack ? stackalloc byte[BytesOnStack] : new byte[most];
        if (Utf8.FromUtf16(text, buffer, out _, out int length, replaceInvalidSequences: false) != OperationStatus.Done)
        {
            throw Place(row).Error($"column '{column.Name}' has a text with half of a surrogate pair: expected valid Unicode.");
        }

        ReadOnlySpan<byte> cell = CellText.Trim(buffer[..length]);
        if (CellText.IsMissing(cell))
        {
            return double.NaN;
        }

        double value = column.HasMixedKinds ? double.NaN : column.Read(cell, Place(row), point);
        if (column.IsKindGiven || column.Kind == ColumnKind.Categorical)
        {
            return value;
        }

        if (column.HasMixedKinds && hasInstants)
        {
            throw Place(row).Error($"column '{column.Name}' is '{CellText.Show(cell)}', but rows before it hold dates: expected a date, or nothing where it is missing. Bind a text where dates are names.");
        }

        // A text beyond the limit of names has no index. Its number is enough: as a name it would be one of the others.
        int index = column.CodeOf(cell, Place(row));
        if (index < 0 && !column.HasMixedKinds)
        {
            return value;
        }

        hasMarks = true;
        return Marked(index);
    }

    /// <summary>The name that a cell of the column's first kind has among the texts.</summary>
    private int CodeOf(double cell)
    {
        Span<char> digits = stackalloc char[Cell.LongestNumber];
        Span<byte> text = stackalloc byte[Cell.LongestNumber];
        ReadOnlySpan<char> spelled = firstKind == ColumnKind.Boolean ? Cell.Spell(cell == 1) : Cell.Spell(cell, decimalComma, digits);
        return column.CodeOf(text[..Encoding.UTF8.GetBytes(spelled, text)], default);
    }
}
