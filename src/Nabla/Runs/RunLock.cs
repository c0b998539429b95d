using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Nabla.Runs;

/// <summary>The right to write into the folder of a run, held by one process at a time through <c>run.lock</c>.</summary>
/// <remarks>
/// <para>The file holds one line: the number of the process and the time at which it took the lock. The holder keeps the file open for reading and shares it
/// with readers only, so the line can be read but the file cannot be opened for writing. The system releases the lock when the holder ends, however it ends:
/// a file that a killed process left behind blocks nobody.</para>
/// <para>To take the lock, a process opens the file exclusively, writes its line, closes the file, and opens it again as a holder. The line can only be changed
/// under the exclusive lock, so a process that finds its own line in the file it holds is the only holder. On file systems without locks nothing is held.</para>
/// <para>Earlier builds hold the file exclusively and leave it empty. Such a file counts as held, but its process is unknown.</para>
/// </remarks>
public sealed class RunLock : IDisposable
{
    /// <summary>The name of the file.</summary>
    internal const string FileName = "run.lock";

    /// <summary>An attempt is repeated only if another process opened or deleted the file in the middle of it.</summary>
    private const int MaximumAttempts = 100;

    /// <summary>No line of a lock is longer; the file may hold anything.</summary>
    private const int LongestLine = 64;

    /// <summary>The paths that this process holds or is taking, each with its line. Threads of one process are kept apart here and not by the file.</summary>
    private static readonly ConcurrentDictionary<string, string> Own = new(StringComparer.Ordinal);

    private readonly string path;
    private readonly string line;
    private readonly FileStream stream;

    private RunLock(string path, string line, FileStream stream)
    {
        this.path = path;
        this.line = line;
        this.stream = stream;
    }

    /// <summary>Deletes the file and releases the lock.</summary>
    public void Dispose()
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                // Windows does not delete an open file: neither this one before it is closed, nor one that another process holds by then.
                stream.Dispose();
                File.Delete(path);
            }
            else if (ReadLine(path) == line)
            {
                // Deleted before it is released: once released, the file may belong to another process.
                File.Delete(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder may be gone or read-only by now. A file that stays blocks nobody.
        }

        stream.Dispose();
        Own.TryRemove(path, out _);
    }

    /// <summary>Takes the lock of a folder.</summary>
    /// <returns>The lock, or null if it is held already.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder must not be written.</exception>
    internal static RunLock? TryTake(string folder)
    {
        string path = PathIn(folder);
        string line = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId} {TimeProvider.System.GetUtcNow().UtcDateTime:O}");
        if (!Own.TryAdd(path, line))
        {
            return null;
        }

        RunLock? taken = null;
        try
        {
            taken = TryTakeFile(path, line);
            return taken;
        }
        finally
        {
            if (taken is null)
            {
                Own.TryRemove(path, out _);
            }
        }
    }

    /// <summary>A message that says why a folder cannot be written now: the process that holds it, if the file names it.</summary>
    internal static string Holder(string folder)
    {
        string path = PathIn(folder);
        const string Rest = "Its files can be read meanwhile.";
        return Parse(Own.TryGetValue(path, out string? own) ? own : ReadLine(path)) is (int process, DateTime since)
            ? string.Create(CultureInfo.InvariantCulture, $"{folder} is in use: process {process} trains in it since {since.ToLocalTime():yyyy-MM-dd HH:mm:ss}. Wait until it ends, or end it with: kill {process} (it saves first). {Rest}")
            : $"{folder} is in use: another process trains in it. Wait until it ends, or end it. {Rest}";
    }

    /// <summary>Whether the folder is locked, by this process or another one.</summary>
    internal static bool IsHeld(string folder)
    {
        string path = PathIn(folder);
        if (Own.ContainsKey(path))
        {
            return true;
        }

        try
        {
            using FileStream probe = new(path, FileMode.Open, FileAccess.Read, FileShare.None, 0);
            return false;
        }
        catch (IOException e)
        {
            return IsHeld(e);
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string PathIn(string folder) => Path.GetFullPath(Path.Combine(folder, FileName));

    private static RunLock? TryTakeFile(string path, string line)
    {
        for (int attempt = 0; attempt < MaximumAttempts; attempt++)
        {
            try
            {
                using var exclusive = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 0);
                exclusive.SetLength(0);
                exclusive.Write(Encoding.ASCII.GetBytes(line + "\n"));
            }
            catch (IOException e) when (IsHeld(e))
            {
                return null;
            }

            FileStream? held = null;
            try
            {
                held = OpenShared(path);
                if (ReadLine(held) == line)
                {
                    RunLock taken = new(path, line, held);
                    held = null;
                    return taken;
                }
            }
            catch (IOException e) when (e is FileNotFoundException || IsHeld(e))
            {
                // The last holder deleted the file, or another process is taking the lock: the next attempt decides.
            }
            finally
            {
                held?.Dispose();
            }
        }

        return null;
    }

    /// <summary>EAGAIN of Linux and of BSD systems, ERROR_SHARING_VIOLATION of Windows.</summary>
    private static bool IsHeld(IOException error) => error.HResult is 11 or 35 or unchecked((int)0x80070020);

    private static FileStream OpenShared(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0);

    /// <summary>The first line of the file, or null if it cannot be read.</summary>
    private static string? ReadLine(string path)
    {
        try
        {
            using FileStream stream = OpenShared(path);
            return ReadLine(stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string ReadLine(FileStream stream)
    {
        Span<byte> bytes = stackalloc byte[LongestLine];
        int count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return Encoding.ASCII.GetString(bytes[..count]).Split('\n')[0];
    }

    /// <summary>The process and the time in a line, or null if it holds no such pair.</summary>
    private static (int Process, DateTime Since)? Parse(string? line) =>
        line?.Split(' ') is [var number, var time]
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int process) && process > 0
        && DateTime.TryParseExact(time, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTime since)
            ? (process, since)
            : null;
}
