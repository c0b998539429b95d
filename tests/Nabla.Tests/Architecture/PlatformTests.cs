using Nabla.Tests.Architecture.Symbols;
using Xunit;

namespace Nabla.Tests.Architecture;

/// <summary>Which code may touch pointers, threads, randomness, clocks, the console and files, on compiled symbols.</summary>
public class PlatformTests
{
    private static readonly SymbolSet Intrinsics =
        new("System.Runtime.Intrinsics.X86.*", "System.Runtime.Intrinsics.Arm.*", "System.Runtime.Intrinsics.Wasm.*");

    private static readonly SymbolSet Threads = new(
        "System.Threading.Thread",
        "System.Threading.ThreadPool",
        "System.Threading.Timer",
        "System.Threading.Tasks.Parallel",
        "System.Threading.Tasks.Task.Run",
        "System.Threading.Tasks.Task.Start",
        "System.Threading.Tasks.Task..ctor",
        "System.Threading.Tasks.Task.Factory",
        "System.Threading.Tasks.TaskFactory",
        "System.Linq.ParallelEnumerable");

    private static readonly SymbolSet Randomness = new(
        "System.Random",
        "System.Security.Cryptography.RandomNumberGenerator",
        "System.Guid.NewGuid",
        "System.Guid.CreateVersion7");

    private static readonly SymbolSet Clocks = new(
        "System.DateTime.Now",
        "System.DateTime.UtcNow",
        "System.DateTime.Today",
        "System.DateTimeOffset.Now",
        "System.DateTimeOffset.UtcNow",
        "System.Diagnostics.Stopwatch",
        "System.Environment.TickCount",
        "System.Environment.TickCount64",
        "System.TimeProvider.System",
        "System.TimeProvider.GetUtcNow",
        "System.TimeProvider.GetLocalNow",
        "System.TimeProvider.GetTimestamp",
        "System.TimeProvider.GetElapsedTime",
        "System.Threading.PeriodicTimer",
        "System.Timers.*");

    private static readonly SymbolSet Console = new(
        "System.Console",
        "System.Diagnostics.Trace",
        "System.Diagnostics.Debug.Print",
        "System.Diagnostics.Debug.Write",
        "System.Diagnostics.Debug.WriteLine",
        "Microsoft.Extensions.Logging.ConsoleLoggerExtensions",
        "Microsoft.Extensions.Logging.Console.*",
        "Spectre.Console.*");

    private static readonly SymbolSet Files = new(
        "System.IO.File",
        "System.IO.FileInfo",
        "System.IO.FileStream",
        "System.IO.FileSystemInfo",
        "System.IO.FileSystemWatcher",
        "System.IO.Directory",
        "System.IO.DirectoryInfo",
        "System.IO.DriveInfo",
        "System.IO.Path.GetTempFileName",
        "System.IO.RandomAccess",
        "System.IO.StreamReader",
        "System.IO.StreamWriter",
        "System.IO.Compression.ZipFile",
        "System.IO.Enumeration.*",
        "System.IO.MemoryMappedFiles.*");

    private static readonly ILookup<Symbol, Use> Uses = CompiledAssembly.All.SelectMany(assembly => assembly.WrittenUses).ToLookup(use => use.Used);

    [Fact]
    public void Only_Numerics_has_pointers() => RequireOnly(symbol => symbol == Symbol.Pointer, "Pointers belong in Numerics", "Nabla.Numerics");

    [Fact]
    public void Only_Numerics_has_hardware_intrinsics() => RequireOnly(Intrinsics.Contains, "Hardware intrinsics belong in Numerics", "Nabla.Numerics");

    [Fact]
    public void Only_Numerics_and_the_program_start_threads() =>
        RequireOnly(Threads.Contains, "Threads belong in Numerics and, around a whole command, in the program", "Nabla.Numerics", "Nabla.Cli");

    [Fact]
    public void Only_the_counter_based_generator_makes_randomness() => RequireOnly(Randomness.Contains, "Randomness comes from CounterRandom alone");

    [Fact]
    public void Only_these_types_read_a_clock() => RequireOnly(
        Clocks.Contains,
        "Only the listed types read a clock",
        "Nabla.Training.TrainingRun",
        "Nabla.Training.Plans.ThreadChoice",
        "Nabla.Runs.RunFolder",
        "Nabla.Runs.RunLock",
        "Nabla.Runs.RunObserver",
        "Nabla.Theory.CheckResult",
        "Nabla.Serving.ModelHost",
        "Nabla.Serving.ModelReloading",
        "Nabla.Serving.NablaModelServices",
        "Nabla.Serving.Http.PredictEndpoint",
        "Nabla.Cli.Commands.Training.TrainCommand",
        "Nabla.Cli.Commands.Training.TrainingJob",
        "Nabla.Cli.Output.Training.SavingRemarks");

    [Fact]
    public void Only_the_program_writes_to_the_console() => RequireOnly(
        Console.Contains,
        "Only the program has console output",
        "Nabla.Cli",

        // Writes one trace warning per process where fused multiply-adds are emulated. Nobody sees it who does not listen.
        "Nabla.Numerics.Arithmetic");

    [Fact]
    public void Only_Data_Models_Runs_and_the_program_touch_files() => RequireOnly(
        Files.Contains,
        "Only Data, Models, Runs and the program touch files",
        "Nabla.Data",
        "Nabla.Models",
        "Nabla.Runs",
        "Nabla.Cli",

        // Maps a file that Data has opened. A map is a pointer, so the class is in Numerics.
        "Nabla.Numerics.Memory.MappedBuffer",

        // Reads the time and size of the model file to see whether it has been replaced. The library reads its content.
        "Nabla.Serving.FileStamp");

    /// <summary>Fails where other code uses the symbols, and where a permitted place does not use them.</summary>
    /// <param name="isRestricted">Tells the symbols that only the places may use.</param>
    /// <param name="rule">The rule as a sentence, for the message.</param>
    /// <param name="places">Full names of the permitted namespaces and types.</param>
    private static void RequireOnly(Func<Symbol, bool> isRestricted, string rule, params string[] places)
    {
        Use[] uses = [.. Uses.Where(group => isRestricted(group.Key)).SelectMany(group => group)];
        Violations.RequireNone(uses.Where(use => !places.Any(place => IsIn(use.User, place))), rule);
        Assert.All(
            places,
            place => Assert.True(uses.Any(use => IsIn(use.User, place)), $"{place} no longer needs its permission: delete it from the list in this test."));
    }

    private static bool IsIn(Symbol user, string place) => (user.FullType + ".").StartsWith(place + ".", StringComparison.Ordinal);
}
