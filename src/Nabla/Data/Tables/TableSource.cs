using Nabla.Data.Sources;
using Nabla.Data.Storage;
using Nabla.Data.Tables.Encoders;
using Nabla.Data.Tables.Fitting;
using Nabla.Data.Tables.Raw;
using Nabla.Data.Tables.Schema;

namespace Nabla.Data.Tables;

/// <summary>Opens tables and divides them. What is learned of the columns is learned from the training rows alone.</summary>
internal static class TableSource
{
    /// <summary>Opens a table of unknown columns: finds the task, divides the rows, learns the columns from the training part.</summary>
    public static DataSplit Open(DataRequest request, IProgress<double>? reading)
    {
        var budget = MemoryBudget.Of(request.MemoryBudget);
        (Dataset all, int[] train, int[]? validation, int[]? test) = Learn(request, budget, reading);
        return Parts(request, all, train, validation, test, budget, reading);
    }

    private static (Dataset All, int[] Train, int[]? Validation, int[]? Test) Learn(DataRequest request, MemoryBudget budget, IProgress<double>? reading)
    {
        TableOptions options = request.Table ?? new TableOptions();
        using RawTable table = RawTableReader.Read(request.Source, options, budget, reading);
        TableTargets targets = TableTargets.Of(table, options);
        (int[] train, int[]? validation, int[]? test) = Divide(request, table.Name, targets.Labels, targets.Classes.Length, table.Count);
        (TableSchema schema, IReadOnlyList<InputOrigin> origins) = SchemaFit.Run(table, train, targets, options);
        IInputStorage inputs = TableInputs.Encode(table, origins, schema.Width, budget);
        string name = NameOf(request.Source);
        Dataset all = targets.Labels is { } labels
            ? Dataset.FromTable(name, inputs, labels, schema)
            : Dataset.FromTable(name, inputs, Targets(table, targets, schema), schema);
        return (TableWeights.Apply(all, table, options), train, validation, test);
    }

    /// <summary>Opens a table of known columns, to measure a model on it.</summary>
    public static DataSplit Open(DataRequest request, TableSchema schema, IProgress<double>? reading)
    {
        var budget = MemoryBudget.Of(request.MemoryBudget);
        EncodedTable table = EncodedTable.Read(request.Source, schema, budget, reading);
        Dataset all = table.ToDataset(NameOf(request.Source));

        // Of other data than the training's nothing has to be held back: all of it is new.
        bool isKnown = table.Fingerprint == schema.Fingerprint;
        DataRequest split = isKnown ? request : request with { Test = request.Test ?? SplitSize.None, Validation = request.Validation ?? SplitSize.None };
        (int[] train, int[]? validation, int[]? test) = Divide(split, request.Source, all.IsRegression ? null : table.Labels.ToArray(), schema.Classes.Count, all.Count);
        return Parts(split, all, train, validation, test, budget, reading);
    }

    private static DataSplit Parts(DataRequest request, Dataset all, int[] train, int[]? validation, int[]? test, MemoryBudget budget, IProgress<double>? reading) => new(
        all.Select(train),
        validation is null ? Read(request.ValidationFile, all, budget, reading) : all.Select(validation),
        test is null ? Read(request.TestFile, all, budget, reading) : all.Select(test));

    private static Dataset? Read(string? path, Dataset all, MemoryBudget budget, IProgress<double>? reading) => path is null ? null : EncodedTable.Read(path, all.Columns!, budget, reading).ToDataset(NameOf(path));

    /// <summary>The rows of each part, in the order of the file; class by class in proportion where there are classes.</summary>
    private static (int[] Train, int[]? Validation, int[]? Test) Divide(DataRequest request, string name, int[]? labels, int classes, int count)
    {
        int[] rest = [.. Enumerable.Range(0, count)];
        int[]? test = request.TestFile is null ? Take(request.Test ?? SplitSize.OfShare(0.2), "test") : null;
        int[]? validation = request.ValidationFile is null ? Take(request.Validation ?? SplitSize.OfShare(0.1), "validation") : null;
        int limit = request.Limit ?? rest.Length;
        return limit >= 1 && limit <= rest.Length
            ? (rest[..limit], validation, test)
            : throw new ArgumentException(limit < 1 ? $"The limit must be at least 1 training sample, not {limit}." : $"A limit of {limit} training samples, but there are only {rest.Length}.");

        int[]? Take(SplitSize size, string part)
        {
            int taken = size.Of(rest.Length);
            if (taken == 0)
            {
                return null;
            }

            int[] pool = rest;
            (int[] remaining, int[] chosen) = Split.Stratify(labels is null ? null : [.. pool.Select(row => labels[row])], Math.Max(1, classes), pool.Length, taken, request.Seed, part, name);
            rest = [.. remaining.Select(i => pool[i])];
            return [.. chosen.Select(i => pool[i])];
        }
    }

    private static double[] Targets(RawTable table, TableTargets targets, TableSchema schema)
    {
        double[] all = new double[(long)table.Count * targets.Columns.Length];
        int at = 0;
        for (int row = 0; row < table.Count; row++)
        {
            ReadOnlySpan<double> cells = table.Row(row);
            for (int i = 0; i < targets.Columns.Length; i++)
            {
                all[at++] = (cells[targets.Columns[i]] - schema.Targets[i].Center) / schema.Targets[i].Scale;
            }
        }

        return all;
    }

    private static string NameOf(string path)
    {
        string name = Path.GetFileName(path);
        int dot = name.IndexOf('.', 1);
        return dot > 0 ? name[..dot] : name;
    }
}
