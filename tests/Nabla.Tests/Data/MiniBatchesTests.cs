using Nabla.Data;
using Xunit;

namespace Nabla.Tests.Data;

public class MiniBatchesTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    public void Shuffled_or_not_every_sample_comes_once(int count)
    {
        Assert.Equal(Enumerable.Range(0, count), Order(false, 1, 1, count));
        Assert.Equal(Enumerable.Range(0, count), Order(true, 1, 1, count).Order());
    }

    [Fact]
    public void The_order_is_a_function_of_seed_and_epoch()
    {
        Assert.Equal(Order(true, 5, 3, 100), Order(true, 5, 3, 100));
        Assert.NotEqual(Order(true, 5, 3, 100), Order(true, 5, 4, 100));
        Assert.NotEqual(Order(true, 5, 3, 100), Order(true, 6, 3, 100));
    }

    [Fact]
    public void Every_sample_comes_at_every_place_equally_often()
    {
        const int Count = 8, Epochs = 20_000;
        int[,] times = new int[Count, Count];
        for (int epoch = 1; epoch <= Epochs; epoch++)
        {
            int[] order = Order(true, 7, epoch, Count);
            for (int place = 0; place < Count; place++)
            {
                times[place, order[place]]++;
            }
        }

        // Binomial(20000, 1/8): 2500 ± 4·46.8.
        double deviation = Math.Sqrt(Epochs / 8.0 * 7 / 8);
        Assert.All(times.Cast<int>(), count => Assert.InRange(count, (Epochs / 8) - (4 * deviation), (Epochs / 8) + (4 * deviation)));
    }

    [Fact]
    public void All_orders_of_four_samples_are_equally_likely()
    {
        var times = new Dictionary<string, int>();
        for (int epoch = 1; epoch <= 24_000; epoch++)
        {
            string order = string.Join(' ', Order(true, 9, epoch, 4));
            times[order] = times.GetValueOrDefault(order) + 1;
        }

        // Binomial(24000, 1/24): 1000 ± 4·31.
        Assert.Equal(24, times.Count);
        Assert.All(times.Values, count => Assert.InRange(count, 876, 1124));
    }

    private static int[] Order(bool shuffle, ulong seed, int epoch, int count)
    {
        int[] order = new int[count];
        MiniBatches.Order(shuffle, seed, epoch, order);
        return order;
    }
}
