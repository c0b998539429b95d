using System.Text.RegularExpressions;
using Xunit;

namespace Nabla.Tests.Architecture;

/// <summary>Who may use whom, and who may touch what: the sentences of the architecture, read off the sources.</summary>
public partial class LayeringTests
{
    // A folder of the library and the folders that it may use.
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Numerics"] = [],
        ["Network"] = ["Numerics"],
        ["Data"] = ["Numerics"],
        ["Training"] = ["Network", "Data", "Numerics"],
        ["Models"] = ["Training", "Network", "Data", "Numerics"],
        ["Runs"] = ["Models", "Training", "Network", "Data", "Numerics"],
        ["Diagnosis"] = ["Runs", "Models", "Training", "Network", "Data", "Numerics"],
    };

    public static TheoryData<string> Folders => [.. MayUse.Keys];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_uses_only_what_stands_below_it(string folder)
    {
        foreach (SourceFile file in Sources.Of("Nabla", folder))
        {
            foreach (Match match in NablaNamespace().Matches(file.Code))
            {
                string used = match.Groups[1].Value;
                Assert.True(
                    used == folder || !MayUse.ContainsKey(used) || MayUse[folder].Contains(used),
                    $"{file.Path} uses Nabla.{used}, but {folder} may use only {string.Join(", ", MayUse[folder].Append(folder))}.");
            }
        }
    }

    [Fact]
    public void Every_folder_of_the_library_has_a_rule() =>
        Assert.Equal(MayUse.Keys.Order(), Sources.Of("Nabla").Select(file => file.Folder).Where(folder => folder.Length > 0).Distinct().Order());

    [Fact]
    public void The_namespace_of_a_file_is_its_folder()
    {
        foreach (SourceFile file in Sources.All.Where(file => Namespace().IsMatch(file.Code)))
        {
            Assert.Equal(file.ExpectedNamespace, Namespace().Match(file.Code).Groups[1].Value);
        }
    }

    [Fact]
    public void Only_Numerics_has_unsafe_code_intrinsics_and_threads() =>
        RequireAbsent(Sources.Of("Nabla").Where(file => file.Folder != "Numerics"), UnsafeOrThreads(), "unsafe code, hardware intrinsics and threads belong in Numerics");

    [Fact]
    public void Only_the_counter_based_generator_makes_randomness() =>
        RequireAbsent(Sources.All, PlatformRandomness(), "randomness comes from CounterRandom alone");

    [Fact]
    public void The_library_never_writes_to_the_console() =>
        RequireAbsent(Sources.Of("Nabla"), Console(), "the library has no console output");

    [Fact]
    public void Only_readers_formats_and_runs_touch_files() =>
        RequireAbsent(
            Sources.Of("Nabla").Where(file => file.Folder is "Numerics" or "Network" or "Training" or "Diagnosis"),
            Files(),
            "files are touched by Data, Models and Runs only");

    [Fact]
    public void A_file_has_at_most_400_lines()
    {
        foreach (SourceFile file in Sources.All)
        {
            Assert.True(file.Lines <= 400, $"{file.Path} has {file.Lines} lines: cut it by concept.");
        }
    }

    [Fact]
    public void The_theory_uses_the_library_from_outside_and_no_console() =>
        RequireAbsent(Sources.Of("Nabla.Theory"), Console(), "the theory has no console output");

    [Fact]
    public void The_server_uses_the_library_alone_and_no_console()
    {
        RequireAbsent(Sources.Of("Nabla.Serving"), Console(), "the server has no console output");
        RequireAbsent(Sources.Of("Nabla.Serving"), AboveTheServer(), "the server uses the library alone");
        RequireAbsent(Sources.Of("Nabla"), WebServer(), "the library has no web server");
    }

    private static void RequireAbsent(IEnumerable<SourceFile> files, Regex pattern, string rule)
    {
        foreach (SourceFile file in files)
        {
            Match match = pattern.Match(file.Code);
            Assert.False(match.Success, $"{file.Path}: '{match.Value}', but {rule}.");
        }
    }

    [GeneratedRegex(@"\bNabla\.(\w+)")]
    private static partial Regex NablaNamespace();

    [GeneratedRegex(@"\bNabla\.(Cli|Studio|Theory|Runs|Diagnosis)\b")]
    private static partial Regex AboveTheServer();

    [GeneratedRegex(@"\bMicrosoft\.(AspNetCore|Extensions)\b")]
    private static partial Regex WebServer();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"\bunsafe\b|System\.Runtime\.Intrinsics\.(X86|Arm|Wasm)|new Thread\(|Parallel\.(For|ForEach|Invoke)|Task\.Run\(|ThreadPool\.")]
    private static partial Regex UnsafeOrThreads();

    [GeneratedRegex(@"\bRandom\.Shared\b|new Random\(|RandomNumberGenerator|Guid\.NewGuid")]
    private static partial Regex PlatformRandomness();

    [GeneratedRegex(@"\bConsole\.|\bDiagnostics\.Trace\.|AnsiConsole")]
    private static partial Regex Console();

    [GeneratedRegex(@"\bFile\.|\bDirectory\.|new FileStream\(|new Stream(Reader|Writer)\(")]
    private static partial Regex Files();
}
