using Nabla.Data.Files;

namespace Nabla.Models.Formats;

/// <summary>Files that are read whole.</summary>
internal static class FormatFiles
{
    /// <summary>Reads a file of at most <paramref name="maximum"/> bytes.</summary>
    /// <exception cref="InvalidDataException">The file is longer.</exception>
    public static byte[] ReadAll(string path, long maximum, string format)
    {
        using FileStream stream = OrdinaryFile.OpenRead(path, format);
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
