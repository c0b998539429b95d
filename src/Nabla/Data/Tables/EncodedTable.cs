using System.Security.Cryptography;

namespace Nabla.Data.Tables;

/// <summary>A whole table of known columns, encoded.</summary>
internal sealed class EncodedTable
{
    private float[] inputs = [];
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

    /// <summary>Reads a file with the targets.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It does not fit the columns; the message says where.</exception>
    public static EncodedTable Read(string path, TableSchema schema)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var rows = new TableRows(TableFile.OpenRead(path), path, schema, hash);
        var table = new EncodedTable(schema);
        table.Read(path, rows);
        table.Fingerprint = Convert.ToHexStringLower(hash.GetHashAndReset());
        return table;
    }

    /// <summary>The samples.</summary>
    public Dataset ToDataset(string name) => IsRegression
        ? Dataset.FromTable(name, inputs, targets, Schema)
        : Dataset.FromTable(name, inputs, labels, Schema);

    private void Read(string path, TableRows rows)
    {
        if (!rows.HasTargets)
        {
            throw new InvalidDataException($"{path}: the target {string.Join(", ", Schema.Targets.Select(target => $"'{target.Name}'"))} is not among the columns: there is nothing to compare predictions with.");
        }

        int width = rows.Width, targetCount = Schema.Targets.Count;
        var classes = Schema.Classes.Index().ToDictionary(name => name.Item, name => name.Index);
        float[] row = new float[width];
        while (rows.TryRead(row))
        {
            if ((count + 1L) * width > Array.MaxLength)
            {
                throw new InvalidDataException($"{path}: more than {count} rows of {width} inputs cannot be held. Take a part of the rows.");
            }

            Grow(ref inputs, (count + 1) * width);
            row.CopyTo(inputs, count * width);
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
        }

        if (count == 0)
        {
            throw new InvalidDataException($"{path}: the file has no rows: expected a row a sample.");
        }

        Array.Resize(ref inputs, count * width);
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
