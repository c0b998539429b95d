using System.Diagnostics;

namespace Nabla.Training.Plans;

/// <summary>How many threads take part in a step: all of the team, or the calling one alone, whichever has been the faster of late.</summary>
/// <remarks>
/// Threads of a small network wait for each other within microseconds: where a busy machine does not run them at the same time, one thread is faster.
/// So the way that is not in use is tried for some milliseconds now and then. No bit of a result depends on the choice.
/// </remarks>
internal sealed class ThreadChoice(int threads)
{
    /// <summary>Steps between two trials, at least: a trial of long steps is dear.</summary>
    private const int StepsBetweenTrials = 400;

    /// <summary>What the other way must take at most of the present one's time: two of the same speed do not change all the time.</summary>
    private const double Gain = 0.97;

    /// <summary>How much a measurement counts against those before it: of the way in use, which is measured all the time, and of a trial.</summary>
    private const double WeightOfUse = 1.0 / 16, WeightOfTrial = 1.0 / 2;

    /// <summary>What a measurement is at most, against the way in use: a moment in which the machine did something else does not decide.</summary>
    private const double Limit = 2;

    /// <summary>The time after a change, and after its first step, that does not count: threads wake up, and weights come to other caches.</summary>
    private static readonly long Settling = Stopwatch.Frequency / 2000;

    /// <summary>The time of one measurement.</summary>
    private static readonly long Measurement = Stopwatch.Frequency / 500;

    private static readonly long BetweenTrials = Stopwatch.Frequency / 5;

    /// <summary>The time at the start of a run that does not count: the code is still being compiled.</summary>
    private static readonly long Start = Stopwatch.Frequency / 8;

    /// <summary>Ticks a sample: of one thread, and of all; 0 before the first measurement.</summary>
    private readonly double[] costs = new double[2];

    /// <summary>0 for one thread, 1 for all.</summary>
    private int inUse = 1;
    private bool isTrial;
    private long elapsed;
    private long settling = Start;
    private int steps;
    private long measuredTicks;
    private long measuredSamples;
    private int measuredSteps;

    /// <summary>How many threads take part in the next step.</summary>
    public int Threads => (isTrial ? Other : inUse) == 0 ? 1 : threads;

    private int Other => 1 - inUse;

    /// <summary>After a step.</summary>
    /// <param name="samples">Its samples.</param>
    /// <param name="ticks">The time that it took, in ticks of <see cref="Stopwatch"/>.</param>
    public void Completed(int samples, long ticks)
    {
        if (steps++ == 0)
        {
            return;
        }

        elapsed += ticks;
        if (elapsed < settling)
        {
            return;
        }

        measuredTicks += ticks;
        measuredSamples += samples;
        measuredSteps++;
        if (measuredSteps < 2 || measuredTicks < Measurement)
        {
            return;
        }

        Take((double)measuredTicks / measuredSamples);
        (measuredTicks, measuredSamples, measuredSteps) = (0, 0, 0);
    }

    private void Take(double cost)
    {
        if (isTrial)
        {
            Count(cost, Other, WeightOfTrial);
            inUse = costs[Other] < Gain * costs[inUse] ? Other : inUse;
            Change(toTrial: false);
            return;
        }

        Count(cost, inUse, WeightOfUse);
        if (steps >= StepsBetweenTrials && elapsed >= BetweenTrials)
        {
            Change(toTrial: true);
        }
    }

    private void Count(double cost, int way, double weight)
    {
        cost = costs[inUse] == 0 ? cost : Math.Min(cost, Limit * costs[inUse]);
        costs[way] = costs[way] == 0 ? cost : costs[way] + (weight * (cost - costs[way]));
    }

    private void Change(bool toTrial)
    {
        isTrial = toTrial;
        settling = Settling;
        (elapsed, steps) = (0, 0);
    }
}
