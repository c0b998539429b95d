using System.Text.RegularExpressions;
using Nabla.Cli.Tests.Support;
using Xunit;

namespace Nabla.Cli.Tests.Docs;

/// <summary>The shell commands of the page for beginners run as they stand, one after the other, in an empty folder.</summary>
public sealed partial class GettingStartedTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("nabla-start-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void The_commands_of_the_page_run()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The page has the commands of a Unix shell.");
        string page = File.ReadAllText(Path.Combine(Path.GetDirectoryName(CommandPage.Path)!, "getting-started.md"));
        MatchCollection blocks = ShellBlock().Matches(page);
        Assert.Equal(5, blocks.Count);
        string[] script =
        [
            "set -euo pipefail",
            $"cd '{folder.FullName}'",
            $"nabla() {{ dotnet '{NablaProgram.Library}' \"$@\"; }}",
            .. blocks.Select(block => block.Groups[1].Value),
        ];
        ProgramResult result = NablaProgram.RunShell(string.Join('\n', script));
        result.RequireDone();

        // 50,000 + 40,000·5 + 60,000 + 9,000·5 and 50,000 + 40,000·3: the rule of the table.
        double[] predicted = [.. Prediction().Matches(result.Output).Select(match => double.Parse(match.Value, System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(2, predicted.Length);
        Assert.InRange(predicted[0], 0.95 * 355_000, 1.05 * 355_000);
        Assert.InRange(predicted[1], 0.95 * 170_000, 1.05 * 170_000);
    }

    [GeneratedRegex("^```sh\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ShellBlock();

    [GeneratedRegex(@"(?<=^)\d{6}\.\d+(?=$)", RegexOptions.Multiline)]
    private static partial Regex Prediction();
}
