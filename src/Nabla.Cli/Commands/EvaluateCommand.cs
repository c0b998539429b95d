using System.CommandLine;
using Nabla.Cli.Failures;
using Nabla.Cli.Options;
using Nabla.Cli.Output;
using Nabla.Cli.Output.Pictures;
using Nabla.Cli.Output.Reports;
using Nabla.Data.Tables.Text;
using Nabla.Training.Measures;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla evaluate MODEL DATA</c>: measures a model on data.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        Argument<string> model = ModelArgument.Create();
        Option<string?> part = DataPart.CreateOption();
        var confusion = new Option<string?>("--confusion") { Description = "Draw the confusion matrix", HelpName = "FILE.png" };
        var worst = new Option<string?>("--worst") { Description = $"Images: draw the {MistakeSheet.Most} mistakes with the highest confidence", HelpName = "FILE.png" };
        Option<bool> force = OutputFile.CreateForce();
        var json = new Option<bool>("--json") { Description = "One JSON object on standard output" };
        Option<int?> threads = OptionNames.Count("--threads", "Worker threads (one per core); no bit depends on it", "N");
        var command = new DocumentedCommand(
            "evaluate",
            "Measure a model on data: cost, accuracy, each class, confusion, ranking, calibration.",
            "nabla evaluate runs/first digits",
            "nabla evaluate model.safetensors mnist --confusion confusion.png --worst worst.png")
        { model };
        var data = new DataArguments(command, null);
        command.Options.Add(part);
        command.Options.Add(threads);
        foreach (Option option in new Option[] { confusion, worst, force, json })
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, cancellation) =>
        {
            var pictures = new EvaluationPictures(parsed.GetValue(confusion), parsed.GetValue(worst));
            pictures.RequireFiles(parsed.GetValue(force));
            return Run(ModelArgument.Locate(parsed.GetRequiredValue(model)), data.Request(parsed), parsed.GetValue(part), parsed.GetValue(threads), parsed.GetValue(json), pictures, cancellation);
        });
        return command;
    }

    private static Task<int> Run(string path, DataRequest request, string? part, int? threads, bool json, EvaluationPictures pictures, CancellationToken cancellation)
    {
        if (threads < 1)
        {
            throw new UsageException($"--threads {threads}: expected at least 1.");
        }

        (Model model, Dataset data, string partName) = ReadingBar.Run(new Screen(json, quiet: false), request.Source, reading => Open(path, request, part, reading), cancellation);
        return Task.Run(() => Measure(path, model, data, partName, threads, json, pictures), cancellation).WaitAsync(cancellation);
    }

    private static (Model Model, Dataset Data, string Part) Open(string path, DataRequest request, string? part, IProgress<double>? reading)
    {
        Model model = Model.Load(path);
        if (model.Columns is null && TableFile.IsTable(request.Source))
        {
            // A model without columns takes the numbers unscaled.
            request = request with { Table = new TableOptions { Scaling = ColumnScaling.None, ScaleTargets = false, Task = model.IsRegression ? TableTask.Regress : TableTask.Classify } };
        }

        (Dataset data, string name) = DataPart.Open(request, part, model, reading);
        DataFit.Require(model, path, data);
        return (model, data, name);
    }

    private static int Measure(string path, Model model, Dataset data, string partName, int? threads, bool json, EvaluationPictures pictures)
    {
        pictures.RequireFor(data);
        (Evaluation evaluation, double[] outputs) = Measured.Of(model.Architecture, model.Parameters, data, model.Targets, threads);
        ClassificationReport? report = data.IsRegression ? null : ClassificationReport.From(data, outputs, model.Targets);
        RocAuc? areas = data.IsRegression ? null : RocAuc.From(data, outputs, model.Targets);
        if (report is not null)
        {
            pictures.Write(model, data, partName, outputs, report);
        }

        var result = new EvaluationResult(path, model, data, partName, evaluation, report, areas);
        if (json)
        {
            JsonLines.Write(result.WriteJson);
        }
        else
        {
            result.Print();
            pictures.Print();
        }

        return ExitCodes.Done;
    }
}
