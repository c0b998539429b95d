using System.Collections.Concurrent;
using System.Globalization;

namespace Nabla.Runs;

/// <summary>The right to write into a run's folder, held by one process at a time: <c>run.lock</c>, open and shared with nobody.</summary>
/// <remarks>
/// The system gives the lock back when its holder ends, however it ends: a file that a kill left behind hinders nobody.
/// A locked file cannot be read, so who holds it stands in its time of last write: the second of the start, and in the fraction of that
/// second the number of the process, in units of 100 ns. On file systems without locks nothing is held.
/// </remarks>
public sealed class RunLock : IDisposable
{
    /// <summary>The name of the file.</summary>
    internal const string FileName = "run.lock";

    /// <summary>Each further attempt needs another process that gives the lock back in this very moment.</summary>
    private const int MaximumAttempts = 100;

    /// <summary>The files that this process holds or is about to: its threads write the same mark in the same second, so marks do not tell them apart.</summary>
    private static readonly ConcurrentDictionary<string, bool> Own = new(StringComparer.Ordinal);

    private readonly string path;
    private readonly FileStream stream;

    private RunLock(string path, FileStream stream)
    {
        this.path = path;
        this.stream = stream;
    }

    /// <summary>Deletes the file and gives the lock back.</summary>
    public void Dispose()
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                // An open file cannot be deleted there: not this one before, nor another's after.
                stream.Dispose();
                File.Delete(path);
            }
            else if (IsInPlace())
            {
                // In this order: a file that nobody holds may be another's in the next moment.
                File.Delete(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder may be gone or have become read-only; a file that stays hinders nobody.
        }

        stream.Dispose();
        Own.TryRemove(path, out _);
    }

    /// <summary>Takes the lock of a folder.</summary>
    /// <returns>The lock, or null where another holds it.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder must not be written.</exception>
    internal static RunLock? TryTake(string folder)
    {
        string path = Path.GetFullPath(Path.Combine(folder, FileName));
        if (!Own.TryAdd(path, true))
        {
            return null;
        }

        RunLock? taken = null;
        try
        {
            taken = TryTakeFile(path);
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

    private static RunLock? TryTakeFile(string path)
    {
        for (int attempt = 0; attempt < MaximumAttempts; attempt++)
        {
            FileStream stream;
            try
            {
                stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 0);
            }
            catch (IOException e) when (IsHeld(e))
            {
                return null;
            }

            Mark(stream);
            var taken = new RunLock(path, stream);
            // Its last holder may have deleted the file between its opening and its locking: then this lock is on no file any more.
            if (taken.IsInPlace())
            {
                return taken;
            }

            stream.Dispose();
        }

        return null;
    }

    /// <summary>Why a folder cannot be written now.</summary>
    internal static string Holder(string folder)
    {
        DateTime mark = File.GetLastWriteTimeUtc(Path.Combine(folder, FileName));
        long process = mark.Ticks % TimeSpan.TicksPerSecond;
        string since = mark.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return process > 0
            ? $"{folder} is in use: process {process} trains in it since {since}. Wait until it ends, or end it with: kill {process} (it saves first). Its files can be read meanwhile."
            : $"{folder} is in use: another process trains in it since {since}. Wait until it ends, or end it. Its files can be read meanwhile.";
    }

    /// <summary>Whether the folder is locked by someone, this process included.</summary>
    internal static bool IsHeld(string folder)
    {
        try
        {
            using FileStream probe = new(Path.Combine(folder, FileName), FileMode.Open, FileAccess.Read, FileShare.Read, 0);
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

    /// <summary>EAGAIN of Linux and of the systems from BSD, ERROR_SHARING_VIOLATION of Windows.</summary>
    private static bool IsHeld(IOException error) => error.HResult is 11 or 35 or unchecked((int)0x80070020);

    private static void Mark(FileStream stream)
    {
        long now = TimeProvider.System.GetUtcNow().Ticks, second = now - (now % TimeSpan.TicksPerSecond);
        var mark = new DateTime(second + (Environment.ProcessId % TimeSpan.TicksPerSecond), DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(stream.SafeFileHandle, mark);
        if (File.GetLastWriteTimeUtc(stream.SafeFileHandle) != mark)
        {
            // A file system with coarser times would name another process.
            File.SetLastWriteTimeUtc(stream.SafeFileHandle, new DateTime(second, DateTimeKind.Utc));
        }
    }

    /// <summary>Whether the file that is held is still the one with this name: another's has another mark.</summary>
    private bool IsInPlace() => File.GetLastWriteTimeUtc(path) == File.GetLastWriteTimeUtc(stream.SafeFileHandle);
}
