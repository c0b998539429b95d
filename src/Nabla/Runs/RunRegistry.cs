using System.Security.Cryptography;
using System.Text;
using Nabla.Data.Files;

namespace Nabla.Runs;

/// <summary>The folders of all runs of the user on this machine: a small file for each in the user's Nabla folder.</summary>
/// <remarks>
/// Each file holds the absolute path of a run's folder and a line end, and has the start of that path's SHA-256 as its name. So processes
/// need no lock: two that write one file write the same content. A list that cannot be read or written is no reason to stop a training.
/// </remarks>
internal static class RunRegistry
{
    private const int NameLength = 32;

    /// <summary>Maximum length of a path in bytes; the file may hold anything.</summary>
    private const int LongestPath = 1 << 16;

    /// <summary>Adds a folder. If that is impossible, nothing happens.</summary>
    /// <param name="folder">The folder, which exists.</param>
    /// <param name="home">The user's Nabla folder; null for the usual one.</param>
    public static void Add(string folder, string? home = null)
    {
        try
        {
            string path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)), root = Root(home);
            string entry = Path.Combine(root, NameOf(path)), temporary = $"{entry}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}.tmp";
            Directory.CreateDirectory(root);
            File.WriteAllText(temporary, path + '\n');
            // Written also where the file exists: another process may just be deleting it because the folder was gone.
            File.Move(temporary, entry, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            // The home of the user is missing, read-only or full.
        }
    }

    /// <summary>The registered folders that exist, in the order of their paths. Entries of folders that are gone are deleted.</summary>
    /// <param name="home">The user's Nabla folder; null for the usual one.</param>
    public static IReadOnlyList<string> List(string? home = null)
    {
        var folders = new List<string>();
        foreach (string entry in Entries(Root(home)))
        {
            try
            {
                string? folder = Read(entry);
                if (folder is not null && Directory.Exists(folder))
                {
                    folders.Add(folder);
                }
                else
                {
                    Delete(entry, folder, home);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another process has just deleted the entry, or it belongs to another user.
            }
        }

        folders.Sort(StringComparer.Ordinal);
        return folders;
    }

    private static string[] Entries(string root)
    {
        try
        {
            return Directory.Exists(root) ? [.. Directory.GetFiles(root).Where(entry => Path.GetFileName(entry).Length == NameLength)] : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string Root(string? home) => Path.Combine(home ?? UserFolder.Find(), "runs");

    private static string NameOf(string path) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..NameLength];

    /// <summary>The path in an entry, or null if the entry is damaged.</summary>
    private static string? Read(string entry)
    {
        if (new FileInfo(entry) is not { Exists: true, Length: > 0 and <= LongestPath })
        {
            return null;
        }

        string text = File.ReadAllText(entry);
        return text.EndsWith('\n') && NameOf(text[..^1]) == Path.GetFileName(entry) ? text[..^1] : null;
    }

    private static void Delete(string entry, string? folder, string? home)
    {
        File.Delete(entry);
        if (folder is not null && Directory.Exists(folder))
        {
            // A run has begun there in the meantime, and its entry may be the one that was deleted.
            Add(folder, home);
        }
    }
}
