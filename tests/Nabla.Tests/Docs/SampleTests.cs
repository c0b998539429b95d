using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Nabla.Tests.Architecture;
using Xunit;

namespace Nabla.Tests.Docs;

/// <summary>The C# that the documents show is code that is built with everything else, and run.</summary>
public partial class SampleTests
{
    /// <summary>The sample that needs a web server has a page of its own.</summary>
    private const string Serving = "Serving";

    /// <summary>The sample of the page for beginners.</summary>
    private const string HousePrices = "HousePrices";

    public static TheoryData<string> Samples =>
        [.. Directory.EnumerateFiles(Path.Combine(Sources.Root, "samples"), "Program.cs", SearchOption.AllDirectories).Select(file => Path.GetFileName(Path.GetDirectoryName(file)!)).Where(sample => sample is not (Serving or HousePrices)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Samples))]
    public void The_library_guide_shows_the_sample_as_it_is_built(string sample) => RequireShown("docs/library.md", sample);

    [Fact]
    public void The_library_guide_shows_an_activation_of_ones_own_as_it_is_built() => RequireShown("docs/library.md", "OwnChoices/OwnActivation");

    [Fact]
    public void The_readme_shows_the_first_model_as_it_is_built() => RequireShown("README.md", "FirstModel");

    [Fact]
    public void The_page_on_serving_shows_the_sample_as_it_is_built() => RequireShown("docs/serving.md", Serving);

    [Fact]
    public void The_page_for_beginners_shows_the_sample_as_it_is_built() => RequireShown("docs/getting-started.md", HousePrices);

    [Fact]
    public void The_prices_of_houses_follow_their_rule()
    {
        // The rule of the page's table: 50,000 + 40,000 for each room + 60,000 in the north, + 9,000 for each room where there is a garden.
        string[] rows =
        [
            "rooms,district,garden,price",
            .. Enumerable.Range(0, 400).Select(i => (Rooms: 1 + (i % 7), North: i / 7 % 2, Garden: i / 14 % 2)).Select(house =>
                $"{house.Rooms},{(house.North == 1 ? "north" : "south")},{(house.Garden == 1 ? "yes" : "no")},{50_000 + (40_000 * house.Rooms) + (60_000 * house.North) + (9_000 * house.Rooms * house.Garden)}"),
        ];
        string[] lines = Run(HousePrices, folder => File.WriteAllLines(Path.Combine(folder, "houses.csv"), rows)).Split('\n');
        Assert.Matches("^R² (0\\.9|1\\.0)", lines[0]);
        Assert.InRange(double.Parse(lines[1], CultureInfo.InvariantCulture), 0.95 * 355_000, 1.05 * 355_000);
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/getting-started.md")]
    [InlineData("docs/library.md")]
    [InlineData("docs/serving.md")]
    public void A_document_shows_no_code_that_is_not_a_sample(string document) =>
        Assert.DoesNotContain("```csharp", Shown().Replace(Read(document), ""), StringComparison.Ordinal);

    [Fact]
    public void The_first_model_recognises_most_digits()
    {
        Match line = FirstModelLine().Match(Run("FirstModel"));
        Assert.True(line.Success);
        int right = Number(line.Groups[1]), all = Number(line.Groups[2]);

        // A fifth of 2,000 samples; guessing would get a tenth of them right.
        Assert.Equal(400, all);
        Assert.InRange(right, all / 2, all);
    }

    [Fact]
    public void The_network_of_own_rows_follows_the_sine()
    {
        Match line = OwnRowsLine().Match(Run("OwnRows"));
        Assert.True(line.Success);

        // A constant would be off by about 0.7, the sine's own deviation.
        Assert.InRange(double.Parse(line.Groups[1].Value, CultureInfo.InvariantCulture), 0, 0.05);
    }

    [Fact]
    public void The_checked_gradients_agree_with_their_differences()
    {
        Match line = CheckedGradientsLine().Match(Run("CheckedGradients"));
        Assert.True(line.Success);

        // (4 + 1)·5 + (5 + 1)·3 + (3 + 1)·2 parameters.
        Assert.Equal(51, Number(line.Groups[1]));
        Assert.InRange(double.Parse(line.Groups[2].Value, CultureInfo.InvariantCulture), 0, 1e-7);
    }

    [Fact]
    public void The_own_choices_are_checked_trained_and_read_back()
    {
        Match lines = OwnChoicesLines().Match(Run("OwnChoices"));
        Assert.True(lines.Success);

        // (2 + 1)·16 + 4·16 + 16·4 + 16 + (16 + 1)·2 parameters.
        Assert.Equal(226, Number(lines.Groups[1]));
        Assert.InRange(double.Parse(lines.Groups[2].Value, CultureInfo.InvariantCulture), 0, 1e-7);
        Assert.InRange(Number(lines.Groups[3]), 0.95 * Number(lines.Groups[4]), Number(lines.Groups[4]));
    }

    private static void RequireShown(string document, string sample)
    {
        string file = sample.Contains('/', StringComparison.Ordinal) ? $"samples/{sample}.cs" : $"samples/{sample}/Program.cs";
        Match shown = Shown().Matches(Read(document)).FirstOrDefault(match => match.Groups[1].Value == sample)
            ?? throw new InvalidDataException($"{document}: there is no code between <!-- sample {sample} --> and <!-- end of sample -->.");
        Assert.True(
            shown.Groups[2].Value == Read(file),
            $"{document} does not show {file} as it is: copy the file between the markers.");
    }

    /// <summary>What a sample prints. It runs in an empty folder, so that the files it writes are its own.</summary>
    private static string Run(string sample, Action<string>? prepare = null)
    {
        // The build puts every project into artifacts/bin/NAME/CONFIGURATION.
        string configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        string program = Path.Combine(Sources.Root, "artifacts", "bin", sample, configuration, sample + ".dll");
        Assert.True(File.Exists(program), $"{program} is missing: build the solution first.");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("nabla-sample-");
        try
        {
            prepare?.Invoke(folder.FullName);
            var start = new ProcessStartInfo("dotnet", [program]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder.FullName };
            using Process process = Process.Start(start)!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, $"{sample} ended with {process.ExitCode}: {error.GetAwaiter().GetResult()}");
            return output;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Read(string path) => File.ReadAllText(Path.Combine(Sources.Root, path)).ReplaceLineEndings("\n");

    private static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("<!-- sample ([\\w/]+) -->\n```csharp\n(.*?)```\n<!-- end of sample -->", RegexOptions.Singleline)]
    private static partial Regex Shown();

    [GeneratedRegex(@"^(\d+) of (\d+) right; the first one is a \d\.\s*$")]
    private static partial Regex FirstModelLine();

    [GeneratedRegex(@"RMSE (\d\.\d+)\s*$")]
    private static partial Regex OwnRowsLine();

    [GeneratedRegex(@"^(\d+) derivatives, largest relative error (\S+)\s+(\d+) of (\d+) right\s+the loaded model predicts the same\s+.*The activation 'squared-relu' is not known here")]
    private static partial Regex OwnChoicesLines();

    [GeneratedRegex(@"^(\d+) derivatives, largest relative error (\S+)\s*$")]
    private static partial Regex CheckedGradientsLine();
}
