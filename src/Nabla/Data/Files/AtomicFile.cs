using Microsoft.Win32.SafeHandles;

namespace Nabla.Data.Files;

/// <summary>Writes files whole or not at all.</summary>
public static class AtomicFile
{
    private const string Extension = ".tmp";

    /// <summary>Writes to a temporary file in the same folder, flushes it to the disk and renames it over the target.</summary>
    /// <remarks>
    /// The content is on the disk before it gets its name. A folder cannot be flushed from managed code; instead the file is flushed
    /// once more under its name (not on Windows), which also brings the name to the disk where the file system keeps a journal of both (ext4, XFS, Btrfs).
    /// </remarks>
    /// <param name="path">The target; what stood there stays until the new content is complete.</param>
    /// <param name="write">Writes the content.</param>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        string full = Path.GetFullPath(path);
        string temporary = $"{full}.{Environment.ProcessId}{Extension}";
        // Opened outside the try: if another writer holds this file, it is not ours to delete.
        var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        try
        {
            using (stream)
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: true);
        }
        catch (Exception e)
        {
            DeleteIfPossible(temporary);
            if (e is ArgumentOutOfRangeException { ParamName: "value" })
            {
                // That is how .NET reports EFBIG.
                throw new IOException($"{full} would become longer than the file system or a limit of this process allows.", e);
            }

            throw;
        }

        if (!OperatingSystem.IsWindows())
        {
            using SafeFileHandle written = File.OpenHandle(full, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.FlushToDisk(written);
        }
    }

    /// <summary>Deletes the temporary files that killed writers of a file left. Only for those who know that nobody writes it now.</summary>
    /// <param name="path">The target.</param>
    public static void DeleteLeftovers(string path)
    {
        string full = Path.GetFullPath(path);
        foreach (string entry in Directory.EnumerateFiles(Path.GetDirectoryName(full)!, Path.GetFileName(full) + ".*" + Extension))
        {
            if (IsLeftover(Path.GetFileName(entry), Path.GetFileName(full)))
            {
                DeleteIfPossible(entry);
            }
        }
    }

    /// <summary>Whether a file is the temporary one of a target: <c>TARGET.PROCESS.tmp</c>.</summary>
    internal static bool IsLeftover(string name, string target) =>
        name.Length > target.Length + 1 + Extension.Length
        && name.StartsWith(target + '.', StringComparison.Ordinal)
        && name.EndsWith(Extension, StringComparison.Ordinal)
        && name.AsSpan((target.Length + 1)..^Extension.Length).IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>What failed before is what the caller needs to hear.</summary>
    private static void DeleteIfPossible(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Its folder is gone or has become read-only.
        }
    }
}
