using System.Globalization;
using Nabla.Training.Measures;
using Spectre.Console;

namespace Nabla.Cli.Output.Reports;

/// <summary>A classification report as tables.</summary>
internal static class ReportTables
{
    /// <summary>Largest matrix that fits a line; for more classes the most confused pairs are shown.</summary>
    private const int LargestMatrix = 12;

    private const int MostPairs = 10;

    /// <summary>Precision, recall and F1 of each class, and the area under its ROC curve if it is given.</summary>
    public static void WriteClasses(ClassificationReport report, RocAuc? areas = null)
    {
        string[] area = areas is null ? [] : ["#ROC-AUC"];
        Table table = Tables.Create(["class", "#precision", "#recall", "#F1", .. area, "#support"]);
        for (int c = 0; c < report.Classes.Count; c++)
        {
            area = areas is null ? [] : [areas.Classes[c] is { } value ? Figures.Ratio(value) : "·"];
            Tables.AddRow(
                table, [report.Classes[c], Figures.Ratio(report.Precision[c]), Figures.Ratio(report.Recall[c]), Figures.Ratio(report.F1[c]), .. area, Figures.Count(report.Support[c])]);
        }

        Tables.Print(table);
    }

    /// <summary>True against predicted classes.</summary>
    public static void WriteConfusion(ClassificationReport report)
    {
        int classes = report.Classes.Count;
        if (classes > LargestMatrix)
        {
            WritePairs(report);
            return;
        }

        Screen.Line("Confusion (rows: true class, columns: predicted class)");
        string[] names = [.. report.Classes];
        Table table = Tables.Create(["", .. names.Select(name => "#" + name)]);
        for (int truth = 0; truth < classes; truth++)
        {
            Tables.AddRow(table, [names[truth], .. Enumerable.Range(0, classes).Select(answer => Cell(report.Confusion[truth, answer]))]);
        }

        Tables.Print(table);
    }

    private static string Cell(int count) => count == 0 ? "·" : count.ToString(CultureInfo.InvariantCulture);

    private static void WritePairs(ClassificationReport report)
    {
        int classes = report.Classes.Count;
        var pairs = (from truth in Enumerable.Range(0, classes)
                     from answer in Enumerable.Range(0, classes)
                     let count = report.Confusion[truth, answer]
                     where truth != answer && count > 0
                     orderby count descending
                     select (truth, answer, count)).Take(MostPairs);
        Screen.Line("Most confused");
        Table table = Tables.Create("true class", "predicted", "#samples");
        foreach ((int truth, int answer, int count) in pairs)
        {
            Tables.AddRow(table, report.Classes[truth], report.Classes[answer], Figures.Count(count));
        }

        Tables.Print(table);
    }
}
