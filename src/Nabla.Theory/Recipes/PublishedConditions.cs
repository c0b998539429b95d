using Rules = Nabla.Training.Stopping.EarlyStopping;

namespace Nabla.Theory.Recipes;

/// <summary>
/// The stopping conditions as written in the documents, and the search for the first epoch at which a rule stops.
/// </summary>
internal static class PublishedConditions
{
    /// <summary>all(acc[−n] &gt; acc[−i] for i in 1..n−1), published as "n epochs brought no improvement".</summary>
    public static bool AllBelow(ReadOnlySpan<double> accuracies, int n)
    {
        double reference = accuracies[^n];
        foreach (double later in accuracies[(accuracies.Length - n + 1)..])
        {
            if (!(reference > later))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>len ≤ n or max(acc[−n:]) &gt; acc[−n−1]. The run continues while this holds.</summary>
    public static bool GoesOnByBest(ReadOnlySpan<double> accuracies, int n)
    {
        if (accuracies.Length <= n)
        {
            return true;
        }

        double best = double.NegativeInfinity;
        foreach (double recent in accuracies[^n..])
        {
            best = Math.Max(best, recent);
        }

        return best > accuracies[^(n + 1)];
    }

    /// <summary>len ≤ 2n or sum(acc[−n:]) &gt; sum(acc[−2n:−n]). The run continues while this holds.</summary>
    public static bool GoesOnByAverage(ReadOnlySpan<double> accuracies, int n) =>
        accuracies.Length <= 2 * n || Sum(accuracies[^n..]) > Sum(accuracies[^(2 * n)..^n]);

    /// <summary>The first epoch, 1-based, after which a rule stops; null if it never does.</summary>
    /// <param name="accuracies">The accuracies of all epochs.</param>
    /// <param name="stops">The rule: whether to stop after the last of the given epochs.</param>
    /// <param name="first">The first epoch at which the rule can be evaluated.</param>
    public static int? FirstStop(ReadOnlySpan<double> accuracies, StoppingRule stops, int first = 1)
    {
        for (int epoch = first; epoch <= accuracies.Length; epoch++)
        {
            if (stops(accuracies[..epoch]))
            {
                return epoch;
            }
        }

        return null;
    }

    /// <summary>The first epoch, 1-based, after which the library's rule stops; null if it never does.</summary>
    public static int? Library(ReadOnlySpan<double> accuracies, int n, EarlyStoppingRule rule) =>
        FirstStop(accuracies, seen => Rules.ShouldStop(seen, n, rule));

    /// <summary>
    /// All sequences of the values 0 to <paramref name="values"/> − 1 with length 1 to <paramref name="longest"/>.
    /// </summary>
    public static IEnumerable<double[]> AllSequences(int values, int longest)
    {
        for (int length = 1, count = values; length <= longest; length++, count *= values)
        {
            for (int code = 0; code < count; code++)
            {
                double[] sequence = new double[length];
                for (int i = 0, rest = code; i < length; i++, rest /= values)
                {
                    sequence[i] = rest % values;
                }

                yield return sequence;
            }
        }
    }

    /// <summary>All permutations of 1 to k for k = 1 to <paramref name="longest"/>: accuracies without ties.</summary>
    public static IEnumerable<double[]> AllPermutations(int longest)
    {
        IEnumerable<double[]> shorter = [[]];
        for (int length = 1; length <= longest; length++)
        {
            double next = length;
            shorter = [.. shorter.SelectMany(order => Enumerable.Range(0, order.Length + 1).Select(at => (double[])[.. order[..at], next, .. order[at..]]))];
            foreach (double[] order in shorter)
            {
                yield return order;
            }
        }
    }

    /// <summary>The sum from the first value to the last, as in Python.</summary>
    public static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum;
    }
}

/// <summary>A stopping rule: whether to stop after the last of the given epochs.</summary>
internal delegate bool StoppingRule(ReadOnlySpan<double> accuracies);
