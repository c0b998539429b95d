using System.CommandLine;
using Nabla.Cli.Failures;

namespace Nabla.Cli.Options;

/// <summary>Files that commands write where the user asks. Existing files are overwritten only with --force.</summary>
internal static class OutputFile
{
    public static Option<bool> CreateForce() => new("--force") { Description = "Overwrite an existing file" };

    /// <summary>Checks that a file may be written.</summary>
    /// <exception cref="UsageException">It exists already, is a folder, or its folder is missing.</exception>
    public static void Require(string path, bool force)
    {
        if (Directory.Exists(path))
        {
            throw new UsageException($"{path} is a folder: expected the name of a file to write.");
        }

        if (File.Exists(path) && !force)
        {
            throw new UsageException($"{path} exists already. Pass --force to overwrite it, or another name.");
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? path;
        if (!Directory.Exists(folder))
        {
            throw new UsageException($"{path}: the folder {folder} does not exist. Create it first, or name another folder.");
        }
    }
}
