using System.Runtime.InteropServices;
using Nabla.Models.Content;

namespace Nabla.Cli.Output.Reports;

/// <summary>The machine and the versions that computed the hashes.</summary>
internal static class MachineFacts
{
    private const string LinuxProcessors = "/proc/cpuinfo";

    /// <summary>The name of the processor where the system tells it, and its architecture.</summary>
    public static string Processor =>
        $"{ProcessorName() ?? "unnamed"} ({RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()})";

    /// <summary>Bits of the vectors that this process computes with.</summary>
    public static int VectorBits => TrainingStarted.VectorBits;

    /// <summary>The runtime and the platform that it was built for.</summary>
    public static string Runtime =>
        $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}";

    /// <summary>The version of Nabla.</summary>
    public static string Version => ProductVersion.Current;

    private static string? ProcessorName()
    {
        if (!File.Exists(LinuxProcessors))
        {
            return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        }

        string? line = File.ReadLines(LinuxProcessors)
            .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        return line?.Split(':', 2)[^1].Trim();
    }
}
