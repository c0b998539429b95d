using Nabla.Data.Storage;
using Nabla.Data.Tables.Fitting;
using Nabla.Data.Tables.Raw;
using Nabla.Data.Tables.Schema;

namespace Nabla.Data.Sources;

/// <summary>Makes data of a table, wherever its cells come from. The columns are learned from the training rows alone.</summary>
internal static class LearnedTable
{
    /// <summary>Finds the task, divides the rows and learns the columns from the training part.</summary>
    /// <param name="table">The table.</param>
    /// <param name="name">The name of the data.</param>
    /// <param name="request">How to divide the rows.</param>
    /// <param name="options">What to learn from the columns.</param>
    /// <param name="budget">The memory that the inputs may take.</param>
    /// <exception cref="ArgumentException">A part needs more rows than there are, or the target does not fit the task.</exception>
    /// <exception cref="InvalidDataException">Nothing can be learned from the columns.</exception>
    public static (Dataset All, RowParts Parts) Of(RawTable table, string name, DataRequest request, TableOptions options, MemoryBudget budget)
    {
        TableTargets targets = TableTargets.Of(table, options);
        RowParts parts = RowParts.Divide(request, table.Name, targets.Labels, targets.Classes.Length, table.Count);
        (TableSchema schema, IReadOnlyList<InputOrigin> origins) = SchemaFit.Learn(table, parts.Train, targets, options);
        IInputStorage inputs = TableInputs.Encode(table, origins, schema.Width, budget);
        Dataset all = targets.Labels is { } labels
            ? Dataset.FromTable(name, inputs, labels, schema)
            : Dataset.FromTable(name, inputs, ScaledTargets(table, targets, schema), schema);
        return (TableWeights.Apply(all, table, options), parts);
    }

    private static double[] ScaledTargets(RawTable table, TableTargets targets, TableSchema schema)
    {
        double[] scaled = new double[(long)table.Count * targets.Columns.Length];
        int next = 0;
        for (int row = 0; row < table.Count; row++)
        {
            ReadOnlySpan<double> cells = table.Row(row);
            for (int i = 0; i < targets.Columns.Length; i++)
            {
                scaled[next++] = (cells[targets.Columns[i]] - schema.Targets[i].Center) / schema.Targets[i].Scale;
            }
        }

        return scaled;
    }
}
