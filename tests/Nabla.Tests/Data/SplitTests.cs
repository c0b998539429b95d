using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Nabla.Tests.Data;

public class SplitTests
{
    /// <summary>Labels of 2 to 400 samples in up to 6 unequal classes, a seed, and a share of the samples.</summary>
    private static readonly Gen<(int[] Labels, ulong Seed, int Count)> Cases =
        from count in Gen.Choose(2, 400)
        from classes in Gen.Choose(1, 6)
        from labels in Gen.Choose(0, (classes * classes) - 1).Select(x => (int)Math.Sqrt(x)).ArrayOf(count)
        from seed in Gen.Choose(0, int.MaxValue)
        from taken in Gen.Choose(0, count - 1)
        select (labels, (ulong)seed, taken);

    [Fact]
    public void The_parts_are_disjoint_complete_and_in_file_order() => Check(c =>
    {
        (Dataset remaining, Dataset part) = Split.Stratified(Numbered(c.Labels), c.Count, c.Seed, "test");
        double[] left = Numbers(remaining), right = Numbers(part);
        return part.Count == c.Count
            && left.SequenceEqual(left.Order()) && right.SequenceEqual(right.Order())
            && left.Concat(right).Order().SequenceEqual(Enumerable.Range(0, c.Labels.Length).Select(i => (double)i));
    });

    [Fact]
    public void Labels_stay_with_their_samples() => Check(c =>
    {
        (Dataset remaining, Dataset part) = Split.Stratified(Numbered(c.Labels), c.Count, c.Seed, "test");
        return new[] { remaining, part }.All(data => Numbers(data).Select((number, i) => data.Label(i) == c.Labels[(int)number]).All(same => same));
    });

    [Fact]
    public void Each_class_has_its_share_to_less_than_one_sample() => Check(c =>
    {
        Dataset part = Split.Stratified(Numbered(c.Labels), c.Count, c.Seed, "validation").Part;
        return Enumerable.Range(0, 6).All(k =>
        {
            double share = (double)c.Labels.Count(label => label == k) * c.Count / c.Labels.Length;
            return Math.Abs(Enumerable.Range(0, part.Count).Count(i => part.Label(i) == k) - share) < 1;
        });
    });

    [Fact]
    public void The_same_seed_takes_the_same_samples() => Check(c =>
        Numbers(Split.Stratified(Numbered(c.Labels), c.Count, c.Seed, "test").Part)
            .SequenceEqual(Numbers(Split.Stratified(Numbered(c.Labels), c.Count, c.Seed, "test").Part)));

    [Fact]
    public void Another_seed_and_another_part_take_other_samples()
    {
        Dataset data = Numbered([.. Enumerable.Range(0, 1000).Select(i => i % 6)]);
        double[] taken = Numbers(Split.Stratified(data, 500, 1, "test").Part);
        // Two independent halves share 250 samples with deviation sqrt(500·500·500·500 / 1000² / 999) = 7.9
        // (hypergeometric): six deviations.
        Assert.InRange(taken.Intersect(Numbers(Split.Stratified(data, 500, 2, "test").Part)).Count(), 203, 297);
        Assert.InRange(taken.Intersect(Numbers(Split.Stratified(data, 500, 1, "validation").Part)).Count(), 203, 297);
    }

    [Fact]
    public void Every_sample_is_taken_equally_often()
    {
        Dataset data = Numbered([.. Enumerable.Range(0, 20).Select(i => i % 2)]);
        int[] times = new int[20];
        for (ulong seed = 0; seed < 1000; seed++)
        {
            foreach (double number in Numbers(Split.Stratified(data, 6, seed, "test").Part))
            {
                times[(int)number]++;
            }
        }

        // Binomial(1000, 0.3): 300 ± 4·14.5.
        Assert.All(times, count => Assert.InRange(count, 242, 358));
    }

    [Fact]
    public void Real_targets_are_divided_without_classes()
    {
        double[] numbers = [.. Enumerable.Range(0, 50).Select(i => (double)i)];
        (Dataset remaining, Dataset part) = Split.Stratified(Dataset.FromRows("line", numbers, 1, numbers, 1), 10, 3, "test");
        Assert.Equal((40, 10), (remaining.Count, part.Count));
        Assert.Equal(part.Target(4)[0], Numbers(part)[4]);
        Assert.Equal(numbers, Numbers(remaining).Concat(Numbers(part)).Order());
    }

    [Fact]
    public void From_the_end_means_the_last_samples_in_file_order()
    {
        (Dataset remaining, Dataset part) = Split.FromEnd(Numbered(new int[10]), 3, "validation");
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], Numbers(remaining));
        Assert.Equal([7, 8, 9], Numbers(part));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(int.MaxValue)]
    public void A_split_that_leaves_nothing_is_refused(int count)
    {
        Dataset data = Numbered(new int[10]);
        string message = Assert.Throws<ArgumentException>(() => Split.FromEnd(data, count, "validation")).Message;
        Assert.Equal($"{count} samples for validation leave nothing to train on: numbers has 10.", message);
        Assert.Throws<ArgumentException>(() => Split.Stratified(data, count, 0, "validation"));
    }

    [Fact]
    public void A_negative_count_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Split.FromEnd(Numbered(new int[10]), -1, "test"));
        Assert.Throws<ArgumentOutOfRangeException>(() => Split.Stratified(Numbered(new int[10]), -1, 0, "test"));
    }

    private static void Check(Func<(int[] Labels, ulong Seed, int Count), bool> property) =>
        Prop.ForAll(Cases.ToArbitrary(), property).QuickCheckThrowOnFailure();

    /// <summary>Samples whose only input is their index.</summary>
    private static Dataset Numbered(int[] labels) =>
        Dataset.FromRows("numbers", Enumerable.Range(0, labels.Length).Select(i => (double)i).ToArray(), 1, labels, ["a", "b", "c", "d", "e", "f"]);

    private static double[] Numbers(Dataset data)
    {
        double[] numbers = new double[data.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            data.CopyInputs(i, numbers.AsSpan(i, 1));
        }

        return numbers;
    }
}
