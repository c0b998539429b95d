namespace Nabla.Data.Idx;

/// <summary>Reads images that nobody has labelled.</summary>
public static class IdxImages
{
    /// <summary>Reads one IDX file of images, plain or gzipped.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The images. As the file has no labels, all belong to one class without a name.</returns>
    /// <exception cref="InvalidDataException">The content is not what the format demands; the message says where.</exception>
    public static Dataset Read(string path)
    {
        (IInputStorage pixels, ImageShape shape) = IdxReader.OpenImages(path, MemoryBudget.Of(null));
        return Dataset.FromImages(Path.GetFileName(path), pixels, shape, new int[pixels.Count], [""]);
    }
}
