using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Nabla.Data.Tables.Raw;
using Nabla.Data.Tables.Schema;
using Nabla.Data.Tables.Text;

namespace Nabla.Data.Tables.Encoders;

/// <summary>Encodes rows of cells as inputs of a network. For one thread at a time.</summary>
internal sealed class TableEncoder
{
    private readonly Dictionary<string, int>?[] categories;
    private readonly int[] offsets;
    private readonly byte point;

    /// <param name="schema">The columns as learned from the training rows.</param>
    public TableEncoder(TableSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        Schema = schema;
        Width = schema.Width;
        point = schema.DecimalComma ? (byte)',' : (byte)'.';
        categories = new Dictionary<string, int>?[schema.Inputs.Count];
        offsets = new int[schema.Inputs.Count];
        int offset = 0;
        for (int i = 0; i < offsets.Length; i++)
        {
            InputColumn column = schema.Inputs[i];
            categories[i] = column.Kind == ColumnKind.Categorical ? column.Categories.Index().ToDictionary(category => category.Item, category => category.Index) : null;
            offsets[i] = offset;
            offset += column.Width;
        }
    }

    /// <summary>The columns as learned from the training rows.</summary>
    public TableSchema Schema { get; }

    /// <summary>Number of inputs.</summary>
    public int Width { get; }

    /// <summary>
    /// Encodes a row that is given by column names. Null and the
    /// spellings of missing values in tables count as missing.
    /// </summary>
    /// <param name="row">The cells. Columns that are not inputs are ignored.</param>
    /// <param name="inputs">[<see cref="Width"/>].</param>
    /// <exception cref="ArgumentException">
    /// A column is absent, a cell is not of its column's kind, or the length is wrong.
    /// </exception>
    public void Encode(IReadOnlyDictionary<string, string?> row, Span<float> inputs)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (inputs.Length != Width)
        {
            throw new ArgumentException($"The columns give {Width} inputs, not {inputs.Length}.", nameof(inputs));
        }

        for (int i = 0; i < Schema.Inputs.Count; i++)
        {
            string name = Schema.Inputs[i].Name;
            if (!row.TryGetValue(name, out string? cell))
            {
                throw new ArgumentException($"The row has no column '{name}'.", nameof(row));
            }

            if (!TryEncode(i, Encoding.UTF8.GetBytes(cell ?? ""), inputs))
            {
                throw new ArgumentException($"Column '{name}' is '{cell}': expected {RawColumn.Expected(Schema.Inputs[i].Kind)}.", nameof(row));
            }
        }
    }

    /// <summary>Encodes one cell into its place among the inputs of a row.</summary>
    /// <returns>Whether the cell is of its column's kind.</returns>
    internal bool TryEncode(int input, ReadOnlySpan<byte> cell, Span<float> inputs)
    {
        cell = CellText.Trim(cell);
        InputColumn column = Schema.Inputs[input];
        double value = double.NaN;
        if (!CellText.IsMissing(cell))
        {
            bool fits = column.Kind switch
            {
                ColumnKind.Numeric => NumberText.TryParse(cell, point, out value) && double.IsFinite(value),
                ColumnKind.Date => CellText.TryDate(cell, out value),
                ColumnKind.Boolean => CellText.TryBoolean(cell, out value),
                _ => TryCategory(categories[input]!, cell, out value),
            };
            if (!fits)
            {
                return false;
            }
        }

        column.Encode(value, inputs.Slice(offsets[input], column.Width));
        return true;
    }

    /// <summary>Reads the scaled value of a target cell.</summary>
    internal bool TryTarget(int target, ReadOnlySpan<byte> cell, out double value)
    {
        TargetColumn column = Schema.Targets[target];
        bool fits = NumberText.TryParse(CellText.Trim(cell), point, out value) && double.IsFinite(value);
        value = (value - column.Center) / column.Scale;
        return fits;
    }

    /// <summary>The index of a category, −1 for another one. False for a text that is not UTF-8.</summary>
    private static bool TryCategory(Dictionary<string, int> indices, ReadOnlySpan<byte> cell, out double value)
    {
        value = -1;
        if (cell.Length > RawColumn.LongestName)
        {
            return true;
        }

        Span<char> text = stackalloc char[RawColumn.LongestName];
        if (Utf8.ToUtf16(cell, text, out _, out int length, replaceInvalidSequences: false) != OperationStatus.Done)
        {
            return false;
        }

        value = indices.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[..length], out int index) ? index : -1;
        return true;
    }
}
