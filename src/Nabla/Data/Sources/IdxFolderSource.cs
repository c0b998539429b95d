using Nabla.Data.Download;
using Nabla.Data.Idx;
using Nabla.Data.Storage;

namespace Nabla.Data.Sources;

/// <summary>
/// A folder with IDX files. Its validation set comes from the end of the training set, in file order.
/// </summary>
internal sealed class IdxFolderSource : IDataSource
{
    /// <inheritdoc/>
    public string? Name => null;

    /// <inheritdoc/>
    public string Form => "a folder with IDX files";

    /// <inheritdoc/>
    public bool Serves(DataRequest request) => Directory.Exists(request.Source) && IdxFolder.HasTrainingImages(request.Source);

    /// <inheritdoc/>
    public DataSplit Open(DataRequest request, ModelInputs? model, IProgress<double>? progress)
    {
        RequestChecks.RequireNoColumns(request, model);
        RequestChecks.RequireNoImageSize(request, $"{request.Source} holds IDX files, whose images have their own");
        string name = DataFolders.NameOf(request.Source);
        IReadOnlyList<string>? classes = PublicSet.All.FirstOrDefault(set => set.Name == name)?.Classes;
        (Dataset train, Dataset? test) = IdxFolder.Read(request.Source, name, classes, MemoryBudget.OrDefault(request.MemoryBudget), progress);
        return Divide(train, test, request);
    }

    /// <summary>Divides a training set. A test set is kept; if there is none, it is drawn at random.</summary>
    /// <exception cref="ArgumentException">
    /// The request asks for another test set, or for more samples than there are.
    /// </exception>
    public static DataSplit Divide(Dataset train, Dataset? test, DataRequest request)
    {
        if (test is null)
        {
            (train, test) = Division.TakeTest(train, request);
        }
        else if (request.Test is not null)
        {
            throw new ArgumentException($"{train.Name} brings its own test set of {test.Count} samples: leave --test out.");
        }

        (train, Dataset? validation) = Division.Take(train, request.Validation ?? Split.DefaultValidation, "validation", Split.FromEnd);
        return new DataSplit(Division.Limit(train, request), validation, test);
    }
}
