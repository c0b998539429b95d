using System.Text.RegularExpressions;

namespace Nabla.Tests.Architecture;

/// <summary>A source file of the project, without its comments and strings.</summary>
/// <param name="Path">Path from the root of the repository, with forward slashes.</param>
/// <param name="Code">The code alone.</param>
/// <param name="Lines">Number of lines.</param>
internal sealed record SourceFile(string Path, string Code, int Lines)
{
    /// <summary>The project, such as Nabla or Nabla.Cli.</summary>
    public string Project => Path.Split('/')[1];

    /// <summary>The first folder inside the project, or nothing.</summary>
    public string Folder => Path.Split('/') is { Length: > 3 } parts ? parts[2] : "";

    /// <summary>Whether the types of the file are of daily use: one <c>using Nabla</c> brings all of them.</summary>
    public bool IsOfDailyUse => Project == "Nabla" && ("\n" + Code).Contains("\nnamespace Nabla;", StringComparison.Ordinal);

    /// <summary>Project and folders, joined by dots.</summary>
    public string ExpectedNamespace => string.Join('.', Path.Split('/')[1..^1]);
}

/// <summary>The sources of the project, read once.</summary>
internal static partial class Sources
{
    /// <summary>The root of the repository: the folder above the test program that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<SourceFile> All { get; } =
        [.. Directory.EnumerateFiles(System.IO.Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories).Select(Read).OrderBy(file => file.Path, StringComparer.Ordinal)];

    /// <summary>The namespace that the folder of a type in the namespace Nabla stands for, or null.</summary>
    public static string? PlaceOf(string type) => Places.Value.GetValueOrDefault(type);

    /// <summary>The files of a project, or of one folder in it.</summary>
    public static IEnumerable<SourceFile> Of(string project, string? folder = null) =>
        All.Where(file => file.Project == project && (folder is null || file.Folder == folder));

    private static readonly Lazy<Dictionary<string, string>> Places = new(() => Of("Nabla").Where(file => file.IsOfDailyUse)
        .SelectMany(file => Declaration().Matches(file.Code).Select(match => (Type: match.Groups[1].Value, file.ExpectedNamespace)))
        .ToDictionary(type => type.Type, type => type.ExpectedNamespace));

    private static SourceFile Read(string path)
    {
        string text = File.ReadAllText(path);
        return new SourceFile(
            System.IO.Path.GetRelativePath(Root, path).Replace('\\', '/'),
            CommentOrString().Replace(text, match => match.Value[0] == '"' ? "\"\"" : ""),
            text.Count(c => c == '\n'));
    }

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder, "Nabla.slnx")))
        {
            folder = System.IO.Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The tests must run inside the repository: no Nabla.slnx above them.");
    }

    [GeneratedRegex(@"^(?:public|internal)(?: \w+)* (?:class|struct|interface|enum|record) (\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex("""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|"{3}.*?"{3}""", RegexOptions.Singleline)]
    private static partial Regex CommentOrString();
}
