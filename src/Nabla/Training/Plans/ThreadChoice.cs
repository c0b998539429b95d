using System.Diagnostics;

namespace Nabla.Training.Plans;

/// <summary>Chooses between all threads of the team and the calling thread alone, by which has recently been faster.</summary>
/// <remarks>
/// On a small network the threads synchronize every few microseconds: on a busy machine that does not run them at the same time, one thread is faster.
/// So the mode that is not in use is tried for some milliseconds now and then. No bit of a result depends on the choice.
/// </remarks>
internal sealed class ThreadChoice(int threads)
{
    /// <summary>Steps between two trials, at least: a trial of long calls is dear.</summary>
    private const int CallsBetweenTrials = 400;

    /// <summary>What the other mode must take at most of the present one's time: two of the same speed do not change all the time.</summary>
    private const double Gain = 0.97;

    /// <summary>How much a measurement counts against those before it: of the mode in use, which is measured all the time, and of a trial.</summary>
    private const double WeightOfUse = 1.0 / 16, WeightOfTrial = 1.0 / 2;

    /// <summary>What a measurement is at most, against the mode in use: a moment in which the machine did something else does not decide.</summary>
    private const double Limit = 2;

    /// <summary>Time not measured after a change: threads wake up, and weights move to other caches.</summary>
    private static readonly long Settling = Stopwatch.Frequency / 2000;

    /// <summary>The shortest duration of a measurement.</summary>
    private static readonly long Measurement = Stopwatch.Frequency / 500;

    private static readonly long BetweenTrials = Stopwatch.Frequency / 5;

    /// <summary>Time not measured at the start of a run: the code is still being compiled.</summary>
    private static readonly long Start = Stopwatch.Frequency / 8;

    /// <summary>Ticks per sample, with one thread and with all; 0 before the first measurement.</summary>
    private readonly double[] costs = new double[2];

    /// <summary>0 for one thread, 1 for all.</summary>
    private int inUse = 1;
    private bool isTrial;
    private long elapsed;
    private long settling = Start;
    private int calls;
    private long measuredTicks;
    private long measuredSamples;
    private int measuredCalls;

    /// <summary>The number of threads for the next call.</summary>
    public int Threads => (isTrial ? Other : inUse) == 0 ? 1 : threads;

    private int Other => 1 - inUse;

    /// <summary>Records a completed call of the plan.</summary>
    /// <param name="samples">Samples processed.</param>
    /// <param name="ticks">Its duration, in ticks of <see cref="Stopwatch"/>.</param>
    public void Completed(int samples, long ticks)
    {
        if (calls++ == 0)
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
        measuredCalls++;
        if (measuredCalls < 2 || measuredTicks < Measurement)
        {
            return;
        }

        AddMeasurement((double)measuredTicks / measuredSamples);
        (measuredTicks, measuredSamples, measuredCalls) = (0, 0, 0);
    }

    private void AddMeasurement(double cost)
    {
        if (isTrial)
        {
            UpdateMean(cost, Other, WeightOfTrial);
            inUse = costs[Other] < Gain * costs[inUse] ? Other : inUse;
            Change(toTrial: false);
            return;
        }

        UpdateMean(cost, inUse, WeightOfUse);
        if (calls >= CallsBetweenTrials && elapsed >= BetweenTrials)
        {
            Change(toTrial: true);
        }
    }

    private void UpdateMean(double cost, int mode, double weight)
    {
        cost = costs[inUse] == 0 ? cost : Math.Min(cost, Limit * costs[inUse]);
        costs[mode] = costs[mode] == 0 ? cost : costs[mode] + (weight * (cost - costs[mode]));
    }

    private void Change(bool toTrial)
    {
        isTrial = toTrial;
        settling = Settling;
        (elapsed, calls) = (0, 0);
    }
}
