using System.CommandLine;
using System.Text.Json.Nodes;
using Nabla.Bench.Machine;

namespace Nabla.Bench.Workloads;

/// <summary><c>workload NAME</c>: one measurement of Nabla in this process, printed as one line of JSON, as the peers print it.</summary>
internal static class WorkloadCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "W1 to W5, GEMM, or PEAK for the machine itself" };
        var threads = new Option<int>("--threads") { Description = "Threads", DefaultValueFactory = _ => 1 };
        var epochs = new Option<int?>("--epochs") { Description = "Instead of the number in workloads.json" };
        var work = new Option<string>("--work") { Description = "Folder with W3's model", DefaultValueFactory = _ => "artifacts/bench" };
        var data = new Option<string?>("--data") { Description = "Folder that has mnist/ in it (NABLA_DATA)" };
        var seed = new Option<ulong>("--seed") { Description = "Decides what is drawn at random" };
        var noZeros = new Option<bool>("--no-zeros") { Description = "Every pixel of 0 becomes 1 of 255" };
        var command = new Command("workload", "One measurement of Nabla, as one line of JSON.") { name, threads, epochs, work, data, seed, noZeros };
        command.SetAction(parsed =>
        {
            string workload = parsed.GetRequiredValue(name);
            int count = parsed.GetValue(threads);
            BenchmarkSettings settings = BenchmarkSettings.Load();
            var images = new Images(parsed.GetValue(data), parsed.GetValue(noZeros));
            JsonObject line = workload switch
            {
                "PEAK" => new JsonObject { ["fma_gflops"] = FmaPeak.Measure(count), ["read_gb_per_s"] = ReadBandwidth.Measure(count), ["hand_over_ns"] = HandOver.Measure() },
                "GEMM" => GemmWorkload.Run(count),
                "W5" => PredictionWorkload.Run(Path.Combine(parsed.GetValue(work)!, "w3", "model.safetensors"), images, settings.PredictionBatch, count),
                _ when settings.Networks.TryGetValue(workload, out NetworkSetting? setting) && workload != "W6" => TrainingWorkload.Run(setting, images, parsed.GetValue(epochs) ?? setting.Epochs, count, parsed.GetValue(seed)),
                _ => throw new ArgumentException($"No workload {workload} runs inside this program: expected W1 to W5, GEMM or PEAK."),
            };
            line["workload"] = workload;
            line["threads"] = count;
            Console.WriteLine(line.ToJsonString());
        });
        return command;
    }
}
