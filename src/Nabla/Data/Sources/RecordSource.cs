using Nabla.Data.Storage;
using Nabla.Data.Tables.Raw;
using Nabla.Data.Tables.Records;

namespace Nabla.Data.Sources;

/// <summary>Makes data of the rows of a program.</summary>
internal static class RecordSource
{
    /// <summary>Reads all rows, divides them and learns the columns from the training part.</summary>
    /// <param name="rows">The rows. They are read once.</param>
    /// <param name="bound">The columns, and how each is read from a row.</param>
    /// <param name="targets">The target columns; empty for those that the options name.</param>
    /// <param name="options">How to divide the rows, and what to learn from their columns.</param>
    /// <typeparam name="TRow">The type of the rows.</typeparam>
    /// <exception cref="ArgumentException">The targets are given twice, or the options do not fit the columns.</exception>
    /// <exception cref="InvalidDataException">A cell does not fit its column; the message says where.</exception>
    public static DataSplit Open<TRow>(IEnumerable<TRow> rows, RowColumns<TRow> bound, IReadOnlyList<string> targets, RowsOptions options)
    {
        TableOptions columns = options.Table ?? new TableOptions();
        if (targets.Count > 0)
        {
            columns = columns.Targets.Count == 0
                ? columns with { Targets = targets }
                : throw new ArgumentException($"{options.Name}: the targets are given twice, as {string.Join(", ", targets)} and as {string.Join(", ", columns.Targets)} in the table options. Leave one out.");
        }

        var budget = MemoryBudget.OrDefault(options.MemoryBudget);
        var request = new DataRequest { Source = options.Name, Validation = options.Validation, Test = options.Test, Limit = options.Limit, Seed = options.Seed };
        using RawTable table = RecordTable.Read(options.Name, rows, bound, columns, budget);
        (Dataset all, RowParts parts) = LearnedTable.Of(table, options.Name, request, columns, budget);
        return parts.Of(all);
    }
}
