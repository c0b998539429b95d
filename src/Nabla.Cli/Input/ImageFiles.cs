using Nabla.Data.Files;
using Nabla.Data.Images;
using Nabla.Data.Images.Png;

namespace Nabla.Cli.Input;

/// <summary>PNG files that the user names: one file, or all files of a folder.</summary>
internal static class ImageFiles
{
    /// <summary>Depth of the search: parts, classes, files.</summary>
    private const int MostDepth = 3;

    /// <summary>Whether the first bytes of a file are those of a PNG.</summary>
    public static bool IsPng(string path)
    {
        using FileStream file = OrdinaryFile.OpenRead(path, "rows of numbers, images, or an IDX file of images");
        Span<byte> first = stackalloc byte[4];
        return file.ReadAtLeast(first, 4, throwOnEndOfStream: false) == 4 && first.SequenceEqual<byte>([0x89, (byte)'P', (byte)'N', (byte)'G']);
    }

    /// <summary>The .png files of a folder and of its subfolders, relative to the folder, in ordinal order.</summary>
    public static string[] Of(string folder)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = MostDepth, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System, IgnoreInaccessible = false };
        return
        [
            .. Directory.EnumerateFiles(folder, "*", options)
                .Where(file => file.EndsWith(".png", StringComparison.OrdinalIgnoreCase))
                .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Reads images and resizes them.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="size">The size that the model takes.</param>
    /// <returns>The images before the first damaged one, and the error of that one, or null.</returns>
    public static (Dataset Images, InvalidDataException? Error) Read(ReadOnlySpan<string> paths, ImageShape size)
    {
        byte[] pixels = new byte[(long)paths.Length * size.Pixels];
        int count = 0;
        InvalidDataException? failure = null;
        try
        {
            foreach (string path in paths)
            {
                AreaResampling.Resize(PngReader.Read(path), size).Pixels.CopyTo(pixels.AsSpan(count * size.Pixels));
                count++;
            }
        }
        catch (InvalidDataException error)
        {
            failure = error;
        }

        return (Dataset.FromImages("images", pixels.AsMemory(0, count * size.Pixels), size, new int[count], ["unknown"]), failure);
    }
}
