using Nabla.Data.Tables.Schema;

namespace Nabla.Data.Sources;

/// <summary>
/// The inputs of a trained model. Data that is opened to measure the model is brought into this form.
/// </summary>
internal sealed record ModelInputs
{
    /// <summary>The columns of a table as the model learned them, or null.</summary>
    public TableSchema? Columns { get; init; }

    /// <summary>The size of the model's images, or null.</summary>
    public ImageShape? ImageSize { get; init; }

    /// <summary>The classes of a model of images, or null.</summary>
    public IReadOnlyList<string>? Classes { get; init; }
}

/// <summary>One kind of data that a request can name: a row of <see cref="DataSources"/>.</summary>
internal interface IDataSource
{
    /// <summary>The name of a named data set; null where data is given by its path.</summary>
    string? Name { get; }

    /// <summary>How a request names this data, as help shows it: <c>digits[:COUNT]</c>.</summary>
    string Form { get; }

    /// <summary>Whether a request names this data.</summary>
    bool Serves(DataRequest request);

    /// <summary>Opens the data and divides it.</summary>
    /// <param name="request">A request that this source serves.</param>
    /// <param name="model">The inputs of the model that is measured on the data; null to train on it.</param>
    /// <param name="progress">Receives the share that has been read, from 0 to 1; or null.</param>
    /// <exception cref="ArgumentException">The request asks for something that this data does not have.</exception>
    /// <exception cref="FileNotFoundException">The data is not on this machine.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    DataSplit Open(DataRequest request, ModelInputs? model, IProgress<double>? progress);

    /// <summary>The entry in the list of named data sets; null where data is given by its path.</summary>
    /// <param name="searchFolders">Where data sets are looked for.</param>
    DataSourceInfo? Describe(IReadOnlyList<string> searchFolders) => null;
}
