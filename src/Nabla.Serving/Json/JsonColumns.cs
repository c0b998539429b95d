using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Nabla.Data.Tables.Schema;

namespace Nabla.Serving.Json;

/// <summary>
/// Reads JSON objects as rows of a model's table: columns by name in any order, unknown names are skipped, null is
/// missing.
/// </summary>
internal sealed class JsonColumns
{
    private readonly IReadOnlyList<InputColumn> inputs;
    private readonly Dictionary<string, int> places;
    private readonly RowBinding<Cell[]> binding;

    public JsonColumns(Model model)
    {
        inputs = model.Columns!.Inputs;
        places = inputs.Index().ToDictionary(column => column.Item.Name, column => column.Index, StringComparer.Ordinal);
        binding = model.Bind<Cell[]>(row =>
        {
            for (int i = 0; i < inputs.Count; i++)
            {
                int place = i;
                row.Column(inputs[i].Name, cells => cells[place]);
            }
        });
    }

    /// <summary>Number of input columns.</summary>
    public int Count => inputs.Count;

    /// <summary>Reads the object at the reader.</summary>
    /// <param name="json">At the start of the object before the call, at its end afterwards.</param>
    /// <param name="row">The index of the row, for messages.</param>
    /// <param name="cells">[<see cref="Count"/>], overwritten.</param>
    /// <param name="present">[<see cref="Count"/>], overwritten.</param>
    /// <param name="values">Receives the inputs of the model.</param>
    public void Read(ref Utf8JsonReader json, int row, Cell[] cells, bool[] present, Span<float> values)
    {
        Array.Clear(present);
        int next = 0;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            int place = PlaceOf(ref json, next);
            json.Read();
            if (place < 0)
            {
                json.Skip();
                continue;
            }

            if (present[place])
            {
                throw Wrong(row, $"has the column '{inputs[place].Name}' twice");
            }

            present[place] = true;
            cells[place] = CellOf(ref json, row, inputs[place]);
            next = place + 1;
        }

        int absent = Array.IndexOf(present, false);
        if (absent >= 0)
        {
            throw Wrong(row, $"has no column '{inputs[absent].Name}': expected {Names()}, and null for a missing value");
        }

        if (!binding.TryEncode(cells, values, out string? problem))
        {
            throw new RequestRefusedException(StatusCodes.Status400BadRequest, $"rows[{Text(row)}]: {problem}");
        }
    }

    /// <summary>
    /// The column of the name at the reader, or −1. Most rows have the same order, so the expected column is tried
    /// first.
    /// </summary>
    private int PlaceOf(ref Utf8JsonReader json, int expected)
    {
        if (expected < inputs.Count && JsonText.Is(ref json, inputs[expected].Name))
        {
            return expected;
        }

        return places.GetValueOrDefault(JsonText.Read(ref json), -1);
    }

    private static Cell CellOf(ref Utf8JsonReader json, int row, InputColumn column) => json.TokenType switch
    {
        JsonTokenType.Null => Cell.Missing,
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.String => JsonText.Read(ref json),

        // The text of the number is kept: a category may be called 1.0.
        JsonTokenType.Number when column.Kind == ColumnKind.Categorical => Encoding.UTF8.GetString(json.ValueSpan),
        JsonTokenType.Number => json.GetDouble(),
        _ => throw Wrong(row, $"has an array or an object in column '{column.Name}': expected a number, a string, true, false or null"),
    };

    private string Names()
    {
        const int Shown = 12;
        return string.Join(", ", inputs.Take(Shown).Select(column => $"'{column.Name}'")) + (inputs.Count > Shown ? $", … ({Text(inputs.Count)} in all)" : "");
    }

    private static RequestRefusedException Wrong(int row, string what) => new(StatusCodes.Status400BadRequest, $"rows[{Text(row)}] {what}.");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
