using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Nabla.Data.Tables.Encoders;
using Nabla.Data.Tables.Raw;
using Nabla.Data.Tables.Schema;
using Nabla.Data.Tables.Text;

using Nabla.Models;

namespace Nabla;

/// <summary>Predicts the rows of a program, such as records, by mapping each model column to a cell of the row. Any number of threads may use it.</summary>
/// <remarks>
/// No reflection is used. A missing cell is treated as in training. A numeric column takes a number as it is, a categorical one its
/// shortest digits. A boolean column takes yes or no, a categorical one as <c>true</c> or <c>false</c>. A date column takes an instant.
/// Every column takes a text and reads it like a table cell.
/// </remarks>
/// <typeparam name="TRow">The type of the rows.</typeparam>
public sealed class RowBinding<TRow>
{
    /// <summary>The longest text, in bytes, that is encoded on the stack. Names are shorter.</summary>
    private const int BytesOnStack = 1024;

    // Only its method for one cell is used, which does not change its state.
    private readonly TableEncoder encoder;
    private readonly Func<TRow, Cell>[] cells;
    private readonly int[] first;

    internal RowBinding(Model model, RowColumns<TRow> columns)
    {
        TableSchema schema = model.Columns ?? throw new InvalidOperationException("The model was not trained on a table: it takes numbers, not columns.");
        Model = model;
        encoder = new TableEncoder(schema);
        cells = columns.InOrder(schema);
        first = new int[cells.Length];
        for (int i = 1; i < first.Length; i++)
        {
            first[i] = first[i - 1] + schema.Inputs[i - 1].Width;
        }
    }

    /// <summary>The model that predicts.</summary>
    public Model Model { get; }

    /// <summary>Encodes a row as network inputs. Allocates nothing.</summary>
    /// <param name="row">The row.</param>
    /// <param name="inputs">[inputs of the model].</param>
    /// <exception cref="ArgumentException">A cell is not of its column's kind, or the length is wrong.</exception>
    public void Encode(TRow row, Span<float> inputs)
    {
        if (!TryEncode(row, inputs, out string? problem))
        {
            throw new ArgumentException(problem, nameof(row));
        }
    }

    /// <summary>Encodes a row as network inputs if its cells are of the columns' kinds.</summary>
    /// <param name="row">The row.</param>
    /// <param name="inputs">[inputs of the model].</param>
    /// <param name="problem">The first wrong cell and what was expected; null where all cells are right.</param>
    /// <exception cref="ArgumentException">The length is wrong.</exception>
    public bool TryEncode(TRow row, Span<float> inputs, [NotNullWhen(false)] out string? problem)
    {
        if (inputs.Length != encoder.Width)
        {
            throw new ArgumentException($"The columns give {encoder.Width} inputs, not {inputs.Length}.", nameof(inputs));
        }

        for (int i = 0; i < cells.Length; i++)
        {
            Cell cell = cells[i](row);
            if (!TryEncode(i, cell, inputs))
            {
                InputColumn column = encoder.Schema.Inputs[i];
                problem = $"Column '{column.Name}' is '{CellText.Show(Encoding.UTF8.GetBytes(cell.ToString()))}': expected {RawColumn.Expected(column.Kind)}, or nothing where it is missing.";
                return false;
            }
        }

        problem = null;
        return true;
    }

    /// <summary>Predicts a row.</summary>
    /// <exception cref="ArgumentException">A cell is not of its column's kind.</exception>
    public Prediction Predict(TRow row)
    {
        float[] inputs = ArrayPool<float>.Shared.Rent(encoder.Width);
        try
        {
            Span<float> own = inputs.AsSpan(0, encoder.Width);
            Encode(row, own);
            return Model.Predict((ReadOnlySpan<float>)own);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(inputs);
        }
    }

    private bool TryEncode(int place, Cell cell, Span<float> inputs)
    {
        InputColumn column = encoder.Schema.Inputs[place];
        switch (cell.Content, column.Kind)
        {
            case (CellContent.Text, _):
                return TryEncodeText(place, cell.Text!, inputs);
            case (CellContent.Number, ColumnKind.Categorical):
                Span<char> digits = stackalloc char[32];
                cell.Value.TryFormat(digits, out int length, provider: System.Globalization.CultureInfo.InvariantCulture);
                digits = digits[..length];
                digits.Replace('.', encoder.Schema.DecimalComma ? ',' : '.');
                return TryEncodeText(place, digits, inputs);
            case (CellContent.Boolean, ColumnKind.Categorical):
                return TryEncodeText(place, cell.Value == 1 ? "true" : "false", inputs);
            case (CellContent.Missing, _):
                column.Encode(double.NaN, inputs.Slice(first[place], column.Width));
                return true;
            case (CellContent.Number, ColumnKind.Numeric) when double.IsFinite(cell.Value):
            case (CellContent.Boolean, ColumnKind.Boolean):
            case (CellContent.Instant, ColumnKind.Date):
                column.Encode(cell.Value, inputs.Slice(first[place], column.Width));
                return true;
            default:
                return false;
        }
    }

    private bool TryEncodeText(int place, ReadOnlySpan<char> text, Span<float> inputs)
    {
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> bytes = most <= BytesOnStack ? stackalloc byte[BytesOnStack] : new byte[most];
        return encoder.TryEncode(place, bytes[..Encoding.UTF8.GetBytes(text, bytes)], inputs);
    }
}
