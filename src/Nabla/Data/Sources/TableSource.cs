using Nabla.Data.Storage;
using Nabla.Data.Tables.Encoders;
using Nabla.Data.Tables.Raw;
using Nabla.Data.Tables.Schema;
using Nabla.Data.Tables.Text;

namespace Nabla.Data.Sources;

/// <summary>A table in a file. The columns are learned from the training rows alone.</summary>
internal sealed class TableSource : IDataSource
{
    /// <inheritdoc/>
    public string? Name => null;

    /// <inheritdoc/>
    public string Form => "a table: .csv, .tsv, also .gz";

    /// <inheritdoc/>
    public bool Serves(DataRequest request) => TableFile.IsTable(request.Source);

    /// <inheritdoc/>
    public DataSplit Open(DataRequest request, ModelInputs? model, IProgress<double>? progress)
    {
        var budget = MemoryBudget.OrDefault(request.MemoryBudget);
        if (model?.Columns is { } columns)
        {
            return OpenKnown(request, columns, budget, progress);
        }

        RequestChecks.RequireNoImageSize(request, $"{request.Source} is not one");
        (Dataset all, RowParts parts) = Learn(request, budget, progress);
        return Select(all, parts, request, budget, progress);
    }

    private static (Dataset All, RowParts Parts) Learn(DataRequest request, MemoryBudget budget, IProgress<double>? progress)
    {
        TableOptions options = request.Table ?? new TableOptions();
        using RawTable table = RawTableReader.Read(request.Source, options, budget, progress);
        return LearnedTable.Of(table, NameOf(request.Source), request, options, budget);
    }

    private static DataSplit OpenKnown(DataRequest request, TableSchema schema, MemoryBudget budget, IProgress<double>? progress)
    {
        EncodedTable table = EncodedTable.Read(request.Source, schema, budget, progress);
        Dataset all = table.ToDataset(NameOf(request.Source));

        // Rows of another file were not trained on: none of them has to be held back.
        bool isTrainingFile = table.Fingerprint == schema.Fingerprint;
        DataRequest division = isTrainingFile
            ? request
            : request with { Test = request.Test ?? SplitSize.None, Validation = request.Validation ?? SplitSize.None };
        int[]? labels = all.IsRegression ? null : table.Labels.ToArray();
        RowParts parts = RowParts.Divide(division, request.Source, labels, schema.Classes.Count, all.Count);
        return Select(all, parts, division, budget, progress);
    }

    private static DataSplit Select(Dataset all, RowParts parts, DataRequest request, MemoryBudget budget, IProgress<double>? progress)
    {
        return new DataSplit(
            all.Select(parts.Train),
            parts.Validation is { } validation ? all.Select(validation) : ReadFile(request.ValidationFile),
            parts.Test is { } test ? all.Select(test) : ReadFile(request.TestFile));

        Dataset? ReadFile(string? path) => path is null ? null : EncodedTable.Read(path, all.Columns!, budget, progress).ToDataset(NameOf(path));
    }

    private static string NameOf(string path)
    {
        string name = Path.GetFileName(path);
        int dot = name.IndexOf('.', 1);
        return dot > 0 ? name[..dot] : name;
    }
}
