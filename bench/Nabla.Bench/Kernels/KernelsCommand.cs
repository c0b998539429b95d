using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Nabla.Bench.Kernels;

/// <summary><c>kernels [FILTER]</c>: the kernels one by one, through BenchmarkDotNet.</summary>
internal static class KernelsCommand
{
    public static Command Create()
    {
        var filter = new Argument<string>("FILTER") { Description = "Which, such as *Gemm* or *Adam*", DefaultValueFactory = _ => "*" };
        var quick = new Option<bool>("--quick") { Description = "Few repetitions: to see that everything works" };
        var artifacts = new Option<string>("--artifacts") { Description = "Where the logs and tables go", DefaultValueFactory = _ => "artifacts/bench/kernels" };
        var command = new Command("kernels", "Times products, activations and update rules by themselves.") { filter, quick, artifacts };
        command.SetAction(parsed =>
        {
            // In this process: the project that BenchmarkDotNet would build for each job does not fit this repository's build settings.
            Job job = (parsed.GetValue(quick) ? Job.ShortRun : Job.Default).WithToolchain(InProcessEmitToolchain.Instance);
            IConfig config = DefaultConfig.Instance.AddJob(job).WithArtifactsPath(parsed.GetValue(artifacts)!).WithOptions(ConfigOptions.JoinSummary);
            BenchmarkSwitcher.FromAssembly(typeof(KernelsCommand).Assembly).Run(["--filter", parsed.GetValue(filter)!], config);
        });
        return command;
    }
}
