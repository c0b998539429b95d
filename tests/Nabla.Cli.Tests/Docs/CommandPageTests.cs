using System.Text.RegularExpressions;
using Nabla.Cli.Tests.Support;
using Xunit;

namespace Nabla.Cli.Tests.Docs;

/// <summary>docs/cli.md names the commands and options that the program has, and no others.</summary>
public partial class CommandPageTests
{
    private static readonly string[] Commands =
    [
        "train", "evaluate", "predict", "serve", "inspect", "export", "import", "gradcheck", "theory", "verify",
        "data list", "data get", "data show", "data make", "runs list", "runs show", "runs compare", "runs follow",
    ];

    [Fact]
    public void The_page_names_every_option_of_every_command_and_no_other()
    {
        string page = Page();
        var documented = Option().Matches(page).Select(match => match.Value).ToHashSet();
        var real = Commands.SelectMany(Help).ToHashSet();

        // Every command has these two.
        documented.ExceptWith(["--help", "--version"]);
        real.ExceptWith(["--help", "--version"]);
        Assert.Equal(real.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_page_names_every_command()
    {
        string help = NablaProgram.Run("--help").Output;
        string[] listed = [.. CommandLine().Matches(help[help.IndexOf("Commands:", StringComparison.Ordinal)..]).Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(listed);
        Assert.Equal(listed.Order(StringComparer.Ordinal), Commands.Select(command => command.Split(' ')[0]).Distinct().Order(StringComparer.Ordinal));
        string page = Page();
        Assert.All(Commands, command => Assert.Contains($"`nabla {command}", page, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Help(string command)
    {
        ProgramResult result = NablaProgram.Run([.. command.Split(' '), "--help"]);
        result.RequireDone();
        return OptionOfHelp().Matches(result.Output).Select(match => match.Groups[1].Value);
    }

    private static string Page() => File.ReadAllText(CommandPage.Path);

    [GeneratedRegex("--[a-z][a-z0-9-]+")]
    private static partial Regex Option();

    /// <summary>An option at the start of its own line of the help.</summary>
    [GeneratedRegex(@"^ +(?:-\S+, )*(--[a-z][a-z0-9-]+)", RegexOptions.Multiline)]
    private static partial Regex OptionOfHelp();

    [GeneratedRegex(@"^  ([a-z]+)(?= |$)", RegexOptions.Multiline)]
    private static partial Regex CommandLine();
}
