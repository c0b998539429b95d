using Nabla.Cli.Output.Pictures;
using Nabla.Cli.Output.Reports;
using Nabla.Runs;

namespace Nabla.Cli.Output.Training;

/// <summary>The result of a run: the curve, the test set, the place of the model, and the next commands.</summary>
internal static class TrainingSummary
{
    public static void Write(RunFolder folder, RunOptions record, DataSplit split, TrainingResult result, Measured? test, Model model, string? path)
    {
        WriteCurve(result.Epochs);
        WriteTest(record, split, test);
        Tables.PrintFacts(
            ("epochs", $"{result.EpochsDone}; the weights are from epoch {result.KeptEpoch} ({Reason(result.StoppedBy)})"),
            ("training", $"{Figures.Real(result.Seconds)} s"),
            ("model", path ?? "not saved"),
            ("weights", model.WeightsSha256));
        if (path != folder.ModelPath)
        {
            return;
        }

        Screen.Line();
        Screen.Line("Next:");
        DataRequest data = record.Data;
        string options = data.TestFile is null && (data.Table is not null || split.Train.Image is not null) ? (data.Test is { } size ? $" --test {size}" : "") + (data.Seed > 0 ? $" --seed {data.Seed}" : "") : "";
        Screen.Line($"  nabla evaluate {folder.FolderPath} {data.TestFile ?? data.Source}{options}");
        Screen.Line($"  nabla predict {folder.FolderPath} {data.TestFile ?? data.Source}");
        Screen.Line($"  nabla inspect {folder.FolderPath}");
    }

    private static void WriteCurve(IReadOnlyList<EpochCompleted> epochs)
    {
        if (epochs.Count < 2)
        {
            return;
        }

        bool accuracy = epochs[0].Validation?.Accuracy is not null;
        IEnumerable<string> lines = accuracy
            ? CurveChart.Lines("Validation accuracy", [.. epochs.Select(epoch => epoch.Validation!.Accuracy!.Value)], Figures.Percent)
            : CurveChart.Lines("Training cost", [.. epochs.Select(epoch => epoch.TrainCost)], Figures.Real);
        foreach (string line in lines)
        {
            Screen.Line(line);
        }

        Screen.Line();
    }

    private static void WriteTest(RunOptions record, DataSplit split, Measured? measured)
    {
        if (measured is not { Evaluation: var test })
        {
            return;
        }

        if (test.Accuracy is { } accuracy)
        {
            var report = ClassificationReport.From(split.Test!, measured.Outputs, record.Training.Targets);
            Screen.Line($"Test accuracy {Figures.Percent(accuracy)} ({Figures.Count(test.Correct!.Value)} of {Figures.Count(test.Count)}), cost {Figures.Real(test.Cost)}");
            Screen.Line();
            ReportTables.WriteClasses(report);
            Screen.Line();
            ReportTables.WriteConfusion(report);
        }
        else
        {
            Screen.Line($"Test RMSE {Figures.Real(test.RootMeanSquaredError!.Value)}, MAE {Figures.Real(test.MeanAbsoluteError!.Value)}, R² {Figures.Real(test.R2!.Value)}");
        }

        Screen.Line();
    }

    private static string Reason(StopReason reason) => reason switch
    {
        StopReason.EarlyStop => "early stopping",
        StopReason.Schedule => "the learning rate has reached its minimum",
        StopReason.Interrupt => "interrupted",
        StopReason.Diverged => "diverged",
        _ => "all epochs completed",
    };
}
