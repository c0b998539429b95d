using Nabla.Data.Images.Pixels;
using Nabla.Data.Images.Png;
using Nabla.Numerics.Memory;

namespace Nabla.Data.Images;

/// <summary>Reads folders of images, one image at a time, into bytes of one size.</summary>
internal sealed class ImageFolderReader
{
    private readonly IReadOnlyList<string>? known;
    private readonly bool isSizeGiven;
    private readonly IProgress<double>? reading;
    private ImageShape? shape;
    private string? first;

    /// <param name="size">The size of all, or null for that of the first image, which all others must have too.</param>
    /// <param name="known">The classes of a model, to which the folders belong by their names; or null.</param>
    /// <param name="reading">Hears which share of a folder is read, or null.</param>
    public ImageFolderReader(ImageShape? size, IReadOnlyList<string>? known, IProgress<double>? reading = null)
    {
        this.reading = reading;
        this.known = known;
        isSizeGiven = size is not null;
        shape = size;
    }

    /// <summary>Reads all images. They stand in turn: the first of each class, then the second of each, so that any beginning has all classes.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">What the data is called.</param>
    /// <param name="train">The folder of the training part, whose classes count for the others; or null where this is it.</param>
    /// <exception cref="InvalidDataException">A file is damaged, has another size, or a class is unknown.</exception>
    public Dataset Read(ImageFolder folder, string name, ImageFolder? train = null)
    {
        IReadOnlyList<string> classes = ClassesFor(train ?? folder);
        int[] numbers = [.. folder.Classes.Select(name => Number(name, folder, train, classes))];
        int count = folder.Count, at = 0;
        int[] labels = new int[count];
        byte[]? pixels = null;
        for (int turn = 0; at < count; turn++)
        {
            for (int c = 0; c < numbers.Length; c++)
            {
                if (turn < folder.Files[c].Length)
                {
                    GreyImage image = ReadImage(folder.Files[c][turn]);
                    pixels ??= Room(folder.Path, count, shape!.Value);
                    AreaResampling.Resize(image, shape!.Value, pixels.AsSpan(at * shape.Value.Pixels, shape.Value.Pixels));
                    labels[at++] = numbers[c];
                    reading?.Report((double)at / count);
                }
            }
        }

        return Dataset.FromImages(name, pixels, shape!.Value, labels, classes);
    }

    /// <summary>Those of the model where the folders are called so; otherwise the folders' own.</summary>
    private IReadOnlyList<string> ClassesFor(ImageFolder folder) =>
        known is not null && (folder.Classes.Length != known.Count || folder.Classes.Any(known.Contains)) ? known : folder.Classes;

    private static int Number(string name, ImageFolder folder, ImageFolder? train, IReadOnlyList<string> classes)
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
            (shape, first) = (shape ?? image.Shape, first ?? path);
            if (image.Shape != shape)
            {
                throw new InvalidDataException(
                    $"{path}: is {image.Shape}, but {first} is {shape} (rows × columns). Pass a --size such as {shape.Value.Rows}x{shape.Value.Columns} to bring all images to one.");
            }
        }

        return image;
    }

    private static byte[] Room(string folder, int count, ImageShape shape)
    {
        long bytes = (long)count * shape.Rows * shape.Columns;
        return bytes <= Array.MaxLength && bytes <= GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2
            ? HugePages.NewArray<byte>((int)bytes)
            : throw new InvalidDataException($"{folder}: {count} images of {shape} take {bytes >> 20} MiB, more than can be held at once. Pass a smaller --size.");
    }
}
