using System.Globalization;
using System.Text.Json;
using Nabla.Bench.Workloads;

namespace Nabla.Bench.Comparison;

/// <summary>What has to be there before anything is timed: the peers, the table of W6, W3's model and the one sample of W7.</summary>
internal static class Preparation
{
    /// <summary>The peers that answer, with their versions. Says of the others how to get them.</summary>
    public static IReadOnlyList<(Side Peer, string Version)> FindPeers(IReadOnlyList<Workload> workloads, Surroundings surroundings)
    {
        var found = new List<(Side, string)>();
        foreach (Side peer in Side.Peers.Where(peer => workloads.Any(workload => peer.Workloads.Contains(workload.Id))))
        {
            ProcessResult result = ChildProcess.Run(peer.Command("version", 1, surroundings), surroundings.Environment);
            if (result.ExitCode != 0)
            {
                Console.Error.WriteLine($"bench: {peer.Title} is missing ({result.LastError}). To have it in the comparison: {peer.Install}, or bench/run --install");
                continue;
            }

            using var answer = JsonDocument.Parse(result.Output.Split('\n').Last(line => line.StartsWith('{')));
            string version = answer.RootElement.GetProperty("version").GetString()!;
            string? blas = answer.RootElement.TryGetProperty("blas", out JsonElement value) ? value.GetString() : null;
            if (blas == "reference")
            {
                Console.Error.WriteLine($"bench: {peer.Title} computes with the reference BLAS, many times slower than OpenBLAS; it is left out. To have it in the comparison: apt-get install libopenblas0-pthread, or bench/run --install");
                continue;
            }

            found.Add((peer, blas is null ? version : $"{version} on {blas}"));
        }

        return found;
    }

    /// <summary>Makes what is not there yet, and the peers' own files anew.</summary>
    public static void MakeFiles(IReadOnlyList<Workload> workloads, IEnumerable<Side> peers, Surroundings surroundings)
    {
        if (workloads.Any(workload => workload.Id == "W6") && !File.Exists(surroundings.InWork("table.csv")))
        {
            Console.Error.WriteLine("bench: writing the table of W6");
            TableFile.Write(surroundings.InWork("table.csv"), surroundings.Settings.TableRows);
        }

        if (workloads.Any(workload => workload.Id is "W5" or "W7"))
        {
            if (!File.Exists(surroundings.InWork("w3/model.safetensors")))
            {
                Console.Error.WriteLine("bench: training W3's network once, for the predictions");
                NetworkSetting setting = surroundings.Settings.Networks["W3"];
                Require([surroundings.Program, "train", "mnist", .. setting.CommandLine(setting.Epochs), "--validation", "10000", "--run", surroundings.InWork("w3"), "--quiet"], surroundings);
            }

            WriteSample(surroundings);
            foreach (Side peer in peers.Where(peer => peer.Workloads.Contains("W7")))
            {
                Require(peer.Command("prepare", 1, surroundings), surroundings);
            }
        }
    }

    /// <summary>The first test image as a row of numbers, each the shortest text that gives the same float.</summary>
    private static void WriteSample(Surroundings surroundings)
    {
        Dataset test = new Images(surroundings.Data).Open().Test!;
        float[] row = new float[test.InputCount];
        test.CopyInputs(0, row);
        File.WriteAllText(surroundings.InWork("sample.csv"), string.Join(',', row.Select(value => value.ToString(CultureInfo.InvariantCulture))) + "\n");
    }

    private static void Require(IReadOnlyList<string> command, Surroundings surroundings)
    {
        ProcessResult result = ChildProcess.Run(command, surroundings.Environment);
        if (result.ExitCode != 0)
        {
            throw new InvalidOperationException($"A preparation failed with exit code {result.ExitCode}: {string.Join(' ', command.Select(Path.GetFileName))}: {result.LastError}");
        }
    }
}
