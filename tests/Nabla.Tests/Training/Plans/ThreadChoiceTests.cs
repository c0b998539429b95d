using System.Diagnostics;
using Nabla.Numerics.Random;
using Nabla.Training.Plans;
using Xunit;

namespace Nabla.Tests.Training.Plans;

/// <summary>On machines whose times are made up: what a step takes is known here, as a function of the threads and of the time.</summary>
public class ThreadChoiceTests
{
    private const double Microsecond = 1e-6;

    [Theory]
    [InlineData(7, 9.6, 2)]
    [InlineData(18, 9.6, 1)]
    [InlineData(100, 200, 2)]
    [InlineData(1600, 900, 1)]
    public void The_faster_way_is_taken_nearly_always(double all, double one, int expected)
    {
        double other = 0, seconds = 10;
        Run(seconds, (threads, now) =>
        {
            double step = (threads == 1 ? one : all) * Microsecond;
            other += threads != expected && now > 2 ? step : 0;
            return step;
        });
        Assert.InRange(other / seconds, double.Epsilon, 0.02);
    }

    [Fact]
    public void It_follows_the_machine()
    {
        // The cores are near each other, share one core from the second 3 on, and are near again from 6 on.
        double slow = 0;
        Run(9, (threads, now) =>
        {
            bool isApart = now is > 3 and < 6;
            bool isSlow = isApart == (threads == 2);
            double step = (threads == 1 ? 9.6 : isApart ? 18 : 7) * Microsecond;
            slow += isSlow && now > 0.5 ? step : 0;
            return step;
        });
        Assert.InRange(slow, double.Epsilon, 1.5);
    }

    [Fact]
    public void A_moment_in_which_the_machine_does_something_else_does_not_decide()
    {
        double next = 1, alone = 0;
        Run(10, (threads, now) =>
        {
            // 20 ms of something else, every half second.
            double pause = now > next ? 0.02 : 0;
            next += pause > 0 ? 0.5 : 0;
            alone += threads == 1 ? 9.6 * Microsecond : 0;
            return ((threads == 1 ? 9.6 : 7) * Microsecond) + pause;
        });
        Assert.InRange(alone, double.Epsilon, 0.5);
    }

    [Fact]
    public void Threads_that_are_interrupted_now_and_then_are_not_waited_for_long()
    {
        // Others run, too: half of the time one of two threads stands still, and the other one with it. In between two are faster.
        double work = 0, seconds = 10;
        Run(seconds, (threads, now) =>
        {
            bool isInterrupted = new CounterRandom(1, RandomPurpose.SyntheticSamples, 0, (ulong)(now * 250)).NextInt32(2) == 0;
            double step = (threads == 1 ? 9.6 : isInterrupted ? 40 : 7) * Microsecond;
            work += now > 1 ? 9.6 * Microsecond : 0;
            return step;
        });
        Assert.InRange(work / (seconds - 1), 0.95, 1);
    }

    [Fact]
    public void What_is_compiled_at_the_start_does_not_count()
    {
        double alone = 0;
        Run(1, (threads, now) =>
        {
            alone += threads == 1 ? 9.6 * Microsecond : 0;
            return now == 0 ? 0.15 : (threads == 1 ? 9.6 : now < 0.25 ? 50 : 7) * Microsecond;
        });
        Assert.InRange(alone, double.Epsilon, 0.02);
    }

    /// <summary>Runs steps of ten samples with two threads, each as long as the machine says.</summary>
    private static void Run(double seconds, Func<int, double, double> machine)
    {
        var choice = new ThreadChoice(2);
        for (double now = 0; now < seconds;)
        {
            double step = machine(choice.Threads, now);
            choice.Completed(10, (long)(step * Stopwatch.Frequency));
            now += step;
        }
    }
}
