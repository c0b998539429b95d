using Nabla.Data.Tables.Text;

namespace Nabla.Data.Images;

/// <summary>
/// A folder with one subfolder of PNG files for each class. The
/// order in which the file system lists them does not matter.
/// </summary>
internal sealed class ImageFolder
{
    private ImageFolder(string path, string[] classes, string[][] files)
    {
        Path = path;
        Classes = classes;
        Files = files;
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The names of the subfolders, in natural order.</summary>
    public string[] Classes { get; }

    /// <summary>The files of each class in ordinal order of their names, [classes][files].</summary>
    public string[][] Files { get; }

    /// <summary>Number of files.</summary>
    public int Count => Files.Sum(files => files.Length);

    /// <summary>Whether a folder holds images in subfolders of classes, or of parts with classes.</summary>
    public static bool HasImages(string folder) => Subfolders(folder).Any(sub => HasPng(sub) || Subfolders(sub).Any(HasPng));

    /// <summary>Whether a folder itself holds PNG files.</summary>
    public static bool HasPng(string folder) => Directory.EnumerateFiles(folder).Any(IsPng);

    /// <summary>Whether the name of a file is that of a PNG, and not hidden by a leading dot.</summary>
    public static bool IsPng(string path) => path.EndsWith(".png", StringComparison.OrdinalIgnoreCase) && !System.IO.Path.GetFileName(path).StartsWith('.');

    /// <summary>
    /// The folders of the parts, with classes in each: <c>train</c>, and perhaps <c>test</c> and <c>validation</c> (or
    /// <c>val</c>). Null where the subfolders are classes.
    /// </summary>
    /// <exception cref="InvalidDataException">There is another folder beside them.</exception>
    public static (string Train, string? Validation, string? Test)? Parts(string folder)
    {
        string[] all = [.. Subfolders(folder)];
        if (Find("train") is not { } train || !Subfolders(train).Any() || HasPng(train))
        {
            return null;
        }

        string? validation = Find("validation") ?? Find("val"), test = Find("test");
        string? other = all.FirstOrDefault(sub => sub != train && sub != validation && sub != test);
        return other is null
            ? (train, validation, test)
            : throw new InvalidDataException($"{other}: is beside {train}, but is neither test nor validation. Move it elsewhere, or rename train if it is a class.");

        string? Find(string name) => all.FirstOrDefault(sub => System.IO.Path.GetFileName(sub).Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Lists classes and files.</summary>
    /// <exception cref="InvalidDataException">A class has no image, or its folder holds something else.</exception>
    public static ImageFolder List(string folder)
    {
        string[] classes = [.. Subfolders(folder).Select(sub => System.IO.Path.GetFileName(sub)!).Order(NaturalOrder.Instance)];
        if (HasPng(folder))
        {
            string file = Directory.EnumerateFiles(folder).Where(IsPng).Order(StringComparer.Ordinal).First();
            throw new InvalidDataException($"{file}: the image is in no class. Move it into the subfolder of its class.");
        }

        return new ImageFolder(folder, classes, [.. classes.Select(name => FilesOf(System.IO.Path.Combine(folder, name)))]);
    }

    private static string[] FilesOf(string folder)
    {
        if (Subfolders(folder).Order(StringComparer.Ordinal).FirstOrDefault() is { } inner)
        {
            throw new InvalidDataException($"{inner}: is a folder inside the folder of a class. Expected only PNG files: move it elsewhere.");
        }

        string[] files = [.. Directory.EnumerateFiles(folder).Where(file => !IsSystemFile(file)).Order(StringComparer.Ordinal)];
        if (files.FirstOrDefault(file => !IsPng(file)) is { } other)
        {
            throw new InvalidDataException($"{other}: is not a .png file, and only PNG can be read. Convert it, for example with: magick FILE FILE.png; or move it elsewhere.");
        }

        return files.Length > 0 ? files : throw new InvalidDataException($"{folder}: the folder of a class has no .png file. Expected at least one.");
    }

    /// <summary>The subfolders, in ordinal order, without those that operating systems create.</summary>
    private static IEnumerable<string> Subfolders(string folder) =>
        Directory.EnumerateDirectories(folder).Where(sub => System.IO.Path.GetFileName(sub) is var name && !name.StartsWith('.') && name != "__MACOSX").Order(StringComparer.Ordinal);

    /// <summary>Whether an operating system created a file.</summary>
    private static bool IsSystemFile(string file) => System.IO.Path.GetFileName(file) is var name && (name.StartsWith('.') || name is "Thumbs.db" or "desktop.ini");
}
