using System.Text;
using Nabla.Bench.Comparison;
using Nabla.Bench.Workloads;

namespace Nabla.Bench.Report;

/// <summary>A table for each figure of a workload, every side in it.</summary>
internal static class WorkloadTables
{
    public static void Append(
        StringBuilder page, Workload workload, IReadOnlyList<Measurement> measurements, IReadOnlyList<Side> sides, BenchmarkSettings settings, Ceilings ceilings, int? epochs)
    {
        page.AppendLine($"## {workload.Id}: {workload.Title}").AppendLine();
        if (settings.Networks.TryGetValue(workload.Id, out NetworkSetting? setting))
        {
            string operations = workload.IsWholeProcess ? "" : $", {Text.Figure(Roofline.TrainingOperations(setting) / 1e6)} million operations a sample";
            page.AppendLine($"η {setting.LearningRate}, λ {setting.L2}, {epochs ?? setting.Epochs} epoch{((epochs ?? setting.Epochs) == 1 ? "" : "s")} for every side, {setting.ParameterCount:#,0} parameters{operations}.").AppendLine();
        }

        foreach (Metric metric in workload.Metrics)
        {
            IReadOnlyList<Standing> standings = Standing.Of(measurements, sides, workload, metric);
            page.AppendLine($"| side | threads | {metric.Title} | range | Nabla is better by |{(workload.IsWholeProcess ? "" : " of the roofline |")}{string.Concat(metric.Companions.Select(c => $" {c.Title} |"))}");
            page.AppendLine($"| --- | ---: | ---: | ---: | ---: |{(workload.IsWholeProcess ? "" : " ---: |")}{string.Concat(metric.Companions.Select(_ => " ---: |"))}");
            foreach (Standing standing in standings)
            {
                Standing? nabla = standings.FirstOrDefault(s => s.Side.IsNabla && s.Failure is null && (!workload.KeepsThreadsApart || s.Threads == standing.Threads));
                page.AppendLine(standing.Failure is { } failure
                    ? $"| {standing.Side.Title} | – | {Cell(failure)} | | |{(workload.IsWholeProcess ? "" : " |")}{string.Concat(metric.Companions.Select(_ => " |"))}"
                    : Row(workload, metric, standing, nabla, settings, ceilings));
            }

            page.AppendLine();
        }
    }

    private static string Row(Workload workload, Metric metric, Standing standing, Standing? nabla, BenchmarkSettings settings, Ceilings ceilings)
    {
        string title = standing.Side.IsNabla ? $"**{standing.Side.Title}**" : standing.Side.Title;
        string ratio = nabla is null || standing.Side.IsNabla ? "" : Text.Ratio(nabla.RatioTo(standing, metric));
        string fraction = workload.IsWholeProcess ? "" : $" {Text.Fraction(RooflineFraction.Of(workload, metric, standing, settings, ceilings))} |";
        IEnumerable<string> companions = standing.Companions.Zip(metric.Companions, (value, companion) => $" {Text.Formatted(value, companion.Format)} |");
        return $"| {title} | {standing.Threads} | {Text.Figure(standing.Value)} | {Text.Figure(standing.Least)} – {Text.Figure(standing.Most)} | {ratio} |{fraction}{string.Concat(companions)}";
    }

    /// <summary>A text that may stand in a cell of a table.</summary>
    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
