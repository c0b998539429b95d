using System.Text;
using Nabla.Bench.Comparison;
using Nabla.Bench.Machine;
using Nabla.Bench.Workloads;

namespace Nabla.Bench.Report;

/// <summary>The page of results. The facts about the machine are taken when it is made, before anything runs.</summary>
internal sealed class ResultsPage(
    IReadOnlyList<Workload> workloads,
    IReadOnlyList<(Side Peer, string Version)> peers,
    BenchmarkSettings settings,
    int threads,
    int rounds,
    int? epochs,
    string sdk,
    string command)
{
    private readonly (string Name, string Value)[] facts = [.. MachineFacts.All()];
    private readonly Side[] sides = [Side.Nabla, Side.NablaWithoutZeros, Side.NablaOnTheRuntime, .. peers.Select(found => found.Peer)];

    /// <summary>The page as Markdown.</summary>
    public string Write(IReadOnlyList<Measurement> measurements)
    {
        var ceilings = new Ceilings(measurements);
        var page = new StringBuilder();
        page.AppendLine("# Nabla and its peers, side by side").AppendLine();
        page.AppendLine($"Written by `{command}` on {DateTime.UtcNow:yyyy-MM-dd}. Same machine, same run, one process a measurement, {rounds} interleaved round{(rounds == 1 ? "" : "s")}, medians.");
        page.AppendLine($"Each side stands at its better number of threads out of 1 and {threads}. How to read it: [README.md](README.md).");
        if (rounds < 3 || epochs is not null)
        {
            page.AppendLine().AppendLine("**A quick look, not a result: too few rounds or epochs to rely on.**");
        }

        page.AppendLine();
        Machine(page, ceilings);
        Summary(page, measurements, ceilings);
        foreach (Workload workload in workloads)
        {
            WorkloadTables.Append(page, workload, measurements, sides, settings, ceilings, epochs);
        }

        return page.ToString();
    }

    private void Machine(StringBuilder page, Ceilings ceilings)
    {
        page.AppendLine("## Machine").AppendLine().AppendLine("| | |").AppendLine("| --- | --- |");
        foreach ((string name, string value) in facts)
        {
            page.AppendLine($"| {name} | {value} |");
        }

        page.AppendLine($"| .NET SDK | {sdk} |");
        foreach ((Side peer, string version) in peers)
        {
            page.AppendLine($"| {peer.Title} | {version} |");
        }

        string[] missing = [.. Side.Peers.Where(peer => !sides.Contains(peer) && workloads.Any(workload => peer.Workloads.Contains(workload.Id))).Select(peer => peer.Title)];
        if (missing.Length > 0)
        {
            page.AppendLine($"| not installed | {string.Join(", ", missing)} |");
        }

        page.AppendLine().AppendLine($"| measured ceiling | {string.Join(" | ", ceilings.Threads.Select(count => $"{count} thread{(count == 1 ? "" : "s")}"))} |");
        page.AppendLine($"| --- |{string.Concat(ceilings.Threads.Select(_ => " ---: |"))}");
        page.AppendLine($"| fused multiply-adds in float, {FmaPeak.Width}-bit vectors, GFLOP/s | {string.Join(" | ", ceilings.Threads.Select(count => Text.Figure(ceilings.Fma(count))))} |");
        page.AppendLine($"| reading memory, GB/s | {string.Join(" | ", ceilings.Threads.Select(count => Text.Figure(ceilings.Read(count))))} |").AppendLine();
        (double lowest, double median, double highest) = ceilings.HandOver;
        page.AppendLine($"What one core writes, the other one sees after {Text.Figure(median)} ns ({Text.Figure(lowest)} – {Text.Figure(highest)} among the runs).").AppendLine();
    }

    private void Summary(StringBuilder page, IReadOnlyList<Measurement> measurements, Ceilings ceilings)
    {
        page.AppendLine("## Summary").AppendLine();
        page.AppendLine("| workload | figure | Nabla | best peer | Nabla is better by | than network2 by | of the roofline | goals |");
        page.AppendLine("| --- | --- | ---: | ---: | ---: | ---: | ---: | --- |");
        foreach (Workload workload in workloads)
        {
            foreach (Metric metric in workload.Metrics)
            {
                IReadOnlyList<Standing> standings = Standing.Of(measurements, sides, workload, metric);
                foreach (Standing nabla in standings.Where(standing => standing.Side.IsNabla))
                {
                    page.AppendLine($"| {workload.Id} | {metric.Title}{(workload.KeepsThreadsApart && nabla.Failure is null ? $", {nabla.Threads} thread{(nabla.Threads == 1 ? "" : "s")}" : "")} | {Row(workload, metric, standings, nabla, ceilings)} |");
                }
            }
        }

        page.AppendLine();
    }

    private string Row(Workload workload, Metric metric, IReadOnlyList<Standing> standings, Standing nabla, Ceilings ceilings)
    {
        Standing? best = standings.FirstOrDefault(s => s.Side.IsPeer && s.Failure is null && (!workload.KeepsThreadsApart || s.Threads == nabla.Threads));
        Standing? book = standings.FirstOrDefault(s => s.Side == Side.Network2 && s.Failure is null);
        string peer = best is null ? "–" : $"{best.Side.Title} {Text.Figure(best.Value)}";
        if (nabla.Failure is not null)
        {
            return $"not available yet | {peer} | – | – | – | {Goals(workload, metric)}";
        }

        double fraction = RooflineFraction.Of(workload, metric, nabla, settings, ceilings);
        return $"{Text.Figure(nabla.Value)} | {peer} | {(best is null ? "–" : Text.Ratio(nabla.RatioTo(best, metric)))} | {(book is null ? "–" : Text.Ratio(nabla.RatioTo(book, metric)))} | {Text.Fraction(fraction)} | {Goals(workload, metric)}";
    }

    private static string Goals(Workload workload, Metric metric) => string.Join(", ", new[]
    {
        metric.Goal is { } ratio ? $"{ratio} × the best peer" : null,
        workload.Network2Goal is { } book ? $"{book} × network2" : null,
        workload.RooflineGoal is { } roof ? $"{roof:0.00} of the roofline" : null,
    }.Where(goal => goal is not null));
}
