using Nabla.Numerics;

namespace Nabla.Data;

/// <summary>Divides a data set in two.</summary>
public static class Split
{
    /// <summary>Takes the last samples in file order.</summary>
    /// <param name="data">The data.</param>
    /// <param name="count">How many to take, fewer than there are.</param>
    /// <param name="part">What the part is for, in messages.</param>
    /// <exception cref="ArgumentException">Nothing would remain.</exception>
    public static (Dataset Remaining, Dataset Part) FromEnd(Dataset data, int count, string part)
    {
        RequireRest(data, count, part);
        return (data.Slice(0, data.Count - count), data.Slice(data.Count - count, count));
    }

    /// <summary>Takes a random part in which each class has its share, by largest remainder; both parts keep the file order.</summary>
    /// <param name="data">The data.</param>
    /// <param name="count">How many to take, fewer than there are.</param>
    /// <param name="seed">Decides which.</param>
    /// <param name="part">What the part is for, in messages; parts of different names are drawn independently.</param>
    /// <exception cref="ArgumentException">Nothing would remain.</exception>
    public static (Dataset Remaining, Dataset Part) Stratified(Dataset data, int count, ulong seed, string part)
    {
        RequireRest(data, count, part);
        List<int>[] classes = data.IsRegression
            ? [[.. Enumerable.Range(0, data.Count)]]
            : [.. Enumerable.Range(0, data.Classes.Count).Select(_ => new List<int>())];
        for (int i = 0; !data.IsRegression && i < data.Count; i++)
        {
            classes[data.Label(i)].Add(i);
        }

        int[] quotas = Quotas(classes, count, data.Count);
        bool[] taken = new bool[data.Count];
        for (int c = 0; c < classes.Length; c++)
        {
            int[] members = [.. classes[c]];
            var random = new CounterRandom(seed, RandomPurpose.Split, part == "test" ? 0u : 1u, (ulong)c);
            random.Shuffle<int>(members);
            foreach (int member in members.AsSpan(0, quotas[c]))
            {
                taken[member] = true;
            }
        }

        int[] all = [.. Enumerable.Range(0, data.Count)];
        return (data.Select([.. all.Where(i => !taken[i])]), data.Select([.. all.Where(i => taken[i])]));
    }

    /// <summary>Each class's proportional count, rounded down, and one more for those with the largest remainders until the sum is right.</summary>
    private static int[] Quotas(List<int>[] classes, int count, int total)
    {
        int[] quotas = [.. classes.Select(members => (int)((long)members.Count * count / total))];
        int missing = count - quotas.Sum();
        foreach (int c in Enumerable.Range(0, classes.Length).OrderByDescending(c => (long)classes[c].Count * count % total).ThenBy(c => c).Take(missing))
        {
            quotas[c]++;
        }

        return quotas;
    }

    private static void RequireRest(Dataset data, int count, string part)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count >= data.Count)
        {
            throw new ArgumentException($"{count} samples for {part} leave nothing to train on: {data.Name} has {data.Count}.");
        }
    }
}
