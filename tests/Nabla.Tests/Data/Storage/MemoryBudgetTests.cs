using Nabla.Data.Storage;
using Xunit;

namespace Nabla.Tests.Data.Storage;

public class MemoryBudgetTests
{
    [Fact]
    public void What_is_taken_is_gone_until_it_is_given_back()
    {
        var budget = new MemoryBudget(10);
        Assert.True(budget.TryReserve(6));
        Assert.False(budget.TryReserve(5));
        Assert.True(budget.TryReserve(4));
        budget.Release(6);
        Assert.False(budget.TryReserve(7));
        Assert.True(budget.TryReserve(6));
    }

    [Fact]
    public void Nothing_at_all_may_be_allowed_but_not_less()
    {
        Assert.False(MemoryBudget.OrDefault(0).TryReserve(1));
        Assert.Contains("-1 bytes", Assert.Throws<ArgumentException>(() => MemoryBudget.OrDefault(-1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unless_it_is_said_less_than_half_of_the_memory_is_taken()
    {
        long memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        Assert.False(MemoryBudget.OrDefault(null).TryReserve(memory / 2));
        Assert.True(MemoryBudget.OrDefault(null).TryReserve(memory / 4));
    }
}
