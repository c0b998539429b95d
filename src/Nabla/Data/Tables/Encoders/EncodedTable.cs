using System.Security.Cryptography;
using Nabla.Data.Files;
using Nabla.Data.Storage;
using Nabla.Data.Tables.Schema;
using Nabla.Data.Tables.Text;

namespace Nabla.Data.Tables.Encoders;

/// <summary>A whole table, encoded with known columns.</summary>
internal sealed class EncodedTable
{
    private IInputStorage? inputs;
    private int[] labels = [];
    private double[] targets = [];
    private int count;

    private EncodedTable(TableSchema schema)
    {
        Schema = schema;
    }

    public TableSchema Schema { get; }

    private bool IsRegression => Schema.Classes.Count == 0;

    /// <summary>The class of each row; empty for regression.</summary>
    public ReadOnlySpan<int> Labels => labels;

    /// <summary>SHA-256 of the file's text.</summary>
    public string Fingerprint { get; private set; } = "";

    /// <summary>Reads a file, with its targets.</summary>
    /// <param name="path">The file.</param>
    /// <param name="schema">The known columns.</param>
    /// <param name="budget">The memory that the inputs may take.</param>
    /// <param name="progress">Receives the share of the file that has been read, from 0 to 1; or null.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file does not fit the columns; the message says where.</exception>
    public static EncodedTable Read(string path, TableSchema schema, MemoryBudget budget, IProgress<double>? progress)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var rows = new TableRows(TableFile.OpenRead(path, out FileStream file), path, schema, hash);
        var table = new EncodedTable(schema);
        table.Read(path, rows, budget, new FileProgress(file, progress));
        table.Fingerprint = Convert.ToHexStringLower(hash.GetHashAndReset());
        return table;
    }

    /// <summary>The rows as a data set.</summary>
    public Dataset ToDataset(string name) => IsRegression
        ? Dataset.FromTable(name, inputs!, targets, Schema)
        : Dataset.FromTable(name, inputs!, labels, Schema);

    private void Read(string path, TableRows rows, MemoryBudget budget, FileProgress fileProgress)
    {
        if (!rows.HasTargets)
        {
            throw new InvalidDataException($"{path}: the target {string.Join(", ", Schema.Targets.Select(target => $"'{target.Name}'"))} is not among the columns, so there is nothing to compare predictions with.");
        }

        int width = rows.Width, targetCount = Schema.Targets.Count, maxCount = Array.MaxLength / Math.Max(1, targetCount);
        var classes = Schema.Classes.Index().ToDictionary(name => name.Item, name => name.Index);
        float[] row = new float[width];
        using var values = new InputRows(path, width, budget);
        while (rows.TryRead(row))
        {
            if (count == maxCount)
            {
                throw new InvalidDataException($"{path}: there are more than {count} rows, which cannot be indexed. Use fewer rows.");
            }

            values.Add(row);
            if (IsRegression)
            {
                Grow(ref targets, (count + 1) * targetCount);
                rows.Targets(targets.AsSpan(count * targetCount, targetCount));
            }
            else
            {
                Grow(ref labels, count + 1);
                labels[count] = rows.Label(classes);
            }

            count++;
            if (!rows.HasWaitingRow)
            {
                fileProgress.Report();
            }
        }

        if (count == 0)
        {
            throw new InvalidDataException($"{path}: the file has no rows: expected one row per sample.");
        }

        inputs = values.Complete();
        Array.Resize(ref targets, IsRegression ? count * targetCount : 0);
        Array.Resize(ref labels, IsRegression ? 0 : count);
    }

    private static void Grow<T>(ref T[] values, int length)
    {
        if (length > values.Length)
        {
            Array.Resize(ref values, (int)Math.Min(Array.MaxLength, Math.Max(length, Math.Max(1024, 2L * values.Length))));
        }
    }
}
