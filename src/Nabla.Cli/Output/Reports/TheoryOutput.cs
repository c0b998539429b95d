using System.Globalization;
using Nabla.Theory;
using Nabla.Theory.Contents;
using Nabla.Theory.Text;
using Spectre.Console;

namespace Nabla.Cli.Output.Reports;

/// <summary>The results of checks: a table, one full derivation, or JSON.</summary>
internal abstract class TheoryOutput
{
    /// <summary>The output for the requested form.</summary>
    public static TheoryOutput For(IReadOnlyList<Check> checks, bool json) => json ? new JsonOutput() : checks.Count == 1 ? new FullOutput() : new TableOutput(checks.Count);

    /// <summary>Lists the checks without running them.</summary>
    public static void List(IReadOnlyList<Check> checks, bool json)
    {
        if (json)
        {
            foreach (Check check in checks)
            {
                JsonLines.Write(writer => WriteFacts(writer, check));
            }

            return;
        }

        Table table = Tables.Create("chapter", "id", "claim", "status", "picture", "sources");
        foreach (Check check in checks)
        {
            string chapter = Catalog.ChapterOf(check).Letter;
            Tables.AddRow(table, chapter, check.Id, check.Title, StatusName(check), check.Plot is null ? "" : "yes", string.Join("; ", check.Sources));
        }

        Tables.Print(table);
    }

    /// <summary>Shows a result as soon as it is known.</summary>
    public virtual void Show(CheckResult result)
    {
    }

    /// <summary>Called after the last result.</summary>
    public virtual void Complete(IReadOnlyList<CheckResult> results)
    {
    }

    private static void WriteFacts(System.Text.Json.Utf8JsonWriter writer, Check check)
    {
        writer.WriteString("id", check.Id);
        writer.WriteString("title", check.Title);
        writer.WriteString("status", StatusName(check));
        writer.WriteString("claim", check.Claim);
        if (check.Correction is not null)
        {
            writer.WriteString("correction", check.Correction);
        }

        writer.WriteString("formula", check.Formula);
        writer.WriteStartArray("sources");
        foreach (string source in check.Sources)
        {
            writer.WriteStringValue(source);
        }

        writer.WriteEndArray();
    }

    private static string StatusName(Check check) => check.Status.ToString().ToLowerInvariant();

    private static string VerdictName(Verdict verdict) => verdict.ToString().ToLowerInvariant();

    private static string ErrorText(double error) => error == 0 ? "0" : error.ToString("0.0e+00", CultureInfo.InvariantCulture);

    private static IEnumerable<string> Problems(CheckResult result)
    {
        if (result.Problem is not null)
        {
            yield return result.Problem;
        }

        foreach (Finding finding in result.Findings.Where(finding => !finding.Passed))
        {
            yield return $"{finding.Name}: {finding.Value}{(finding.Expected is null ? "" : $", expected {finding.Expected}")}";
        }
    }

    private sealed class JsonOutput : TheoryOutput
    {
        public override void Show(CheckResult result) => JsonLines.Write(writer =>
        {
            writer.WriteString("id", result.Check.Id);
            writer.WriteString("title", result.Check.Title);
            writer.WriteString("verdict", VerdictName(result.Verdict));
            writer.WriteNumber("error", double.IsFinite(result.Error) ? result.Error : double.MaxValue);
            writer.WriteNumber("seconds", Math.Round(result.Seconds, 6));
            writer.WriteString("status", StatusName(result.Check));
            if (result.Problem is not null)
            {
                writer.WriteString("problem", result.Problem);
            }

            writer.WriteStartArray("findings");
            foreach (Finding finding in result.Findings)
            {
                writer.WriteStartObject();
                writer.WriteString("kind", finding.Kind.ToString().ToLowerInvariant());
                writer.WriteString("name", finding.Name);
                writer.WriteString("value", finding.Value);
                if (finding.Expected is not null)
                {
                    writer.WriteString("expected", finding.Expected);
                }

                writer.WriteBoolean("passed", finding.Passed);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
    }

    private sealed class TableOutput(int count) : TheoryOutput
    {
        private readonly Table table = Tables.Create("id", "claim", "verdict", "#error");
        private int shown;

        public override void Show(CheckResult result)
        {
            shown++;
            Tables.AddRow(table, result.Check.Id, result.Check.Title, VerdictName(result.Verdict), ErrorText(result.Error));
            Renew($"{shown} of {count} claims");
        }

        public override void Complete(IReadOnlyList<CheckResult> results)
        {
            Renew("");
            Tables.Print(table);
            foreach (CheckResult result in results.Where(result => result.Verdict == Verdict.Fails))
            {
                foreach (string problem in Problems(result))
                {
                    Screen.Line($"{result.Check.Id}  {problem}");
                }
            }

            int corrected = results.Count(result => result.Verdict == Verdict.Corrected), fails = results.Count(result => result.Verdict == Verdict.Fails);
            Screen.Line(string.Create(CultureInfo.InvariantCulture, $"{results.Count} claims: {results.Count - corrected - fails} hold, {corrected} corrected, {fails} fail"));
        }
    }

    /// <summary>Writes a line to standard error on a terminal, over the line before it.</summary>
    private static void Renew(string text)
    {
        if (!Console.IsErrorRedirected)
        {
            Console.Error.Write($"\r{text,-30}\r");
        }
    }

    private sealed class FullOutput : TheoryOutput
    {
        private const int LongestName = 40;
        private const int LongestLine = 110;

        public override void Show(CheckResult result)
        {
            Check check = result.Check;
            Screen.Line($"{check.Id}  {check.Title}: {VerdictName(result.Verdict)}");
            Screen.Line("");
            Screen.Line($"Source     {string.Join("; ", check.Sources)}");
            Screen.Line($"Claimed    {check.Claim}");
            if (check.Correction is not null)
            {
                Screen.Line($"Corrected  {check.Correction}");
            }

            Screen.Line("");
            Screen.Line($"    {LatexText.Formula(check.Formula)}");
            Screen.Line("");
            foreach (string line in LatexText.Markdown(check.Derivation.Trim()).ReplaceLineEndings("\n").Split('\n'))
            {
                Screen.Line(line);
            }

            Screen.Line("");
            int width = Math.Min(LongestName, result.Findings.Select(finding => finding.Name.Length).DefaultIfEmpty().Max());
            foreach (Finding finding in result.Findings)
            {
                Show(finding, width);
            }

            if (result.Problem is not null)
            {
                Screen.Line(result.Problem);
            }
        }

        /// <summary>On one line if it fits; otherwise the name, with the value and the expectation below it.</summary>
        private static void Show(Finding finding, int width)
        {
            string kind = finding.Kind switch
            {
                FindingKind.Given => "given",
                FindingKind.Refuted => "published",
                FindingKind.Reported => "measured",
                _ => "checked",
            };
            string expected = finding.Expected is null ? "" : finding.Kind == FindingKind.Refuted ? $"in fact {finding.Expected}" : $"expected {finding.Expected}";
            string error = (finding.Error is { } value ? $"error {ErrorText(value)}" : "") + (finding.Passed ? "" : "  FAILS");
            string line = $"{kind,-10} {finding.Name.PadRight(width)}  {finding.Value}  {expected}  {error}".TrimEnd();
            if (line.Length <= LongestLine)
            {
                Screen.Line(line);
                return;
            }

            Screen.Line($"{kind,-10} {finding.Name}");
            foreach (string part in new[] { finding.Value, expected, error.Trim() }.Where(part => part.Length > 0))
            {
                Screen.Line($"{"",-13}{part}");
            }
        }
    }
}
