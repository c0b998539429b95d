using System.Globalization;

namespace Nabla.Data.Sources;

/// <summary>Samples that Nabla draws itself, in any number.</summary>
/// <param name="name">The name of the data set.</param>
/// <param name="description">A short description of the samples.</param>
/// <param name="form">The name as help shows it.</param>
/// <param name="defaultCount">Number of samples if the request gives none.</param>
/// <param name="generate">Draws that many samples.</param>
internal sealed class SyntheticSource(string name, string description, string form, int defaultCount, Func<int, DataRequest, Dataset> generate) : IDataSource
{
    private const int SmallestCount = 10;
    private const int LargestCount = 2_000_000;

    /// <inheritdoc/>
    public string? Name => name;

    /// <inheritdoc/>
    public string Form => form;

    /// <inheritdoc/>
    public bool Serves(DataRequest request) => SourceName.Of(request).Name == name;

    /// <inheritdoc/>
    public DataSplit Open(DataRequest request, ModelInputs? model, IProgress<double>? progress)
    {
        RequestChecks.RequireNoColumns(request, model);
        RequestChecks.RequireNoImageSize(request, $"{request.Source} is not one");
        return Division.AtRandom(generate(Count(request), request), request);
    }

    /// <inheritdoc/>
    public DataSourceInfo? Describe(IReadOnlyList<string> searchFolders) => new(name, description, null, IsGenerated: true);

    private int Count(DataRequest request) => SourceName.Of(request).Count is not { } text ? defaultCount
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is >= SmallestCount and <= LargestCount ? count
        : throw new ArgumentException($"'{request.Source}': the count after the colon must be a number from {SmallestCount} to {LargestCount}.");
}
