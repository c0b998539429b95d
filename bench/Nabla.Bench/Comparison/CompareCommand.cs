using System.CommandLine;
using Nabla.Bench.Report;

namespace Nabla.Bench.Comparison;

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
        var command = new Command("compare", "Runs Nabla and its peers side by side and writes the page of results.") { root, python, rounds, threads, only, quick, output, written };
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
            if (names?.FirstOrDefault(name => Workload.All.All(workload => workload.Id != name)) is { } unknown)
            {
                Console.Error.WriteLine($"bench: --only {unknown}: expected some of {string.Join(',', Workload.All.Select(workload => workload.Id))}.");
                return 2;
            }

            if (parsed.GetValue(rounds) < 1 || parsed.GetValue(threads) < 1)
            {
                Console.Error.WriteLine("bench: --rounds and --threads: expected at least 1.");
                return 2;
            }

            if (!Directory.Exists(Path.Combine(surroundings.Data, "mnist")))
            {
                Console.Error.WriteLine("bench: MNIST is not there. Set NABLA_DATA to a folder that has mnist/ in it; ./nabla data get mnist fetches it.");
                return 2;
            }

            Workload[] workloads = [.. Workload.All.Where(workload => names is null || names.Contains(workload.Id))];
            int count = isQuick ? 1 : parsed.GetValue(rounds);
            IReadOnlyList<(Side Peer, string Version)> peers = Preparation.FindPeers(workloads, surroundings);
            var page = new ResultsPage(workloads, peers, surroundings.Settings, parsed.GetValue(threads), count, surroundings.Epochs, parsed.GetValue(written)!);
            Preparation.MakeFiles(workloads, peers.Select(found => found.Peer), surroundings);
            IReadOnlyList<Measurement> measurements = new InterleavedRuns([Side.Nabla, .. peers.Select(found => found.Peer)], parsed.GetValue(threads), count, surroundings).Run(workloads);
            string path = parsed.GetValue(output) ?? (isQuick || names is not null ? surroundings.InWork("RESULTS.md") : Path.Combine(folder, "bench", "RESULTS.md"));
            File.WriteAllText(path, page.Write(measurements));
            Console.Error.WriteLine($"bench: {Path.GetRelativePath(folder, path)} is written.");
            return 0;
        });
        return command;
    }
}
