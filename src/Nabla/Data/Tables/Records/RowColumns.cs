using Nabla.Data.Tables.Schema;
using Nabla.Data.Tables.Text;

namespace Nabla;

/// <summary>The columns of a program's rows, and how each is read from a row: for training and for prediction.</summary>
/// <remarks>No reflection is used. Columns keep the order in which they are bound.</remarks>
/// <typeparam name="TRow">The type of the rows: a record, a class, anything.</typeparam>
public sealed class RowColumns<TRow>
{
    private readonly OrderedDictionary<string, Func<TRow, Cell>> cells = [];
    private readonly List<string> targets = [];

    internal RowColumns()
    {
    }

    /// <summary>The names of all columns, in order.</summary>
    internal IReadOnlyList<string> Names => [.. cells.Keys];

    /// <summary>The names of the targets, in order.</summary>
    internal IReadOnlyList<string> Targets => targets;

    /// <summary>Binds a column.</summary>
    /// <param name="name">The name of the column.</param>
    /// <param name="cell">Gets the cell of a row. Numbers, texts, booleans and dates, nullable or not, convert to <see cref="Cell"/> implicitly.</param>
    /// <returns>This, for the next column.</returns>
    /// <exception cref="ArgumentException">The column is bound already.</exception>
    public RowColumns<TRow> Column(string name, Func<TRow, Cell> cell)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(cell);
        return cells.TryAdd(name, cell) ? this : throw new ArgumentException($"The column '{name}' is bound twice.", nameof(name));
    }

    /// <summary>
    /// Binds a column that training predicts. Several targets make a regression with as many outputs. Prediction does not
    /// read it, so the same binding serves both.
    /// </summary>
    /// <inheritdoc cref="Column"/>
    public RowColumns<TRow> Target(string name, Func<TRow, Cell> cell)
    {
        Column(name, cell);
        targets.Add(name);
        return this;
    }

    /// <summary>How the cell of a column is read.</summary>
    internal Func<TRow, Cell> CellOf(string name) => cells[name];

    /// <summary>The cells of the model's input columns, in their order.</summary>
    /// <exception cref="ArgumentException">A column of the model is not bound, or a bound column is not in the model's table.</exception>
    internal Func<TRow, Cell>[] InOrder(TableSchema schema)
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
