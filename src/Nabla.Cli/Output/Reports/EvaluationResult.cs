using System.Text.Json;
using Nabla.Training.Measures;

namespace Nabla.Cli.Output.Reports;

/// <summary>The result of <c>nabla evaluate</c>.</summary>
internal sealed class EvaluationResult(string path, Model model, Dataset data, string part, Evaluation evaluation, ClassificationReport? report, RocAuc? areas)
{
    public void Print()
    {
        Tables.PrintFacts(
            ("model", path),
            ("data", $"{data.Name}, {part}: {Figures.Count(data.Count)} samples"),
            ("cost", $"{Figures.Real(evaluation.Cost)} ({model.Architecture.Cost})"),
            ("accuracy", evaluation.Accuracy is { } accuracy ? $"{Figures.Percent(accuracy)} ({Figures.Count(evaluation.Correct!.Value)} of {Figures.Count(evaluation.Count)})" : null),
            ("rejected", report is { Rejected: > 0 } ? $"{Figures.Count(report.Rejected)} predictions were codes of no class" : null),
            ("ECE", report?.ExpectedCalibrationError is { } error ? $"{Figures.Percent(error)} (mean gap between confidence and accuracy)" : null),
            ("log-loss", report?.LogLoss is { } loss ? $"{Figures.Real(loss)} (mean of −ln p of the true class)" : null),
            ("ROC-AUC", areas?.Value is { } area ? $"{Figures.Ratio(area)} ({(report!.Classes.Count == 2 ? $"of {report.Classes[1]}" : "each class against the others, mean")})" : null),
            ("RMSE", Real(evaluation.RootMeanSquaredError)),
            ("MAE", Real(evaluation.MeanAbsoluteError)),
            ("R²", Real(evaluation.R2)));
        if (report is null)
        {
            return;
        }

        Screen.Line();
        ReportTables.WriteClasses(report, areas);
        Screen.Line();
        ReportTables.WriteConfusion(report);
    }

    public void WriteJson(Utf8JsonWriter writer)
    {
        writer.WriteString("model", path);
        writer.WriteString("weights_sha256", model.WeightsSha256);
        writer.WriteString("data", data.Name);
        writer.WriteString("part", part);
        writer.WriteNumber("samples", evaluation.Count);
        WriteNumber(writer, "cost", evaluation.Cost);
        if (report is null)
        {
            WriteErrors(writer);
        }
        else
        {
            WriteReport(writer, report);
        }
    }

    private static string? Real(double? value) => value is { } v ? Figures.Real(v) : null;

    /// <summary>Writes a number, or null if it is missing or not finite, which JSON cannot represent.</summary>
    private static void WriteNumber(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            writer.WriteNumber(name, number);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    private void WriteErrors(Utf8JsonWriter writer)
    {
        WriteNumber(writer, "rmse", evaluation.RootMeanSquaredError);
        WriteNumber(writer, "mae", evaluation.MeanAbsoluteError);
        WriteNumber(writer, "r2", evaluation.R2);
    }

    private void WriteReport(Utf8JsonWriter writer, ClassificationReport classes)
    {
        WriteNumber(writer, "accuracy", evaluation.Accuracy);
        writer.WriteNumber("correct", evaluation.Correct ?? 0);
        writer.WriteNumber("rejected", classes.Rejected);
        WriteNumber(writer, "log_loss", classes.LogLoss);
        WriteNumber(writer, "roc_auc", areas?.Value);
        WriteNumber(writer, "expected_calibration_error", classes.ExpectedCalibrationError);
        writer.WriteStartArray("classes");
        for (int c = 0; c < classes.Classes.Count; c++)
        {
            writer.WriteStartObject();
            writer.WriteString("class", classes.Classes[c]);
            writer.WriteNumber("precision", classes.Precision[c]);
            writer.WriteNumber("recall", classes.Recall[c]);
            writer.WriteNumber("f1", classes.F1[c]);
            WriteNumber(writer, "roc_auc", areas?.Classes[c]);
            writer.WriteNumber("support", classes.Support[c]);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("confusion");
        for (int truth = 0; truth < classes.Classes.Count; truth++)
        {
            writer.WriteStartArray();
            for (int answer = 0; answer < classes.Classes.Count; answer++)
            {
                writer.WriteNumberValue(classes.Confusion[truth, answer]);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }
}
