using System.CommandLine;
using Nabla.Cli.Failures;
using Nabla.Cli.Options;
using Nabla.Cli.Output.Reports;
using Nabla.Data.Files;
using Nabla.Theory;
using Nabla.Theory.Contents;
using Nabla.Theory.Plots;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla theory</c>: checks every claim of the exercises against the library.</summary>
internal static class TheoryCommand
{
    public static Command Create()
    {
        var ids = new Argument<string[]>("ID") { Description = "Claims such as T94, or chapters A to R (all)", Arity = ArgumentArity.ZeroOrMore };
        Option<bool> list = new("--list") { Description = "List the claims without running them" };
        Option<bool> json = new("--json") { Description = "One JSON object per claim on standard output" };
        Option<string?> plot = new("--plot") { Description = "Draw the picture of one claim as a PNG image", HelpName = "FILE" };
        Option<string?> book = new("--book") { Description = "Write all claims and pictures as Markdown: FOLDER/theory.md, FOLDER/theory and FOLDER/images/theory", HelpName = "FOLDER" };
        Option<bool> force = OutputFile.CreateForce();
        var command = new DocumentedCommand(
            "theory",
            "Check the mathematics: test the claims that Nabla rests on against its code.",
            "nabla theory",
            "nabla theory T94",
            "nabla theory D",
            "nabla theory T24 --plot saturated.png")
        { ids, list, json, plot, force, book };
        command.SetAction(result =>
        {
            IReadOnlyList<Check> checks = Choose(result.GetValue(ids) ?? []);
            if (result.GetValue(list))
            {
                TheoryOutput.List(checks, result.GetValue(json));
                return ExitCodes.Done;
            }

            if (result.GetValue(plot) is { } file)
            {
                Draw(checks, file, result.GetValue(force));
            }

            return Run(checks, result.GetValue(json), result.GetValue(book));
        });
        return command;
    }

    private static IReadOnlyList<Check> Choose(string[] ids)
    {
        if (ids.Length == 0)
        {
            return Catalog.Checks;
        }

        var chosen = new List<Check>();
        foreach (string id in ids)
        {
            if (Catalog.Chapters.FirstOrDefault(chapter => chapter.Letter.Equals(id, StringComparison.OrdinalIgnoreCase)) is { } chapter)
            {
                chosen.AddRange(chapter.Checks);
                continue;
            }

            chosen.Add(Catalog.Find(id) ?? throw new UsageException(
                $"{id}: no such claim or chapter. Claims are {Catalog.Checks[0].Id} to {Catalog.Checks[^1].Id}, chapters A to {Catalog.Chapters[^1].Letter}; 'nabla theory --list' shows them."));
        }

        return [.. chosen.Distinct()];
    }

    private static void Draw(IReadOnlyList<Check> checks, string file, bool force)
    {
        if (checks is not [{ Plot: { } plot }])
        {
            throw new UsageException(checks.Count == 1
                ? $"--plot: {checks[0].Id} has no picture. These have one: {string.Join(", ", Catalog.Checks.Where(check => check.Plot is not null).Select(check => check.Id))}."
                : "--plot draws the picture of one claim: name it, as in 'nabla theory T24 --plot FILE.png'.");
        }

        OutputFile.Require(file, force);
        AtomicFile.Write(file, stream => PlotWriter.Write(plot(), stream));
        Console.Error.WriteLine($"nabla: {checks[0].Id}: the picture is in {file}");
    }

    private static int Run(IReadOnlyList<Check> checks, bool json, string? book)
    {
        var results = new List<CheckResult>();
        TheoryOutput output = TheoryOutput.For(checks, json);
        // The claims are independent and run in parallel; the results keep their order.
        foreach (CheckResult result in checks.AsParallel().AsOrdered().WithMergeOptions(ParallelMergeOptions.NotBuffered).Select(CheckResult.Of))
        {
            results.Add(result);
            output.Show(result);
        }

        output.Complete(results);
        if (book is not null)
        {
            Write(results, book);
        }

        return results.Any(result => result.Verdict == Verdict.Fails) ? ExitCodes.Failed : ExitCodes.Done;
    }

    private static void Write(IReadOnlyCollection<CheckResult> results, string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, Path.GetDirectoryName(TheoryPage.PicturePath("T"))!));
        foreach (Check check in results.Select(result => result.Check).Where(check => check.Plot is not null))
        {
            AtomicFile.Write(Path.Combine(folder, TheoryPage.PicturePath(check.Id)), stream => PlotWriter.Write(check.Plot!(), stream));
        }

        foreach ((string path, string page) in TheoryPage.WriteAll(results))
        {
            string file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            AtomicFile.Write(file, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(page)));
        }
    }
}
