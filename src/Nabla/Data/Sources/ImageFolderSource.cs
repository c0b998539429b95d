using Nabla.Data.Images;

namespace Nabla.Data.Sources;

/// <summary>
/// A folder of PNG images, one subfolder for each class; or folders of
/// training, validation and test images, each with such subfolders.
/// </summary>
internal sealed class ImageFolderSource : IDataSource
{
    /// <inheritdoc/>
    public string? Name => null;

    /// <inheritdoc/>
    public string Form => "a folder of images (one subfolder of PNGs a class)";

    /// <inheritdoc/>
    public bool Serves(DataRequest request) => Directory.Exists(request.Source) && ImageFolder.HasImages(request.Source);

    /// <inheritdoc/>
    public DataSplit Open(DataRequest request, ModelInputs? model, IProgress<double>? progress)
    {
        RequestChecks.RequireNoColumns(request, model);
        string folder = request.Source, name = DataFolders.NameOf(folder);
        var reader = new ImageFolderReader(request.ImageSize ?? model?.ImageSize, model?.Classes, progress);
        if (ImageFolder.Parts(folder) is not { } parts)
        {
            return Division.AtRandom(reader.Read(RequireClasses(ImageFolder.List(folder), model), name), request);
        }

        if (parts.Test is not null && request.Test is not null)
        {
            throw new ArgumentException($"{folder} brings its own test part ({parts.Test}): leave --test out.");
        }

        // A request may ask for no validation part at all, but not for another one than the folder's.
        bool isValidated = parts.Validation is not null && request.Validation != SplitSize.None;
        if (isValidated && request.Validation is not null)
        {
            throw new ArgumentException($"{folder} brings its own validation part ({parts.Validation}): leave --validation out, or pass 0 for none.");
        }

        ImageFolder training = RequireClasses(ImageFolder.List(parts.Train), model);
        Dataset train = reader.Read(training, name);
        Dataset? test = ReadPart(parts.Test), validation = isValidated ? ReadPart(parts.Validation) : null;
        DataSplit divided = Division.AtRandom(train, request with
        {
            Test = test is null ? request.Test : SplitSize.None,
            Validation = validation is null ? request.Validation : SplitSize.None,
        });
        return divided with { Test = test ?? divided.Test, Validation = validation ?? divided.Validation };

        Dataset? ReadPart(string? part) => part is null ? null : reader.Read(ImageFolder.List(part), name, training);
    }

    /// <summary>Training needs two classes; a model can be measured on one.</summary>
    private static ImageFolder RequireClasses(ImageFolder folder, ModelInputs? model) => folder.Classes.Length >= (model?.Classes is null ? 2 : 1)
        ? folder
        : throw new InvalidDataException(
            $"{folder.Path}: {folder.Classes.Length} subfolder{(folder.Classes.Length == 1 ? "" : "s")} with images: expected one for each of at least two classes.");
}
