using System.CommandLine;
using Nabla.Cli.Failures;

namespace Nabla.Cli.Options;

/// <summary>Files that commands write where the user says, and never over something else unasked.</summary>
internal static class OutputFile
{
    public static Option<bool> CreateForce() => new("--force") { Description = "Overwrite the file if it is there" };

    /// <summary>Checks that a file may be written.</summary>
    /// <exception cref="UsageException">It is there already, is a folder, or its folder is missing.</exception>
    public static void Require(string path, bool force)
    {
        if (Directory.Exists(path))
        {
            throw new UsageException($"{path} is a folder: expected the name of a file to write.");
        }

        if (File.Exists(path) && !force)
        {
            throw new UsageException($"{path} is there already. Pass --force to overwrite it, or another name.");
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? path;
        if (!Directory.Exists(folder))
        {
            throw new UsageException($"{path}: the folder {folder} does not exist. Make it first, or name another.");
        }
    }
}
