using System.Globalization;
using Nabla.Data.Storage;

namespace Nabla.Data.Idx;

/// <summary>A folder with the four files of an IDX data set. The two test files may be missing.</summary>
internal static class IdxFolder
{
    /// <summary>Whether a folder holds the training images.</summary>
    public static bool HasTrainingImages(string folder) => Find(folder, "train-images-idx3-ubyte") is not null;

    /// <summary>Reads the training set, and the test set if there is one.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">The name of the data set.</param>
    /// <param name="knownClasses">
    /// The names of the classes, or null. A label beyond them names all classes by their numbers.
    /// </param>
    /// <param name="budget">The memory that the inputs may take.</param>
    /// <param name="progress">Receives the share of the images that has been read, from 0 to 1; or null.</param>
    /// <exception cref="InvalidDataException">A file is damaged, or the files do not match.</exception>
    public static (Dataset Train, Dataset? Test) Read(string folder, string name, IReadOnlyList<string>? knownClasses, MemoryBudget budget, IProgress<double>? progress = null)
    {
        (IInputStorage pixels, int[] labels, ImageShape shape) = ReadPair(folder, "train", budget, progress);
        int largest = labels.Max();
        IReadOnlyList<string> classes = knownClasses?.Count > largest
            ? knownClasses
            : [.. Enumerable.Range(0, Math.Max(2, largest + 1)).Select(label => label.ToString(CultureInfo.InvariantCulture))];
        Dataset train = Dataset.FromImages(name, pixels, shape, labels, classes);
        if (Find(folder, "t10k-images-idx3-ubyte") is null && Find(folder, "t10k-labels-idx1-ubyte") is null)
        {
            return (train, null);
        }

        // One test file without the other means a damaged folder, not one without a test set. Going on would train on
        // samples meant for testing.
        string testImages = FindRequired(folder, "t10k-images-idx3-ubyte");
        (IInputStorage testPixels, int[] testLabels, ImageShape testShape) = ReadPair(folder, "t10k", budget, progress);
        if (testShape != shape)
        {
            throw new InvalidDataException($"{testImages}: the test images are {testShape}, but the training images {shape}.");
        }

        int wrong = Array.FindIndex(testLabels, label => label >= classes.Count);
        return wrong < 0
            ? (train, Dataset.FromImages(name, testPixels, shape, testLabels, classes))
            : throw new InvalidDataException($"{Find(folder, "t10k-labels-idx1-ubyte")}: byte {8 + wrong}: label {testLabels[wrong]} of sample {wrong}, but the training set has the classes 0 to {classes.Count - 1}.");
    }

    private static (IInputStorage Pixels, int[] Labels, ImageShape Shape) ReadPair(string folder, string prefix, MemoryBudget budget, IProgress<double>? progress)
    {
        string imagesPath = FindRequired(folder, $"{prefix}-images-idx3-ubyte"), labelsPath = FindRequired(folder, $"{prefix}-labels-idx1-ubyte");
        (IInputStorage pixels, ImageShape shape) = IdxReader.OpenImages(imagesPath, budget, progress);
        byte[] labels = IdxReader.Read(labelsPath, 1).Bytes;
        return labels.Length == pixels.Count
            ? (pixels, [.. labels], shape)
            : throw new InvalidDataException($"{labelsPath}: {labels.Length} labels for the {pixels.Count} images of {imagesPath}.");
    }

    private static string FindRequired(string folder, string file) =>
        Find(folder, file) ?? throw new FileNotFoundException($"{folder}: {file} (or {file}.gz) is missing: expected images and labels side by side.");

    private static string? Find(string folder, string file)
    {
        string path = Path.Combine(folder, file);
        return File.Exists(path) ? path : File.Exists(path + ".gz") ? path + ".gz" : null;
    }
}
