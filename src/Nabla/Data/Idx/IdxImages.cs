using Nabla.Data.Storage;

namespace Nabla.Data.Idx;

/// <summary>Reads images that nobody has labelled.</summary>
public static class IdxImages
{
    /// <summary>Reads one IDX file of images, plain or gzipped.</summary>
    /// <param name="path">The file.</param>
    /// <param name="reading">Hears which share of the file is read, from 0 to 1; or null.</param>
    /// <returns>The images. As the file has no labels, all belong to one class without a name.</returns>
    /// <exception cref="InvalidDataException">The content is not what the format demands; the message says where.</exception>
    public static Dataset Read(string path, IProgress<double>? reading = null)
    {
        (IInputStorage pixels, ImageShape shape) = IdxReader.OpenImages(path, MemoryBudget.Of(null), reading);
        return Dataset.FromImages(Path.GetFileName(path), pixels, shape, new int[pixels.Count], [""]);
    }
}
