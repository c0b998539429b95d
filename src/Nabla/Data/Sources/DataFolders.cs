using Nabla.Data.Files;
using Nabla.Data.Idx;

namespace Nabla.Data.Sources;

/// <summary>The folders of this machine in which named data sets lie.</summary>
internal static class DataFolders
{
    private const string Variable = "NABLA_DATA";
    private const string SystemFolder = "/usr/share/datasets";

    /// <summary>$NABLA_DATA, the user's cache, the system's data sets.</summary>
    public static IReadOnlyList<string> Default() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder ? [folder, Cache(), SystemFolder] : [Cache(), SystemFolder];

    /// <summary>The user's cache folder for downloaded data sets.</summary>
    public static string Cache() => Path.Combine(UserFolder.Find(), "data");

    /// <summary>The first folder that holds the IDX files of a named data set, or null.</summary>
    public static string? Locate(string name, IReadOnlyList<string> folders) =>
        folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(IdxFolder.HasTrainingImages);

    /// <summary>The name of a folder without the path before it.</summary>
    public static string NameOf(string folder) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
}
