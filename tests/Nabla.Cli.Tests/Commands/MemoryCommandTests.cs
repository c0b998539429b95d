using System.Diagnostics;
using System.Text.Json;
using Nabla.Cli.Tests.Support;
using Xunit;

namespace Nabla.Cli.Tests.Commands;

/// <summary>Training on data that is several times larger than the memory that the program may use.</summary>
public sealed class MemoryCommandTests(LargeFiles files) : IClassFixture<LargeFiles>
{
    /// <summary>32 MiB: the images have 157 MB, the table's cells 97 MB and its inputs 48 MB.</summary>
    private const string HeapLimit = "0x2000000";

    [Fact]
    public void Images_and_tables_of_several_times_the_heap_are_trained_on()
    {
        JsonElement plain = TrainLimited(files.Images, "plain"), packed = TrainLimited(files.PackedImages, "packed"), table = TrainLimited(files.Table, "table");
        Assert.Equal(plain.GetProperty("weights_sha256").GetString(), packed.GetProperty("weights_sha256").GetString());

        // The class stands in the rows that are light, and in the first column: whoever reads the right samples learns it.
        Assert.True(plain.GetProperty("test_accuracy").GetDouble() > 0.5);
        Assert.True(table.GetProperty("test_accuracy").GetDouble() > 0.9);
        Assert.Equal(Train(Environment(limit: null), files.Table, "unlimited").GetProperty("weights_sha256").GetString(), table.GetProperty("weights_sha256").GetString());
        Assert.Empty(Directory.GetFileSystemEntries(files.Scratch));
    }

    /// <summary>
    /// An address space of 6 GB, of which .NET takes half at the start for itself and some for its threads, and in it 140 MB of private memory: the program's own needs come to most of that,
    /// and the images have 157 MB, the table's cells and inputs 145 MB.
    /// </summary>
    [Fact]
    public void They_are_trained_on_in_a_small_address_space_with_less_private_memory_than_data()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The limits are Linux's.");
        foreach ((string data, string run) in new[] { (files.Images, "images-limited"), (files.PackedImages, "packed-limited"), (files.Table, "table-limited") })
        {
            string[] arguments = [.. Training(data, run), "--memory", "0"];
            NablaProgram.RunLimited("-v 6000000 -d 140000", Environment(limit: null), arguments).RequireDone();
        }

        Assert.Empty(Directory.GetFileSystemEntries(files.Scratch));
    }

    /// <summary>A temporary file has no name from the start, so that even a killed program leaves nothing.</summary>
    [Fact]
    public void Nothing_is_left_after_an_interrupt_or_a_kill()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Signals and the list of mapped files are Linux's.");
        foreach (string signal in new[] { "-INT", "-KILL" })
        {
            using Process process = NablaProgram.StartInterruptible(
                Environment(limit: null), "train", files.SmallTable, "--memory", "0", "--epochs", "100000", "--hidden", "none", "--json", "--quiet", "--run", files.NewRun("run" + signal));
            process.StandardInput.Close();
            string? line;
            do
            {
                line = process.StandardOutput.ReadLine();
            }
            while (line is not null && !line.Contains("\"epoch\"", StringComparison.Ordinal));

            Assert.Contains($"{files.Scratch}/nabla-{process.Id}", File.ReadAllText($"/proc/{process.Id}/maps"), StringComparison.Ordinal);
            Assert.Empty(Directory.GetFileSystemEntries(files.Scratch));
            Process.Start("kill", [signal, $"{process.Id}"]).WaitForExit();
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == (signal == "-INT" ? 130 : 137), $"{signal}: exit {process.ExitCode}: {process.StandardError.ReadToEnd()}");
            Assert.Empty(Directory.GetFileSystemEntries(files.Scratch));
        }
    }

    [Fact]
    public void A_damaged_table_leaves_nothing_and_a_missing_folder_for_temporary_files_is_named()
    {
        string table = files.NewRun("damaged.csv");
        File.WriteAllText(table, "x,y\n1,a\n2,b\n3\n");
        NablaProgram.RunUnder(Environment(limit: null), "train", table, "--memory", "0", "--run", files.NewRun("damaged")).RequireRefused("damaged.csv:4");
        Assert.Empty(Directory.GetFileSystemEntries(files.Scratch));
        var nowhere = new Dictionary<string, string> { ["TMPDIR"] = Path.Combine(files.Scratch, "nowhere") };
        ProgramResult refused = NablaProgram.RunUnder(nowhere, "train", files.SmallTable, "--memory", "0", "--run", files.NewRun("nowhere"));
        if (!OperatingSystem.IsWindows())
        {
            refused.RequireRefused("small.csv", "no temporary file", "TMPDIR", "--memory");
        }
    }

    [Fact]
    public void A_run_is_resumed_with_another_budget_and_measured_with_a_third()
    {
        string run = files.NewRun("resumed");
        NablaProgram.Run("train", files.SmallTable, "--epochs", "1", "--hidden", "none", "--memory", "64M", "--quiet", "--run", run).RequireDone();
        Assert.Equal(64 << 20, JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "run.json"))).RootElement.GetProperty("data").GetProperty("memory_budget").GetInt64());
        NablaProgram.Run("train", "--resume", run, "--memory", "1kb", "--quiet").RequireDone();
        JsonElement held = NablaProgram.Run("evaluate", run, files.SmallTable, "--json", "--memory", "4G").Json;
        Assert.Equal(held.GetRawText(), NablaProgram.Run("evaluate", run, files.SmallTable, "--json", "--memory", "100").Json.GetRawText());
    }

    [Theory]
    [InlineData("12X")]
    [InlineData("-1")]
    [InlineData("B")]
    [InlineData("1.5GB")]
    [InlineData("9999999999G")]
    public void What_is_no_size_is_refused(string size) =>
        NablaProgram.Run("train", "xor", "--memory", size).RequireRefused($"--memory {size}: expected a size such as 512MB or 2GB");

    private JsonElement TrainLimited(string data, string run) => Train(Environment(HeapLimit), data, run);

    private JsonElement Train(Dictionary<string, string> environment, string data, string run)
    {
        ProgramResult result = NablaProgram.RunUnder(environment, Training(data, run));
        result.RequireDone();
        return JsonDocument.Parse(result.Lines[^1]).RootElement;
    }

    private string[] Training(string data, string run) =>
        ["train", data, "--epochs", "1", "--hidden", "none", "--batch", "100", "--validation", "0", "--test", "1000", "--json", "--quiet", "--run", files.NewRun(run)];

    /// <summary>Temporary files lie in a folder of their own, in which the runtime puts nothing.</summary>
    private Dictionary<string, string> Environment(string? limit)
    {
        var variables = new Dictionary<string, string> { ["TMPDIR"] = files.Scratch, ["DOTNET_EnableDiagnostics"] = "0" };
        if (limit is not null)
        {
            variables["DOTNET_GCHeapHardLimit"] = limit;
        }

        return variables;
    }
}
