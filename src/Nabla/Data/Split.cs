using Nabla.Numerics.Random;

namespace Nabla;

/// <summary>Divides a data set into two parts.</summary>
public static class Split
{
    /// <summary>Takes the last samples, in file order.</summary>
    /// <param name="data">The data.</param>
    /// <param name="count">Number of samples to take, fewer than there are.</param>
    /// <param name="part">The purpose of the part, for messages.</param>
    /// <exception cref="ArgumentException">Nothing would remain.</exception>
    public static (Dataset Remaining, Dataset Part) FromEnd(Dataset data, int count, string part)
    {
        ArgumentNullException.ThrowIfNull(data);
        RequireRemainder(data.Name, data.Count, count, part);
        return (data.Slice(0, data.Count - count), data.Slice(data.Count - count, count));
    }

    /// <summary>
    /// Takes a random part with each class in proportion, by largest remainder. Both parts keep the file order.
    /// </summary>
    /// <param name="data">The data.</param>
    /// <param name="count">Number of samples to take, fewer than there are.</param>
    /// <param name="seed">Decides which samples.</param>
    /// <param name="part">
    /// The purpose of the part, for messages: <c>test</c>, or any
    /// other. The test part is drawn independently of the others.
    /// </param>
    /// <exception cref="ArgumentException">Nothing would remain.</exception>
    public static (Dataset Remaining, Dataset Part) Stratified(Dataset data, int count, ulong seed, string part)
    {
        ArgumentNullException.ThrowIfNull(data);
        int[]? labels = data.IsRegression ? null : [.. Enumerable.Range(0, data.Count).Select(data.Label)];
        (int[] remaining, int[] taken) = Stratify(labels, data.IsRegression ? 1 : data.Classes.Count, data.Count, count, seed, part, data.Name);
        return (data.Select(remaining), data.Select(taken));
    }

    /// <summary>Divides rows by their classes alone, as <see cref="Stratified"/> does.</summary>
    /// <param name="labels">The class of each row, or null to draw from all rows alike.</param>
    /// <param name="classCount">Number of classes.</param>
    /// <param name="total">Number of rows.</param>
    /// <param name="count">Number of samples to take, fewer than there are.</param>
    /// <param name="seed">Decides which samples.</param>
    /// <param name="part">The purpose of the part.</param>
    /// <param name="name">The name of the data, for messages.</param>
    internal static (int[] Remaining, int[] Taken) Stratify(int[]? labels, int classCount, int total, int count, ulong seed, string part, string name)
    {
        RequireRemainder(name, total, count, part);
        List<int>[] classes = [.. Enumerable.Range(0, classCount).Select(_ => new List<int>())];
        for (int i = 0; i < total; i++)
        {
            classes[labels is null ? 0 : labels[i]].Add(i);
        }

        int[] quotas = Quotas(classes, count, total);
        bool[] taken = new bool[total];
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

        int[] all = [.. Enumerable.Range(0, total)];
        return ([.. all.Where(i => !taken[i])], [.. all.Where(i => taken[i])]);
    }

    /// <summary>
    /// The count of each class in proportion, rounded down, plus one for
    /// the classes with the largest remainders until the sum is right.
    /// </summary>
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

    private static void RequireRemainder(string name, int total, int count, string part)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count >= total)
        {
            throw new ArgumentException($"{count} samples for {part} leave nothing to train on: {name} has {total}.");
        }
    }
}
