using Nabla.Data.Files;

namespace Nabla.Data.Tables.Text;

/// <summary>Tables in files: <c>.csv</c> and <c>.tsv</c>, also gzipped.</summary>
public static class TableFile
{
    /// <summary>Whether a path names a table: <c>.csv</c>, <c>.tsv</c>, <c>.csv.gz</c> or <c>.tsv.gz</c>.</summary>
    public static bool IsTable(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string plain = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return plain.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || plain.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Opens the text of a table. Gzip is recognised by the first bytes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="file">The file itself. Its position tells how much has been read.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is empty, a named pipe or a device.</exception>
    internal static Stream OpenRead(string path, out FileStream file)
    {
        OrdinaryFile.Require(path, "a table: a header and one row per sample");
        file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0);
        try
        {
            return Unpack(file, path);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Unpacks a gzip file. A pipe cannot be examined, and is taken for plain text.</summary>
    private static Stream Unpack(FileStream file, string path)
    {
        if (!file.CanSeek)
        {
            return file;
        }

        Span<byte> first = stackalloc byte[2];
        int count = file.ReadAtLeast(first, 2, throwOnEndOfStream: false);
        file.Position = 0;
        return count == 2 && first[0] == 0x1F && first[1] == 0x8B ? new GzipText(file, path) : file;
    }
}
