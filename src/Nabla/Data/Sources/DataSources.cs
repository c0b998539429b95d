using Nabla.Data.Download;
using Nabla.Data.Synthetic;

namespace Nabla.Data.Sources;

/// <summary>
/// The registry of data sources. Sources are asked in order, and the first that serves a request opens it. Immutable.
/// </summary>
internal sealed class DataSources(params IEnumerable<IDataSource> sources)
{
    /// <summary>The sources that Nabla brings: drawn sets, public sets by name, folders, tables.</summary>
    public static DataSources BuiltIn { get; } = new(
    [
        new SyntheticSource(
            "digits",
            "handwritten-looking digits, 28×28, drawn by Nabla itself",
            "digits[:COUNT]",
            30_000,
            (count, request) => Digits.Generate(count, request.Seed, request.Threads ?? Environment.ProcessorCount)),
        .. PlaneSets.All.Select(set => new SyntheticSource(set.Name, set.Description, set.Name, 2_000, (count, request) => PlaneSets.Generate(set, count, request.Seed))),
        .. PublicSet.All.Select(set => new NamedSource(set)),
        new IdxFolderSource(),
        new ImageFolderSource(),
        new TableSource(),
    ]);

    /// <summary>The sources, in the order in which they are asked.</summary>
    public IReadOnlyList<IDataSource> All { get; } = [.. sources];

    /// <inheritdoc cref="IDataSource.Open"/>
    public DataSplit Open(DataRequest request, ModelInputs? model, IProgress<double>? progress)
    {
        IDataSource source = All.FirstOrDefault(source => source.Serves(request)) ?? throw UnknownSource.Error(request, model, All);
        return source.Open(request, model, progress);
    }
}
