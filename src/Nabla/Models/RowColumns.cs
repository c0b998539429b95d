using Nabla.Data.Tables.Text;

namespace Nabla;

/// <summary>Maps model columns to cells of a row; filled by the action passed to <see cref="Model.Bind"/>.</summary>
/// <typeparam name="TRow">The type of the rows: a record, a class, anything.</typeparam>
public sealed class RowColumns<TRow>
{
    private readonly Dictionary<string, Func<TRow, Cell>> cells = [];

    internal RowColumns()
    {
    }

    /// <summary>Binds a column.</summary>
    /// <param name="name">The column's name in the table that the model was trained on.</param>
    /// <param name="cell">Gets the cell of a row. Numbers, texts, booleans and dates, nullable or not, convert to <see cref="Cell"/> implicitly.</param>
    /// <returns>This, for the next column.</returns>
    /// <exception cref="ArgumentException">The column is bound already.</exception>
    public RowColumns<TRow> Column(string name, Func<TRow, Cell> cell)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(cell);
        return cells.TryAdd(name, cell) ? this : throw new ArgumentException($"The column '{name}' is bound twice.", nameof(name));
    }

    /// <summary>The cells of the model's input columns, in their order.</summary>
    /// <exception cref="ArgumentException">A column of the model is not bound, or a bound column is not in the model's table.</exception>
    internal Func<TRow, Cell>[] InOrder(Data.Tables.Schema.TableSchema schema)
    {
        string[] inputs = [.. schema.Inputs.Select(column => column.Name)], absent = [.. inputs.Where(name => !cells.ContainsKey(name))];
        if (absent.Length > 0)
        {
            throw new ArgumentException($"{NameList.Quoted(absent)} not bound to {typeof(TRow).Name}: the model takes {NameList.Quoted(inputs)}. Bind each with Column(name, row => …).");
        }

        string[] strange = [.. cells.Keys.Where(name => !schema.Names.Contains(name))];
        return strange.Length == 0
            ? [.. inputs.Select(name => cells[name])]
            : throw new ArgumentException($"{NameList.Quoted(strange)} bound to {typeof(TRow).Name}, but not in the table of the model, which takes {NameList.Quoted(inputs)}.");
    }
}
