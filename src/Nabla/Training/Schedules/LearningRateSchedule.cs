using Nabla.Numerics.Functions;

namespace Nabla.Training.Schedules;

/// <summary>The learning rate of a mini-batch: a pure function of its place in the run and of the metrics so far.</summary>
internal static class LearningRateSchedule
{
    /// <summary>The share of the run in which one-cycle rises.</summary>
    private const double Rise = 0.3;

    /// <summary>One-cycle starts at η₀ over this.</summary>
    private const double StartDivisor = 25;

    /// <summary>One-cycle ends at its start over this.</summary>
    private const double EndDivisor = 1e4;

    /// <param name="options">The schedule.</param>
    /// <param name="initial">η₀.</param>
    /// <param name="epoch">The epoch, 1-based.</param>
    /// <param name="step">The mini-batch of the epoch, 0-based.</param>
    /// <param name="stepsPerEpoch">Mini-batches of an epoch.</param>
    /// <param name="epochs">Epochs of the run.</param>
    /// <param name="metrics">The metric of each epoch done.</param>
    public static double At(ScheduleOptions options, double initial, int epoch, int step, int stepsPerEpoch, int epochs, ReadOnlySpan<double> metrics)
    {
        double at = ((double)(epoch - 1) * stepsPerEpoch) + step, total = (double)epochs * stepsPerEpoch;
        return options.Kind switch
        {
            ScheduleKind.Constant => initial,
            ScheduleKind.Plateau => Halved(initial, PlateauSchedule.After(metrics, options.Patience, options.MinimumFactor).Halvings),
            ScheduleKind.Step => Halved(initial, (epoch - 1) / options.Patience),
            ScheduleKind.Cosine => Anneal(initial, 0, at / total),
            ScheduleKind.OneCycle => OneCycle(initial, at, total),
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Kind, "Unknown schedule."),
        };
    }

    private static double OneCycle(double peak, double at, double total)
    {
        double start = peak / StartDivisor, end = start / EndDivisor;
        double top = (Rise * total) - 1, last = total - 1;
        return at <= top
            ? Anneal(start, peak, top > 0 ? at / top : 1)
            : Anneal(peak, end, last > top ? (at - top) / (last - top) : 1);
    }

    /// <summary>From one rate to another along half a cosine.</summary>
    private static double Anneal(double from, double to, double share) =>
        to + ((from - to) * 0.5 * (1 + ScalarMath.SinCos(Math.PI * share).Cos));

    /// <summary>η₀·2^−k, exact.</summary>
    private static double Halved(double initial, int halvings) => Math.ScaleB(initial, -halvings);
}
