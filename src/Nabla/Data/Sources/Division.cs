namespace Nabla.Data.Sources;

/// <summary>Divides a data set into the parts that a request asks for.</summary>
internal static class Division
{
    /// <summary>Draws test and validation part at random, with each class in proportion.</summary>
    /// <exception cref="ArgumentException">A part or the limit needs more samples than there are.</exception>
    public static DataSplit AtRandom(Dataset all, DataRequest request)
    {
        DataSplit parts = Split.Of(all, request.Validation, request.Test, request.Seed);
        return parts with { Train = Limit(parts.Train, request) };
    }

    /// <summary>Draws the test part at random, with each class in proportion.</summary>
    /// <exception cref="ArgumentException">Nothing would remain.</exception>
    public static (Dataset Remaining, Dataset? Test) TakeTest(Dataset all, DataRequest request) =>
        Take(all, request.Test ?? Split.DefaultTest, "test", (data, count, part) => Split.Stratified(data, count, request.Seed, part));

    /// <summary>Takes a part; null where its size is 0.</summary>
    /// <param name="data">The data.</param>
    /// <param name="size">How much to take.</param>
    /// <param name="part">The name of the part, for messages.</param>
    /// <param name="divide">Takes that many samples.</param>
    /// <exception cref="ArgumentException">Nothing would remain.</exception>
    public static (Dataset Remaining, Dataset? Part) Take(
        Dataset data, SplitSize size, string part, Func<Dataset, int, string, (Dataset Remaining, Dataset Part)> divide)
    {
        int count = size.Of(data.Count);
        return count == 0 ? (data, null) : divide(data, count, part);
    }

    /// <summary>The first training samples, as many as the request allows.</summary>
    /// <exception cref="ArgumentException">The limit is below 1, or there are fewer samples.</exception>
    public static Dataset Limit(Dataset train, DataRequest request) => train.Take(LimitOf(request, train.Count));

    /// <summary>How many of the training samples the request allows.</summary>
    /// <exception cref="ArgumentException">The limit is below 1, or there are fewer samples.</exception>
    public static int LimitOf(DataRequest request, int count) => request.Limit switch
    {
        null => count,
        < 1 => throw new ArgumentException($"The limit must be at least 1 training sample, not {request.Limit}."),
        { } limit when limit > count => throw new ArgumentException($"A limit of {limit} training samples, but there are only {count}."),
        { } limit => limit,
    };
}
