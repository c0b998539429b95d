using Xunit;

namespace Nabla.Tests.Fuzzing;

/// <summary>The fuzzing tests are worth what the mutations are worth.</summary>
public class MutatorTests
{
    private static readonly byte[] Original = [.. Enumerable.Range(0, 300).Select(i => (byte)i)];

    [Fact]
    public void A_mutation_is_a_function_of_seed_and_index()
    {
        for (int index = 0; index < 100; index++)
        {
            Assert.Equal(Mutator.Of(Original, 1, index), Mutator.Of(Original, 1, index));
        }

        Assert.NotEqual(
            Enumerable.Range(0, 20).Select(index => Convert.ToHexString(Mutator.Of(Original, 1, index))),
            Enumerable.Range(0, 20).Select(index => Convert.ToHexString(Mutator.Of(Original, 2, index))));
    }

    [Fact]
    public void Mutations_differ_from_the_original_and_from_each_other_and_leave_it_alone()
    {
        byte[] before = [.. Original];
        string[] copies = [.. Enumerable.Range(0, 1000).Select(index => Convert.ToHexString(Mutator.Of(Original, 3, index)))];
        Assert.Equal(before, Original);
        Assert.True(copies.Distinct().Count() > 800);
        Assert.True(copies.Count(copy => copy != Convert.ToHexString(before)) > 950);
        Assert.Contains(copies, copy => copy.Length < 2 * Original.Length);
        Assert.Contains(copies, copy => copy.Length > 2 * Original.Length);
        Assert.Contains(copies, copy => copy.Length == 2 * Original.Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Files_of_any_length_can_be_mutated(int length)
    {
        for (int index = 0; index < 2000; index++)
        {
            Assert.True(Mutator.Of(Original.AsSpan(0, length), 4, index).Length <= length + 5000);
        }
    }

    [Fact]
    public void A_donor_is_spliced_in()
    {
        byte[] zeros = new byte[300], donor = [.. Enumerable.Repeat((byte)0xAB, 300)];
        Assert.Contains(Enumerable.Range(0, 200), index => Mutator.Of(zeros, 5, index, donor).Count(b => b == 0xAB) > 20);
    }
}
