using Nabla.Data.Storage;

namespace Nabla.Data.Idx;

/// <summary>Reads images without labels.</summary>
public static class IdxImages
{
    /// <summary>Reads one IDX file of images, plain or gzipped.</summary>
    /// <param name="path">The file.</param>
    /// <param name="progress">Receives the share of the file that has been read, from 0 to 1; or null.</param>
    /// <returns>The images, all in one class with an empty name.</returns>
    /// <exception cref="InvalidDataException">The content violates the format; the message says where.</exception>
    public static Dataset Read(string path, IProgress<double>? progress = null)
    {
        (IInputStorage pixels, ImageShape shape) = IdxReader.OpenImages(path, MemoryBudget.OrDefault(null), progress);
        return Dataset.FromImages(Path.GetFileName(path), pixels, shape, new int[pixels.Count], [""]);
    }
}
