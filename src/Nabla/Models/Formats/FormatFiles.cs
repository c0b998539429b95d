namespace Nabla.Models.Formats;

/// <summary>Opening of files that are read whole or in part.</summary>
internal static class FormatFiles
{
    /// <summary>Opens an ordinary file for reading.</summary>
    /// <exception cref="FileNotFoundException">There is no such file, or it is a folder.</exception>
    public static FileStream OpenRead(string path)
    {
        if (Directory.Exists(path))
        {
            throw new FileNotFoundException($"{path} is a folder; expected a file.", path);
        }

        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"{path}: there is no such file.", path);
        }

        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16);
        if (!stream.CanSeek)
        {
            stream.Dispose();
            throw new InvalidDataException($"{path} is no ordinary file.");
        }

        return stream;
    }

    /// <summary>Reads a file of at most <paramref name="maximum"/> bytes.</summary>
    /// <exception cref="InvalidDataException">It is longer.</exception>
    public static byte[] ReadAll(string path, long maximum, string format)
    {
        using FileStream stream = OpenRead(path);
        long length = stream.Length;
        if (length > maximum)
        {
            throw new InvalidDataException($"{path}: {length} bytes are too many for {format} (at most {maximum}).");
        }

        byte[] bytes = new byte[(int)length];
        try
        {
            stream.ReadExactly(bytes);
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException($"{path}: the file became shorter while it was read.", e);
        }

        return bytes;
    }
}
