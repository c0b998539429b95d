using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Bench.Machine;

/// <summary>What figures of this machine have to be read with.</summary>
internal static class MachineFacts
{
    public static IEnumerable<(string Name, string Value)> All()
    {
        yield return ("processor", Line("/proc/cpuinfo", "model name", ':') ?? RuntimeInformation.ProcessArchitecture.ToString());
        yield return ("cores", Environment.ProcessorCount.ToString());
        yield return ("instruction sets", string.Join(", ", InstructionSets()));
        yield return ("memory", $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1L << 30)} GiB");
        yield return ("system", $"{Line("/etc/os-release", "PRETTY_NAME", '=')?.Trim('"') ?? RuntimeInformation.OSDescription}, {Environment.OSVersion.Platform} {Environment.OSVersion.Version}");
        yield return (".NET", $"{RuntimeInformation.FrameworkDescription.Replace(".NET ", "", StringComparison.Ordinal)}, {RuntimeInformation.RuntimeIdentifier}");
        if (Load() is { } load)
        {
            yield return ("load before the first run", load);
        }
    }

    private static IEnumerable<string> InstructionSets()
    {
        (string Name, bool IsSupported)[] sets =
        [
            ("SSE4.2", Sse42.IsSupported), ("AVX", Avx.IsSupported), ("AVX2", Avx2.IsSupported), ("FMA", Fma.IsSupported),
            ("AVX-512F", Avx512F.IsSupported), ("AVX-512DQ", Avx512DQ.IsSupported), ("AdvSimd", AdvSimd.IsSupported),
        ];
        return sets.Where(set => set.IsSupported).Select(set => set.Name);
    }

    /// <summary>Processes that were ready to run in the last minute, on average: above a few tenths somebody else is working here too.</summary>
    private static string? Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : null;

    private static string? Line(string path, string key, char separator) => !File.Exists(path) ? null
        : File.ReadLines(path).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?.Split(separator, 2)[^1].Trim();
}
