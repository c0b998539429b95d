using Nabla.Data.Download;
using Nabla.Data.Idx;
using Nabla.Data.Storage;

namespace Nabla.Data.Sources;

/// <summary>A public data set by its name, looked for in the data folders of this machine.</summary>
internal sealed class NamedSource(PublicSet set) : IDataSource
{
    /// <inheritdoc/>
    public string? Name => set.Name;

    /// <inheritdoc/>
    public string Form => set.Name;

    /// <inheritdoc/>
    public bool Serves(DataRequest request) => SourceName.Of(request).Name == set.Name;

    /// <inheritdoc/>
    public DataSplit Open(DataRequest request, ModelInputs? model, IProgress<double>? progress)
    {
        RequestChecks.RequireNoColumns(request, model);
        RequestChecks.RequireNoImageSize(request, $"{request.Source} is not one");
        if (SourceName.Of(request).Count is not null)
        {
            throw new ArgumentException($"'{request.Source}': {set.Name} has its own size; use --limit for fewer samples.");
        }

        IReadOnlyList<string> folders = request.SearchFolders ?? DataFolders.Default();
        string folder = DataFolders.Locate(set.Name, folders) ?? throw new FileNotFoundException(
            $"The data set {set.Name} is not on this machine: looked for {string.Join(", ", folders.Select(f => Path.Combine(f, set.Name)))}. Fetch it with: nabla data get {set.Name}");
        (Dataset train, Dataset? test) = IdxFolder.Read(folder, set.Name, set.Classes, MemoryBudget.OrDefault(request.MemoryBudget), progress);
        return test is not null
            ? IdxFolderSource.Divide(train, test, request)
            : throw new FileNotFoundException(
                $"{folder}: the test set of {set.Name} is missing (t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, plain or .gz). Fetch it with: nabla data get {set.Name}");
    }

    /// <inheritdoc/>
    public DataSourceInfo? Describe(IReadOnlyList<string> searchFolders) =>
        new(set.Name, set.Description, DataFolders.Locate(set.Name, searchFolders), IsGenerated: false);
}
