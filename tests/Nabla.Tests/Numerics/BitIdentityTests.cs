using System.Diagnostics;
using System.Globalization;
using Nabla.Tests.Architecture;
using Xunit;

namespace Nabla.Tests.Numerics;

/// <summary>
/// Every result has the same bits at every vector width, without vectors, without fused multiply-add hardware, with and
/// without tiered compilation, and for any number of threads. The program Nabla.Bits computes the results in child
/// processes, because the runtime reads its switches at startup.
/// </summary>
public class BitIdentityTests
{
    private static readonly string[] Switches = ["EnableAVX512", "EnableAVX2", "EnableHWIntrinsic", "PreferredVectorBitWidth", "TieredCompilation"];

    private static readonly Lazy<Dictionary<string, string>> Reference = new(() => Run(null, 1));

    // The switch, the number of threads, and the vector widths and instructions that the switch disables. The test
    // checks these: otherwise an ignored switch would make it compare a result with itself.
    public static TheoryData<string, int, string[]> Variants => new()
    {
        { "EnableAVX512=0", 1, ["Vector512"] },
        { "PreferredVectorBitWidth=256", 2, ["Vector512"] },
        { "PreferredVectorBitWidth=128", 3, ["Vector512", "Vector256"] },
        { "EnableAVX2=0", 1, ["Vector512", "Vector256", "Fma"] },
        { "EnableHWIntrinsic=0", 2, ["Vector512", "Vector256", "Vector128", "Fma"] },
        { "TieredCompilation=0", 1, [] },
    };

    [Theory]
    [MemberData(nameof(Variants))]
    public void No_bit_depends_on_the_vector_width(string variant, int threads, string[] disabled)
    {
        Dictionary<string, string> results = Run(variant, threads);
        foreach (string tier in new[] { "Vector512", "Vector256", "Vector128", "Fma" })
        {
            Assert.Equal(disabled.Contains(tier) ? "False" : Reference.Value["tier." + tier], results["tier." + tier]);
        }

        // ARM64 has fused multiply-adds, but not the instruction set of this name.
        if (Reference.Value["tier.Fma"] == "True")
        {
            Assert.Equal(disabled.Contains("Fma") ? "True" : "False", results["tier.Emulated"]);
        }

        RequireSameHashes(results);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void No_bit_depends_on_the_number_of_threads(int threads) => RequireSameHashes(Run(null, threads));

    /// <summary>
    /// After an intended change of bits, describe it in CHANGELOG.md under "Bits" and run this test with
    /// NABLA_ACCEPT_BITS=1, which rewrites the file.
    /// </summary>
    [Fact]
    public void The_bits_of_whole_training_runs_are_the_pinned_ones()
    {
        string[] now = [.. Reference.Value.Where(pair => pair.Key.StartsWith("hash.training.", StringComparison.Ordinal)).Select(pair => $"{pair.Key}={pair.Value}").Order(StringComparer.Ordinal)];
        string file = Path.Combine(Sources.Root, "tests", "golden", "bits.txt");
        if (Environment.GetEnvironmentVariable("NABLA_ACCEPT_BITS") == "1")
        {
            File.WriteAllLines(file, now);
        }

        Assert.Equal(File.ReadAllLines(file), now);
    }

    /// <summary>
    /// The hashes of docs/reproducibility.md, which <c>nabla verify</c> compares on every machine. After an intended
    /// change of bits, run this test with NABLA_ACCEPT_BITS=1, build, and run PublishedTableTests with
    /// NABLA_ACCEPT_PUBLISHED=1.
    /// </summary>
    [Fact]
    public void The_weights_of_the_published_trainings_are_the_published_ones()
    {
        const string Prefix = "hash.published.";
        string[] now =
        [
            .. Reference.Value
                .Where(pair => pair.Key.StartsWith(Prefix, StringComparison.Ordinal))
                .Select(pair => $"{pair.Key[Prefix.Length..]}={pair.Value}"),
        ];
        string file = Path.Combine(Sources.Root, "src", "Nabla.Cli", "Commands", "Verification", "published.txt");
        if (Environment.GetEnvironmentVariable("NABLA_ACCEPT_BITS") == "1")
        {
            File.WriteAllText(file, string.Concat(now.Select(line => line + "\n")));
        }

        Assert.Equal(File.ReadAllLines(file), now);
    }

    private static void RequireSameHashes(Dictionary<string, string> results)
    {
        Assert.True(results.Keys.Count(key => key.StartsWith("hash.", StringComparison.Ordinal)) > 50);
        Assert.Equal(Reference.Value.Keys.Order(), results.Keys.Order());
        string[] different = [.. results.Keys.Where(key => key.StartsWith("hash.", StringComparison.Ordinal) && results[key] != Reference.Value[key]).Order()];
        Assert.True(different.Length == 0, $"The bits differ from those with full vectors on one thread: {string.Join(", ", different)}.");
    }

    private static Dictionary<string, string> Run(string? variant, int threads)
    {
        // The runtime is in shared/Microsoft.NETCore.App/VERSION, below the folder of the host.
        string host = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        var start = new ProcessStartInfo(host)
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Nabla.Bits.dll"), threads.ToString(CultureInfo.InvariantCulture) },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in Switches)
        {
            start.Environment.Remove("DOTNET_" + name);
        }

        if (variant?.Split('=') is [var key, var value])
        {
            start.Environment["DOTNET_" + key] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"Nabla.Bits under {variant} ended with {process.ExitCode}: {errors.Result}");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim().Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
    }
}
