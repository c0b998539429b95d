using System.Globalization;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Fuzzing;

/// <summary>Nothing else runs beside these tests: the allocations of all threads are counted, and hangs are told by the clock.</summary>
[CollectionDefinition(nameof(FuzzTests), DisableParallelization = true)]
public sealed class FuzzTestsAlone;

/// <summary>Damaged files of every format that Nabla reads.</summary>
[Collection(nameof(FuzzTests))]
public sealed class FuzzTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Names => [.. FuzzFormats.All.Keys];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void A_damaged_file_is_read_or_refused_soon_and_in_little_memory(string name)
    {
        FuzzFormat format = FuzzFormats.All[name]();
        FuzzResult result = FuzzRun.Attack(format, folder[format.FileName]);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-26}{result.Mutations,8} mutations {result.Accepted,7} accepted {result.Refused,7} refused  slowest {result.Slowest.TotalMilliseconds,7:0.0} ms  most {result.MostBytes / 1024,6} KiB"));

        // Some damage leaves a good file, most does not: otherwise nothing was tested.
        Assert.InRange(result.Accepted, 1, result.Mutations - 1);
        Assert.InRange(result.Refused, result.Mutations / 20, result.Mutations);
    }
}
