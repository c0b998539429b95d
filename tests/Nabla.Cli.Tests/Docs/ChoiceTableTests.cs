using System.Globalization;
using Nabla.Choices;
using Nabla.Network.Registries;
using Nabla.Training.Registries;
using Xunit;

namespace Nabla.Cli.Tests.Docs;

/// <summary>The tables of choices in docs/cli.md are written from the registries.</summary>
/// <remarks>Run with NABLA_ACCEPT_CHOICES=1 to rewrite them.</remarks>
public class ChoiceTableTests
{
    private const string Start = "<!-- choices: written by ChoiceTableTests -->";
    private const string End = "<!-- end of choices -->";

    [Fact]
    public void The_page_holds_every_choice_with_its_summary_and_parameters()
    {
        string page = File.ReadAllText(CommandPage.Path), expected = Tables();
        int start = page.IndexOf(Start, StringComparison.Ordinal) + Start.Length, end = page.IndexOf(End, StringComparison.Ordinal);
        Assert.InRange(end, start, page.Length);
        if (Environment.GetEnvironmentVariable("NABLA_ACCEPT_CHOICES") == "1")
        {
            File.WriteAllText(CommandPage.Path, page[..start] + expected + page[end..]);
            return;
        }

        Assert.Equal(expected, page[start..end], ignoreLineEndingDifferences: true);
    }

    private static string Tables()
    {
        NetworkChoices network = NetworkChoices.BuiltIn;
        TrainingChoices training = TrainingChoices.BuiltIn;
        return "\n\n" + string.Join('\n', Table("activation", network.Activations), Table("cost", network.Costs), Table("initialiser", network.Initializers),
            Table("layer", network.Layers), Table("optimizer", training.UpdateRules), Table("schedule", training.Schedules)) + "\n";
    }

    private static string Table<T>(string kind, Registry<T> registry) where T : class, IChoice<T> =>
        $"| {kind} | formula | parameters |\n| --- | --- | --- |\n" + string.Concat(registry.Select(row =>
            $"| `{row.Name}` | {Escape(row.Summary)} | {string.Join("; ", row.Parameters.Select(Text))} |\n"));

    private static string Text(NumberParameter parameter) =>
        $"`{parameter.OptionName}`{(parameter.IsRequired ? "" : $" {parameter.Default.ToString(CultureInfo.InvariantCulture)}")}: {Escape(parameter.Description)}";

    private static string Escape(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
