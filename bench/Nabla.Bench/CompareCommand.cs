using System.CommandLine;
using Nabla.Bench.Comparison;
using Nabla.Bench.Report;

namespace Nabla.Bench;

/// <summary><c>compare</c>: everything side by side, and the page of results.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        var root = new Option<string>("--root") { Description = "The root of the repository", Required = true };
        var python = new Option<string>("--python") { Description = "The Python that has the peers", DefaultValueFactory = _ => "python3" };
        var rounds = new Option<int>("--rounds") { Description = "Rounds of interleaved runs", DefaultValueFactory = _ => 3 };
        var threads = new Option<int>("--threads") { Description = "The larger number of threads", DefaultValueFactory = _ => 2 };
        var only = new Option<string?>("--only") { Description = "Some workloads, such as W1,W3,GEMM" };
        var quick = new Option<bool>("--quick") { Description = "One round, one epoch: to see that everything works" };
        var output = new Option<string?>("--output") { Description = "The page; bench/RESULTS.md for a whole comparison, otherwise artifacts/bench/RESULTS.md" };
        var written = new Option<string>("--written") { Description = "The command as it stands on the page", DefaultValueFactory = _ => "bench/run" };
        var sdk = new Option<string>("--sdk") { Description = "The version of the .NET SDK, as it stands on the page", DefaultValueFactory = _ => "unknown" };
        var command = new Command("compare", "Runs Nabla and its peers side by side and writes the page of results.") { root, python, rounds, threads, only, quick, output, sdk, written };
        command.SetAction(parsed =>
        {
            string folder = parsed.GetRequiredValue(root);
            bool isQuick = parsed.GetValue(quick);
            var surroundings = new Surroundings
            {
                Root = folder,
                Data = Environment.GetEnvironmentVariable("NABLA_DATA") is { Length: > 0 } data ? data : Path.GetFullPath(Path.Combine(folder, "..", "shared", "data")),
                Python = parsed.GetValue(python)!,
                Node = "node",
                Epochs = isQuick ? 1 : null,
            };
            string[]? names = parsed.GetValue(only)?.ToUpperInvariant().Split(',');
            int count = isQuick ? 1 : parsed.GetValue(rounds), most = parsed.GetValue(threads);
            if (WrongUsage(names, count, most, surroundings) is { } message)
            {
                Console.Error.WriteLine($"bench: {message}");
                return 2;
            }

            string path = parsed.GetValue(output) ?? (isQuick || names is not null ? surroundings.InWork("RESULTS.md") : Path.Combine(folder, "bench", "RESULTS.md"));
            try
            {
                Workload[] workloads = [.. Workload.All.Where(workload => names is null || names.Contains(workload.Id))];
                File.WriteAllText(path, Compare(workloads, count, most, parsed.GetValue(sdk)!, parsed.GetValue(written)!, surroundings));
            }
            catch (InvalidOperationException error)
            {
                Console.Error.WriteLine($"bench: {error.Message}");
                return 1;
            }

            Console.Error.WriteLine($"bench: {Path.GetRelativePath(folder, path)} is written.");
            return 0;
        });
        return command;
    }

    private static string? WrongUsage(string[]? names, int rounds, int threads, Surroundings surroundings)
    {
        if (names?.FirstOrDefault(name => Workload.All.All(workload => workload.Id != name)) is { } unknown)
        {
            return $"--only {unknown}: expected some of {string.Join(',', Workload.All.Select(workload => workload.Id))}.";
        }

        if (rounds < 1 || threads < 1)
        {
            return $"--rounds {rounds} --threads {threads}: expected at least 1.";
        }

        return Directory.Exists(Path.Combine(surroundings.Data, "mnist")) ? null
            : "MNIST is not there. Set NABLA_DATA to a folder that has mnist/ in it; ./nabla data get mnist fetches it.";
    }

    private static string Compare(Workload[] workloads, int rounds, int threads, string sdk, string written, Surroundings surroundings)
    {
        Directory.CreateDirectory(surroundings.Work);
        IReadOnlyList<(Side Peer, string Version)> peers = Preparation.FindPeers(workloads, surroundings);
        Side[] found = [.. peers.Select(peer => peer.Peer)];
        // Made first: the load of the machine is to be seen as it was before the runs.
        var page = new ResultsPage(workloads, peers, surroundings.Settings, threads, rounds, surroundings.Epochs, sdk, written);
        Preparation.MakeFiles(workloads, found, surroundings);
        return page.Write(new InterleavedRuns([Side.Nabla, Side.NablaWithoutZeros, Side.NablaOnTheRuntime, .. found], threads, rounds, surroundings).Run(workloads));
    }
}
