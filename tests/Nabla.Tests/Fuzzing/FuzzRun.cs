using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Nabla.Tests.Fuzzing;

/// <summary>What came of an attack.</summary>
/// <param name="Mutations">Damaged files.</param>
/// <param name="Accepted">Those that were read all the same.</param>
/// <param name="Refused">Those that were refused as documented.</param>
/// <param name="Slowest">The longest time for one.</param>
/// <param name="MostBytes">The most bytes allocated for one.</param>
internal sealed record FuzzResult(int Mutations, int Accepted, int Refused, TimeSpan Slowest, long MostBytes);

/// <summary>Attacks a reader with damaged copies of good files. Each copy is read or refused as documented, soon, and in little memory.</summary>
internal static class FuzzRun
{
    /// <summary>Says how many copies of each format are read in place of <see cref="UsualMutations"/>.</summary>
    private const string CountVariable = "NABLA_FUZZ_MUTATIONS";

    private const int UsualMutations = 1000;

    private const ulong Seed = 20260701;

    /// <summary>No file may make a reader take more, beyond its own length.</summary>
    private const long MostBytes = 1 << 26;

    /// <summary>Small files are read in milliseconds. This finds what takes for ever, and leaves room for a busy machine.</summary>
    private static readonly TimeSpan LongestReading = TimeSpan.FromSeconds(5);

    /// <summary>After this a reading is given up with the process: nothing else ends a loop without end.</summary>
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    /// <summary>Copies of each format.</summary>
    public static int Mutations { get; } =
        Environment.GetEnvironmentVariable(CountVariable) is { Length: > 0 } text ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : UsualMutations;

    /// <summary>Reads every good file, then damaged copies of them in turn.</summary>
    /// <param name="format">The format.</param>
    /// <param name="path">Where the damaged files are written; the last one stays there if the process dies of it.</param>
    public static FuzzResult Attack(FuzzFormat format, string path)
    {
        for (int i = 0; i < format.Corpus.Count; i++)
        {
            File.WriteAllBytes(path, format.Wrap(format.Corpus[i], i));
            format.Read(path);
        }

        var result = new FuzzResult(0, 0, 0, TimeSpan.Zero, 0);
        int current = 0;
        using var watch = new Timer(_ => Environment.FailFast($"{format}: copy {current} of seed {Seed} has been read for {Hang.TotalSeconds} s: {path}"));
        for (int index = 0; index < Mutations; index++)
        {
            current = index;
            int which = index % format.Corpus.Count;
            byte[] donor = format.Corpus[(index + 1 + (index / format.Corpus.Count)) % format.Corpus.Count];
            byte[] bytes = format.Wrap(Mutator.Of(format.Corpus[which], Seed, index, donor, format.IsText), which);
            File.WriteAllBytes(path, bytes);
            watch.Change(Hang, Timeout.InfiniteTimeSpan);
            result = Add(result, format, path, bytes, index);
            watch.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        return result;
    }

    private static FuzzResult Add(FuzzResult result, FuzzFormat format, string path, byte[] bytes, int index)
    {
        string copy = $"{format}: copy {index} of seed {Seed}";
        long before = Allocated(format), start = Stopwatch.GetTimestamp();
        bool isAccepted = true;
        try
        {
            format.Read(path);
        }
        catch (Exception error) when (format.IsRefusal(error, path))
        {
            isAccepted = false;
        }
        catch (Exception error)
        {
            Assert.Fail($"{copy}: {error}\n{Convert.ToBase64String(bytes)}");
        }

        TimeSpan time = Stopwatch.GetElapsedTime(start);
        long taken = Allocated(format) - before, limit = Math.Min(MostBytes + bytes.Length, format.FixedBytes + (format.BytesForByte * bytes.Length));
        Assert.True(time < LongestReading, $"{copy} took {time}.\n{Convert.ToBase64String(bytes)}");
        Assert.True(taken <= limit, $"{copy} of {bytes.Length} bytes took {taken} bytes of memory, more than {limit}.\n{Convert.ToBase64String(bytes)}");
        return new FuzzResult(
            result.Mutations + 1,
            result.Accepted + (isAccepted ? 1 : 0),
            result.Refused + (isAccepted ? 0 : 1),
            time > result.Slowest ? time : result.Slowest,
            Math.Max(taken, result.MostBytes));
    }

    private static long Allocated(FuzzFormat format) => format.IsThreaded ? GC.GetTotalAllocatedBytes() : GC.GetAllocatedBytesForCurrentThread();
}
