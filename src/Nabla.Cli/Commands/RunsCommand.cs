using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Nabla.Cli.Failures;
using Nabla.Cli.Options;
using Nabla.Cli.Output;
using Nabla.Cli.Output.Pictures;
using Nabla.Runs;
using Spectre.Console;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla runs</c>: the runs in a folder.</summary>
internal static class RunsCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "JSON Lines on standard output", Recursive = true };
        var root = new Option<string>("--runs") { Description = "Folder that holds the runs (runs)", HelpName = "DIR", DefaultValueFactory = _ => "runs", Recursive = true };
        var all = new Option<bool>("--all") { Description = "List the runs of this machine, wherever their folders are" };
        var command = new DocumentedCommand("runs", "List, show, compare and follow runs.", "nabla runs list", "nabla runs compare runs/a runs/b");
        command.Options.Add(json);
        command.Options.Add(root);
        command.Options.Add(all);
        command.SetAction(ListAsked);

        var list = new DocumentedCommand("list", "List all runs.", "nabla runs list", "nabla runs list --all --json") { all };
        list.SetAction(ListAsked);
        command.Subcommands.Add(list);

        var one = new Argument<string>("RUN") { Description = "A run folder, or its name" };
        var show = new DocumentedCommand("show", "Show the options and the curve of a run.", "nabla runs show runs/my-run", "nabla runs show my-run --json") { one };
        show.SetAction(result => Show(RunList.ReadOne(Locate(result.GetValue(root)!, result.GetValue(one)!)), result.GetValue(json)));
        command.Subcommands.Add(show);

        var several = new Argument<string[]>("RUN") { Description = "Run folders, or their names", Arity = ArgumentArity.OneOrMore };
        var compare = new DocumentedCommand("compare", "Compare runs side by side.", "nabla runs compare runs/a runs/b", "nabla runs compare a b --json") { several };
        compare.SetAction(result => List([.. result.GetValue(several)!.Select(name => RunList.ReadOne(Locate(result.GetValue(root)!, name)))], result.GetValue(json)));
        command.Subcommands.Add(compare);
        command.Subcommands.Add(RunsFollowCommand.Create(root));
        return command;

        int ListAsked(ParseResult result)
        {
            if (!result.GetValue(all))
            {
                return List(RunList.Read(result.GetValue(root)!), result.GetValue(json));
            }

            return result.GetResult(root) is { Implicit: false }
                ? throw new UsageException("--all lists every folder of runs, and --runs names one of them. Give one of the two.")
                : List(RunList.ReadRegistered(), result.GetValue(json), byPath: true);
        }
    }

    /// <summary>The folder of a run that is given by its path or its name.</summary>
    public static string Locate(string root, string name) => Directory.Exists(name) ? name : Path.Combine(root, name);

    private static int List(IReadOnlyList<RunSummary> runs, bool json, bool byPath = false)
    {
        if (json)
        {
            foreach (RunSummary run in runs)
            {
                JsonLines.Write(writer => WriteJson(writer, run));
            }

            return ExitCodes.Done;
        }

        if (runs.Count == 0)
        {
            Screen.Line("No runs yet. Start one with: nabla train");
            return ExitCodes.Done;
        }

        Table table = Tables.Create("run", "data", "network", "optimizer", "#η", "#λ", "#epochs", "#validation", "#test", "state");
        foreach (RunSummary run in runs)
        {
            RunOptions? options = run.Options;
            Tables.AddRow(
                table,
                byPath ? run.FolderPath : run.Name,
                options?.Samples?.Name ?? options?.Data.Source ?? "",
                options is null ? "" : string.Join('-', options.Network.Sizes),
                options is null ? "" : options.Training.Optimizer.Name,
                options is null ? "" : Figures.Real(options.Training.LearningRate),
                options is null ? "" : Figures.Real(options.Training.L2),
                run.Epochs.ToString(CultureInfo.InvariantCulture),
                run.BestValidationAccuracy is { } validation ? Figures.Percent(validation) : "",
                options?.Outcome?.TestAccuracy is { } test ? Figures.Percent(test) : "",
                State(run));
        }

        Tables.Print(table);
        return ExitCodes.Done;
    }

    private static int Show(RunSummary run, bool json)
    {
        if (run.Problem is not null)
        {
            throw new UsageException(run.Problem);
        }

        if (json)
        {
            JsonLines.Write(writer => WriteJson(writer, run));
            return ExitCodes.Done;
        }

        RunOptions options = run.Options!;
        Tables.PrintFacts(
            ("run", run.FolderPath),
            ("command", options.Arguments.Count > 0 ? "nabla " + string.Join(' ', options.Arguments) : null),
            ("data", $"{options.Data.Source}, {options.Samples?.Train} + {options.Samples?.Validation} + {options.Samples?.Test} samples"),
            ("started", options.Started?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)),
            ("state", State(run)),
            ("epochs", $"{run.Epochs} of {options.Training.Epochs}"),
            ("best validation", run.BestValidationAccuracy is { } best ? Figures.Percent(best) : null),
            ("test", options.Outcome?.TestAccuracy is { } test ? Figures.Percent(test) : null),
            ("weights", options.Outcome?.WeightsSha256));
        double[] curve = [.. run.Metrics.Select(epoch => epoch.ValidationAccuracy ?? epoch.TrainCost ?? 0)];
        if (curve.Length >= 2)
        {
            bool accuracy = run.Metrics[0].ValidationAccuracy is not null;
            Screen.Line();
            foreach (string line in CurveChart.Lines(accuracy ? "Validation accuracy" : "Training cost", curve, accuracy ? Figures.Percent : Figures.Real))
            {
                Screen.Line(line);
            }
        }

        return ExitCodes.Done;
    }

    private static string State(RunSummary run) => run switch
    {
        { Problem: not null } => "damaged",
        { Options.Outcome: { } outcome } => OptionNames.Of(outcome.StoppedBy),
        _ => "unfinished",
    };

    private static void WriteJson(Utf8JsonWriter writer, RunSummary run)
    {
        writer.WriteString("run", run.FolderPath);
        writer.WriteString("name", run.Name);
        writer.WriteString("state", State(run));
        if (run.Problem is not null)
        {
            writer.WriteString("problem", run.Problem);
            return;
        }

        TrainingOptions training = run.Options!.Training;
        writer.WriteString("data", run.Options.Data.Source);
        writer.WriteString("optimizer", training.Optimizer.Name);
        writer.WriteNumber("learning_rate", training.LearningRate);
        writer.WriteNumber("batch", training.BatchSize);
        writer.WriteNumber("l1", training.L1);
        writer.WriteNumber("l2", training.L2);
        writer.WriteNumber("seed", training.Seed);
        writer.WriteNumber("epochs", run.Epochs);
        WriteOptional("best_validation_accuracy", run.BestValidationAccuracy);
        WriteOptional("best_validation_cost", run.BestValidationCost);
        WriteOptional("test_accuracy", run.Options.Outcome?.TestAccuracy);
        writer.WriteString("weights_sha256", run.Options.Outcome?.WeightsSha256);

        void WriteOptional(string name, double? value)
        {
            if (value is { } number)
            {
                writer.WriteNumber(name, number);
            }
        }
    }
}
