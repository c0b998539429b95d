using Nabla.Data.Tables.Raw;
using Nabla.Data.Tables.Text;

namespace Nabla.Data.Tables.Fitting;

/// <summary>The column with the weights of the rows.</summary>
internal static class TableWeights
{
    /// <summary>The index of the weights column in the table, or −1.</summary>
    public static int ColumnOf(RawTable table, TableOptions options) =>
        options.WeightsColumn is { } column ? table.IndexOf(table.Names[HeaderRow.Find(table.Names, column, table.Name)]) : -1;

    /// <summary>The rows with their weights; the rows themselves if the table has none.</summary>
    /// <exception cref="InvalidDataException">A weight is missing or negative, or all are 0.</exception>
    public static Dataset Apply(Dataset rows, RawTable table, TableOptions options)
    {
        int column = ColumnOf(table, options);
        if (column < 0)
        {
            return rows;
        }

        double[] weights = new double[table.Count];
        for (int row = 0; row < weights.Length; row++)
        {
            weights[row] = table.Row(row)[column];
            if (!(weights[row] >= 0))
            {
                throw new InvalidDataException($"{table.Name}: the weight '{table.Columns[column].Name}' of row {row + 1} is {(double.IsNaN(weights[row]) ? "missing" : "negative")}: expected a number, 0 or more.");
            }
        }

        try
        {
            return rows.WithWeights(weights);
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"{table.Name}: {error.Message}", error);
        }
    }
}
