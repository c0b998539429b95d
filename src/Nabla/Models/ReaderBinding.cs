using System.Data.Common;
using Nabla.Data.Tables.Records;

namespace Nabla;

/// <summary>Predicts the rows of database queries.</summary>
public static class ReaderBinding
{
    /// <summary>
    /// Maps each model column to the reader's column of the same name. Then predict the row that the reader is at:
    /// <c>while (reader.Read()) { Prediction next = binding.Predict(reader); }</c>.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="reader">A reader. Other readers with the same columns in the same order can be predicted as well.</param>
    /// <exception cref="ArgumentException">The reader lacks columns; the message lists all of them.</exception>
    /// <exception cref="InvalidOperationException">The model's inputs are not columns.</exception>
    public static RowBinding<DbDataReader> Bind(this Model model, DbDataReader reader)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(reader);
        string[] inputs = [.. (model.Columns?.Inputs ?? []).Select(column => column.Name)];
        return new RowBinding<DbDataReader>(model, ReaderRows.Bind(reader, inputs));
    }
}
