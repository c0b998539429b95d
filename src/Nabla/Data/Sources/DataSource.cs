using Nabla.Data.Sources;
using Nabla.Data.Tables.Schema;

namespace Nabla;

/// <summary>A data set that has a name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Description">A short description of the samples.</param>
/// <param name="Location">
/// The folder where it was found; null for generated data and for data that is not on this machine.
/// </param>
/// <param name="IsGenerated">Whether Nabla draws it itself.</param>
public sealed record DataSourceInfo(string Name, string Description, string? Location, bool IsGenerated);

/// <summary>Opens data by name or path and divides it.</summary>
public static class DataSource
{
    /// <summary>
    /// How a request can name data, a text for each kind, as help shows
    /// it: <c>digits[:COUNT]</c>, <c>a folder with IDX files</c>.
    /// </summary>
    public static IReadOnlyList<string> Forms { get; } = [.. DataSources.BuiltIn.All.Select(source => source.Form)];

    /// <summary>Every named data set, and where it was found.</summary>
    /// <param name="searchFolders">Folders to look in, or null for the usual ones.</param>
    public static IReadOnlyList<DataSourceInfo> List(IReadOnlyList<string>? searchFolders = null) =>
        [.. DataSources.BuiltIn.All.Select(source => source.Describe(searchFolders ?? DefaultFolders())).OfType<DataSourceInfo>()];

    /// <summary>Where named data sets are looked for: $NABLA_DATA, the user's cache, the system's data sets.</summary>
    public static IReadOnlyList<string> DefaultFolders() => DataFolders.Default();

    /// <summary>The user's cache folder for downloaded data sets.</summary>
    public static string CacheFolder() => DataFolders.Cache();

    /// <summary>Opens data with the usual splits.</summary>
    /// <inheritdoc cref="Open(DataRequest, IProgress{double})"/>
    public static DataSplit Open(string source, ulong seed = 0) => Open(new DataRequest { Source = source, Seed = seed });

    /// <summary>Opens data and divides it.</summary>
    /// <remarks>
    /// A test set that the data brings is never trained on. IDX data gives its validation set from the end of the
    /// training set, in file order. Everything else is divided at random by the seed, class by class.
    /// </remarks>
    /// <param name="request">The data, and how to divide it.</param>
    /// <param name="progress">
    /// Receives the share of a table or of the images that has been read, from 0 to 1; or null.
    /// </param>
    /// <exception cref="ArgumentException">The name is unknown, or the splits contradict the data.</exception>
    /// <exception cref="FileNotFoundException">The data set is known but not on this machine.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static DataSplit Open(DataRequest request, IProgress<double>? progress = null) => Open(request, DataSources.BuiltIn, null, progress);

    /// <summary>Opens a table to measure a model on it, with the columns that the model knows.</summary>
    /// <remarks>
    /// The file that the model was trained on is divided into the same parts as in training, given the same options and
    /// seed. Any other file becomes the training part as a whole, unless the request asks for parts.
    /// </remarks>
    /// <param name="request">The table, and how to divide it. Its column options are ignored.</param>
    /// <param name="columns">The columns as the model learned them.</param>
    /// <param name="progress">Receives the share of the table that has been read, from 0 to 1; or null.</param>
    /// <exception cref="ArgumentException">The data is not a table, or the splits contradict it.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The table does not fit the columns; the message says where.</exception>
    public static DataSplit Open(DataRequest request, TableSchema columns, IProgress<double>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return Open(request, DataSources.BuiltIn, new ModelInputs { Columns = columns }, progress);
    }

    /// <summary>Opens data to measure a model of images on it.</summary>
    /// <remarks>
    /// The images of a folder are resized to the model's size, and their classes are matched by name with the model's.
    /// Other data is opened as usual.
    /// </remarks>
    /// <param name="request">The data, and how to divide it.</param>
    /// <param name="image">The image size of the model.</param>
    /// <param name="classes">The classes of the model.</param>
    /// <param name="progress">
    /// Receives the share of a table or of the images that has been read, from 0 to 1; or null.
    /// </param>
    /// <inheritdoc cref="Open(DataRequest, IProgress{double})"/>
    public static DataSplit Open(DataRequest request, ImageShape image, IReadOnlyList<string> classes, IProgress<double>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(classes);
        return Open(request, DataSources.BuiltIn, new ModelInputs { ImageSize = image, Classes = classes }, progress);
    }

    /// <summary>Opens data from the sources of a registry.</summary>
    internal static DataSplit Open(DataRequest request, DataSources sources, ModelInputs? model = null, IProgress<double>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        return sources.Open(request, model, progress);
    }
}
