using Microsoft.Win32.SafeHandles;

namespace Nabla.Data.Files;

/// <summary>Writes files completely or not at all.</summary>
internal static class AtomicFile
{
    private const string Extension = ".tmp";

    /// <summary>
    /// Writes to a temporary file in the same folder, flushes it to the disk and renames it over the target.
    /// </summary>
    /// <remarks>
    /// The content is on the disk before the file gets its name. Managed code cannot flush a folder. Instead the file
    /// is flushed again under its name (not on Windows), which also writes the name where the file system journals both
    /// (ext4, XFS, Btrfs).
    /// </remarks>
    /// <param name="path">The target. Its old content stays until the new content is complete.</param>
    /// <param name="write">Writes the content.</param>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        string full = Path.GetFullPath(path);
        string temporary = $"{full}.{Environment.ProcessId}{Extension}";
        // Opened outside the try: if another writer holds this file, it must not be deleted here.
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
                // This is how .NET reports EFBIG.
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

    /// <summary>
    /// Deletes the temporary files that killed writers of a target have
    /// left. The caller must know that no process is writing the target.
    /// </summary>
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

    /// <summary>Whether a file is a temporary file of a target: <c>TARGET.PROCESS.tmp</c>.</summary>
    internal static bool IsLeftover(string name, string target) =>
        name.Length > target.Length + 1 + Extension.Length
        && name.StartsWith(target + '.', StringComparison.Ordinal)
        && name.EndsWith(Extension, StringComparison.Ordinal)
        && name.AsSpan((target.Length + 1)..^Extension.Length).IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>Deletes a file. A failure is ignored: the caller needs to hear of the error that came before.</summary>
    private static void DeleteIfPossible(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder is gone or has become read-only.
        }
    }
}
