namespace Nabla.Data.Sources;

/// <summary>Refuses what a request asks of data that cannot give it.</summary>
internal static class RequestChecks
{
    /// <summary>Refuses what only a table has: columns, and files of their own for validation and test.</summary>
    /// <exception cref="ArgumentException">The model takes columns, or the request names columns or files.</exception>
    public static void RequireNoColumns(DataRequest request, ModelInputs? model)
    {
        if (model?.Columns is not null)
        {
            throw new ArgumentException($"'{request.Source}' is not a table, but the model takes the columns of one. Expected a .csv or .tsv file, plain or .gz.");
        }

        if (request.Table is not null || request.ValidationFile is not null || request.TestFile is not null)
        {
            throw new ArgumentException($"'{request.Source}' is not a table: column options, and files for validation and test, need a .csv or .tsv file.");
        }
    }

    /// <summary>Refuses an image size.</summary>
    /// <param name="request">The request.</param>
    /// <param name="reason">Why the size does not apply, for the message.</param>
    /// <exception cref="ArgumentException">The request gives one.</exception>
    public static void RequireNoImageSize(DataRequest request, string reason)
    {
        if (request.ImageSize is { } size)
        {
            throw new ArgumentException($"A size of {size} is for folders of images, and {reason}. Leave --size out.");
        }
    }
}
