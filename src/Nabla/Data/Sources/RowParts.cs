namespace Nabla.Data.Sources;

/// <summary>The rows of each part of a table, in file order.</summary>
/// <param name="Train">The training rows.</param>
/// <param name="Validation">The validation rows, or null.</param>
/// <param name="Test">The test rows, or null.</param>
internal readonly record struct RowParts(int[] Train, int[]? Validation, int[]? Test)
{
    /// <summary>The parts of a data set of all rows.</summary>
    public DataSplit Of(Dataset all) => new(
        all.Select(Train),
        Validation is { } validation ? all.Select(validation) : null,
        Test is { } test ? all.Select(test) : null);

    /// <summary>Divides rows at random, with each class in proportion if there are classes.</summary>
    /// <param name="request">The size of each part. A part that has its own file takes no rows.</param>
    /// <param name="name">The name of the data, for messages.</param>
    /// <param name="labels">The class of each row, or null for regression.</param>
    /// <param name="classCount">Number of classes.</param>
    /// <param name="count">Number of rows.</param>
    /// <exception cref="ArgumentException">A part or the limit needs more rows than there are.</exception>
    public static RowParts Divide(DataRequest request, string name, int[]? labels, int classCount, int count)
    {
        int[] remaining = [.. Enumerable.Range(0, count)];
        int[]? test = request.TestFile is null ? Take(request.Test ?? Split.DefaultTest, "test") : null;
        int[]? validation = request.ValidationFile is null ? Take(request.Validation ?? Split.DefaultValidation, "validation") : null;
        return new RowParts(remaining[..Division.LimitOf(request, remaining.Length)], validation, test);

        int[]? Take(SplitSize size, string part)
        {
            int wanted = size.Of(remaining.Length);
            if (wanted == 0)
            {
                return null;
            }

            int[] pool = remaining;
            int[]? poolLabels = labels is null ? null : [.. pool.Select(row => labels[row])];
            (int[] rest, int[] taken) = Split.Stratify(poolLabels, Math.Max(1, classCount), pool.Length, wanted, request.Seed, part, name);
            remaining = [.. rest.Select(i => pool[i])];
            return [.. taken.Select(i => pool[i])];
        }
    }
}
