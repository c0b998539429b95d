using Nabla.Data.Tables.Text;

namespace Nabla.Data.Images;

/// <summary>A folder with one subfolder a class and PNG files in it; nothing depends on the order in which the file system lists them.</summary>
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

    /// <summary>The names of the subfolders, numbers by their value.</summary>
    public string[] Classes { get; }

    /// <summary>The files of each class by their names' characters, [classes][files].</summary>
    public string[][] Files { get; }

    /// <summary>Number of files.</summary>
    public int Count => Files.Sum(files => files.Length);

    /// <summary>Whether a folder holds images in subfolders, be it of classes or of parts.</summary>
    public static bool HasImages(string folder) => Subfolders(folder).Any(sub => HasPng(sub) || Subfolders(sub).Any(HasPng));

    /// <summary>Whether PNG files lie in a folder itself.</summary>
    public static bool HasPng(string folder) => Directory.EnumerateFiles(folder).Any(IsPng);

    /// <summary>Whether a file is a PNG by its name; names that begin with a point are hidden.</summary>
    public static bool IsPng(string path) => path.EndsWith(".png", StringComparison.OrdinalIgnoreCase) && !System.IO.Path.GetFileName(path).StartsWith('.');

    /// <summary>The folders of the parts: <c>train</c>, and <c>test</c> or <c>validation</c> (<c>val</c>) or both, with the classes in each; null where the subfolders are classes.</summary>
    /// <exception cref="InvalidDataException">Something else stands beside them.</exception>
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
            : throw new InvalidDataException($"{other}: stands beside {train}, but is neither test nor validation. Move it elsewhere, or rename train if it is a class.");

        string? Find(string name) => all.FirstOrDefault(sub => System.IO.Path.GetFileName(sub).Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Lists classes and files.</summary>
    /// <exception cref="InvalidDataException">A class has no file or something else in it.</exception>
    public static ImageFolder List(string folder)
    {
        string[] classes = [.. Subfolders(folder).Select(sub => System.IO.Path.GetFileName(sub)!).Order(NaturalOrder.Instance)];
        if (HasPng(folder))
        {
            string file = Directory.EnumerateFiles(folder).Where(IsPng).Order(StringComparer.Ordinal).First();
            throw new InvalidDataException($"{file}: an image that is in no class. Move it into the subfolder of its class.");
        }

        return new ImageFolder(folder, classes, [.. classes.Select(name => FilesOf(System.IO.Path.Combine(folder, name)))]);
    }

    private static string[] FilesOf(string folder)
    {
        if (Subfolders(folder).Order(StringComparer.Ordinal).FirstOrDefault() is { } inner)
        {
            throw new InvalidDataException($"{inner}: a folder in the folder of a class. Expected PNG files alone: move it elsewhere.");
        }

        string[] files = [.. Directory.EnumerateFiles(folder).Where(file => !IsByTheWay(file)).Order(StringComparer.Ordinal)];
        if (files.FirstOrDefault(file => !IsPng(file)) is { } other)
        {
            throw new InvalidDataException($"{other}: is no .png file, and only PNG is read. Convert it, such as with: magick FILE FILE.png; or move it elsewhere.");
        }

        return files.Length > 0 ? files : throw new InvalidDataException($"{folder}: the folder of a class has no .png file in it. Expected at least one.");
    }

    /// <summary>The subfolders that a user has made; systems leave hidden ones.</summary>
    private static IEnumerable<string> Subfolders(string folder) =>
        Directory.EnumerateDirectories(folder).Where(sub => System.IO.Path.GetFileName(sub) is var name && !name.StartsWith('.') && name != "__MACOSX").Order(StringComparer.Ordinal);

    /// <summary>What systems leave in folders.</summary>
    private static bool IsByTheWay(string file) => System.IO.Path.GetFileName(file) is var name && (name.StartsWith('.') || name is "Thumbs.db" or "desktop.ini");
}
