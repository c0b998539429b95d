using Nabla.Data.Images.Pixels;
using Nabla.Data.Images.Png;
using Nabla.Numerics.Memory;

namespace Nabla.Data.Images;

/// <summary>Reads folders of images into bytes, all images at the same size.</summary>
internal sealed class ImageFolderReader
{
    private readonly IReadOnlyList<string>? modelClasses;
    private readonly bool isSizeGiven;
    private readonly IProgress<double>? progress;
    private ImageShape? shape;
    private string? firstPath;

    /// <param name="size">
    /// The size of all images. Null takes the size of the first image, which all others must have.
    /// </param>
    /// <param name="modelClasses">The classes of a model, which are matched with the folders by name; or null.</param>
    /// <param name="progress">Receives the share of a folder that has been read, from 0 to 1; or null.</param>
    public ImageFolderReader(ImageShape? size, IReadOnlyList<string>? modelClasses, IProgress<double>? progress = null)
    {
        this.progress = progress;
        this.modelClasses = modelClasses;
        isSizeGiven = size is not null;
        shape = size;
    }

    /// <summary>
    /// Reads all images. The classes take turns: first image of each,
    /// second image of each, and so on, so that any prefix has all classes.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">The name of the data.</param>
    /// <param name="train">
    /// The folder of the training part, which defines the classes; null if this is the training part.
    /// </param>
    /// <exception cref="InvalidDataException">
    /// A file is damaged or has a different size, or a class is unknown.
    /// </exception>
    public Dataset Read(ImageFolder folder, string name, ImageFolder? train = null)
    {
        IReadOnlyList<string> classes = ClassesFor(train ?? folder);
        int[] indices = [.. folder.Classes.Select(name => ClassIndex(name, folder, train, classes))];
        int count = folder.Count, next = 0;
        int[] labels = new int[count];
        byte[]? pixels = null;
        for (int turn = 0; next < count; turn++)
        {
            for (int c = 0; c < indices.Length; c++)
            {
                if (turn < folder.Files[c].Length)
                {
                    GreyImage image = ReadImage(folder.Files[c][turn]);
                    pixels ??= Allocate(folder.Path, count, shape!.Value);
                    AreaResampling.Resize(image, shape!.Value, pixels.AsSpan(next * shape.Value.Pixels, shape.Value.Pixels));
                    labels[next++] = indices[c];
                    progress?.Report((double)next / count);
                }
            }
        }

        return Dataset.FromImages(name, pixels, shape!.Value, labels, classes);
    }

    /// <summary>
    /// The classes of the model, unless all folders have other
    /// names and their number is the same: then the folders' own.
    /// </summary>
    private IReadOnlyList<string> ClassesFor(ImageFolder folder) =>
        modelClasses is not null && (folder.Classes.Length != modelClasses.Count || folder.Classes.Any(modelClasses.Contains)) ? modelClasses : folder.Classes;

    private static int ClassIndex(string name, ImageFolder folder, ImageFolder? train, IReadOnlyList<string> classes)
    {
        for (int c = 0; c < classes.Count; c++)
        {
            if (classes[c] == name)
            {
                return c;
            }
        }

        string expected = string.Join(", ", classes.Take(10)) + (classes.Count > 10 ? ", …" : "");
        throw new InvalidDataException(
            $"{Path.Combine(folder.Path, name)}: {(train is null ? "the model knows no such class" : $"{train.Path} has no such class")}. Expected one of: {expected}.");
    }

    private GreyImage ReadImage(string path)
    {
        GreyImage image = PngReader.Read(path);
        if (!isSizeGiven)
        {
            (shape, firstPath) = (shape ?? image.Shape, firstPath ?? path);
            if (image.Shape != shape)
            {
                throw new InvalidDataException(
                    $"{path}: is {image.Shape}, but {firstPath} is {shape} (rows × columns). Pass a --size such as {shape.Value.Rows}x{shape.Value.Columns} to resize all images.");
            }
        }

        return image;
    }

    private static byte[] Allocate(string folder, int count, ImageShape shape)
    {
        long bytes = (long)count * shape.Rows * shape.Columns;
        return bytes <= Array.MaxLength && bytes <= GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2
            ? HugePages.NewArray<byte>((int)bytes)
            : throw new InvalidDataException($"{folder}: {count} images of {shape} take {bytes >> 20} MiB, more than fits in memory. Pass a smaller --size.");
    }
}
