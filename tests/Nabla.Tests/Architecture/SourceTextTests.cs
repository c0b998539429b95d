using System.Text.RegularExpressions;
using Xunit;

namespace Nabla.Tests.Architecture;

/// <summary>The rules of the architecture that compiled code cannot show.</summary>
public partial class SourceTextTests
{
    [Fact]
    public void Every_folder_of_the_library_and_every_other_project_has_a_rule() =>
        Assert.Equal(Layers.MayUse.Keys.Order(), Sources.All.Select(Layers.Of).OfType<string>().Distinct().Order());

    [Fact]
    public void The_namespace_of_a_file_is_its_folder_unless_its_types_are_of_daily_use()
    {
        foreach (SourceFile file in Sources.All.Where(file => Namespace().IsMatch(file.Code) && !file.IsOfDailyUse))
        {
            Assert.Equal(file.ExpectedNamespace, Namespace().Match(file.Code).Groups[1].Value);
        }
    }

    [Fact]
    public void A_file_of_daily_use_has_public_types_only()
    {
        foreach (SourceFile file in Sources.All.Where(file => file.IsOfDailyUse))
        {
            Assert.False(InternalType().IsMatch(file.Code), $"{file.Path} has an internal type in the namespace Nabla.");
        }
    }

    [Fact]
    public void A_file_has_at_most_400_lines()
    {
        foreach (SourceFile file in Sources.All)
        {
            Assert.True(file.Lines <= 400, $"{file.Path} has {file.Lines} lines: cut it by concept.");
        }
    }

    /// <summary>In compiled code a constant and a <c>nameof</c> have lost their origin.</summary>
    [Fact]
    public void A_folder_of_the_library_names_only_what_stands_below_it()
    {
        foreach (SourceFile file in Sources.Of("Nabla").Where(file => file.Folder.Length > 0))
        {
            foreach (string named in FolderOfTheLibrary().Matches(file.Code).Select(match => match.Groups[1].Value).Where(Layers.MayUse.ContainsKey))
            {
                Assert.True(
                    Layers.Allow(file.Folder, named),
                    $"{file.Path} names Nabla.{named}, but {file.Folder} may use only {string.Join(", ", Layers.MayUse[file.Folder].Append(file.Folder))}.");
            }
        }
    }

    /// <summary>Some unsafe code has no pointer in a signature or a local, so the compiled check cannot see it.</summary>
    [Fact]
    public void Only_Numerics_has_unsafe_code()
    {
        foreach (SourceFile file in Sources.All.Where(file => Layers.Of(file) != "Numerics"))
        {
            Assert.False(Unsafe().IsMatch(file.Code), $"{file.Path} has unsafe code, which belongs in Numerics.");
        }
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^internal ", RegexOptions.Multiline)]
    private static partial Regex InternalType();

    [GeneratedRegex(@"\bNabla\.(\w+)")]
    private static partial Regex FolderOfTheLibrary();

    [GeneratedRegex(@"\bunsafe\b")]
    private static partial Regex Unsafe();
}
