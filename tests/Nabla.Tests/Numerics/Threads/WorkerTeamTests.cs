using Nabla.Numerics.Threads;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Numerics.Threads;

public class WorkerTeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Every_part_runs_exactly_once(int threads)
    {
        using var team = new WorkerTeam(threads);
        var counting = new Counting();
        // Many short jobs of varying size: a late worker must not take a part of the next job.
        for (int job = 0; job < 3000; job++)
        {
            int parts = job % 23;
            Array.Clear(counting.Runs);
            counting.Parts = parts;
            team.Run(counting, parts);
            Assert.All(counting.Runs[..parts], runs => Assert.Equal(1, runs));
            Assert.All(counting.Runs[parts..], runs => Assert.Equal(0, runs));
        }
    }

    [Fact]
    public void All_threads_work_at_the_same_time()
    {
        using var team = new WorkerTeam(4);
        var meeting = new Meeting(4);
        team.Run(meeting, 4);
        Assert.Equal(4, meeting.Threads.Distinct().Count());
        Assert.Contains(Thread.CurrentThread, meeting.Threads);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void An_exception_in_a_part_reaches_the_caller_and_the_team_lives_on(int threads)
    {
        using var team = new WorkerTeam(threads);
        Assert.Equal("Part 2.", Assert.Throws<NotSupportedException>(() => team.Run(new Failing(2), 5)).Message);
        var counting = new Counting { Parts = 5 };
        team.Run(counting, 5);
        Assert.All(counting.Runs[..5], runs => Assert.Equal(1, runs));
    }

    [Fact]
    public void No_part_of_a_failed_job_is_left_to_take()
    {
        using var team = new WorkerTeam(2);
        for (int trial = 0; trial < 100; trial++)
        {
            Assert.Throws<NotSupportedException>(() => team.Run(new Failing(0), 3));
            Assert.False(team.TryTakePart(out _));
        }
    }

    [Fact]
    public void Dispose_ends_the_threads()
    {
        var team = new WorkerTeam(3);
        var meeting = new Meeting(3);
        team.Run(meeting, 3);
        team.Dispose();
        Assert.All(meeting.Threads.Where(thread => thread != Thread.CurrentThread), thread => Assert.False(thread.IsAlive));
        Assert.Throws<ObjectDisposedException>(() => team.Run(new Counting(), 3));
        team.Dispose();
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 7)]
    [InlineData(4, 32)]
    public void A_part_may_take_further_parts_and_each_runs_once_the_first_on_the_calling_thread(int threads, int parts)
    {
        using var team = new WorkerTeam(threads);
        var taking = new Taking(team);
        for (int round = 1; round <= 300; round++)
        {
            team.Run(taking, parts);
            Assert.All(taking.Runs[..parts], runs => Assert.Equal(round, runs));
            Assert.Same(Thread.CurrentThread, taking.First);
        }
    }

    [Fact]
    public void A_job_allocates_nothing_on_any_thread()
    {
        using var team = new WorkerTeam(3);
        var meeting = new Meeting(3);
        Run();
        Assert.Equal(0, Allocation.Of(Counter, () =>
        {
            for (int job = 0; job < 100; job++)
            {
                Run();
            }
        }));

        void Run() => team.Run(meeting, 3);

        // Every thread records its own count when its part begins.
        long Counter()
        {
            Run();
            return meeting.AllocatedBytes[0] + meeting.AllocatedBytes[1] + meeting.AllocatedBytes[2];
        }
    }

    [Fact]
    public void A_team_has_at_least_one_thread() => Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerTeam(0));

    private sealed class Counting : IParallelWork
    {
        public int[] Runs { get; } = new int[32];

        public int Parts { get; set; }

        public void Run(int part, int parts)
        {
            Interlocked.Increment(ref Runs[part]);
            Assert.Equal(Parts, parts);
        }
    }

    /// <summary>A job whose parts take further parts that no thread has claimed yet.</summary>
    private sealed class Taking(WorkerTeam team) : IParallelWork
    {
        public int[] Runs { get; } = new int[32];

        public Thread? First { get; private set; }

        public void Run(int part, int parts)
        {
            if (part == 0)
            {
                First = Thread.CurrentThread;
            }

            do
            {
                Interlocked.Increment(ref Runs[part]);
            }
            while (team.TryTakePart(out part));
        }
    }

    private sealed class Failing(int failing) : IParallelWork
    {
        public void Run(int part, int parts)
        {
            if (part == failing)
            {
                throw new NotSupportedException($"Part {part}.");
            }
        }
    }

    /// <summary>A job whose parts wait for each other, so that every thread does exactly one.</summary>
    private sealed class Meeting(int threads) : IParallelWork
    {
        private int arrived;

        public Thread[] Threads { get; } = new Thread[threads];

        public long[] AllocatedBytes { get; } = new long[threads];

        public void Run(int part, int parts)
        {
            Threads[part] = Thread.CurrentThread;
            AllocatedBytes[part] = GC.GetAllocatedBytesForCurrentThread();
            int round = (Interlocked.Increment(ref arrived) + parts - 1) / parts;
            var spin = new SpinWait();
            while (Volatile.Read(ref arrived) < round * parts)
            {
                spin.SpinOnce(sleep1Threshold: -1);
            }
        }
    }
}
