using Nabla.Tests.Architecture.Symbols;
using Xunit;

namespace Nabla.Tests.Architecture;

/// <summary>Dependencies between namespaces have one direction.</summary>
public class NamespaceCycleTests
{
    public static TheoryData<string> Assemblies => [.. CompiledAssembly.All.Select(assembly => assembly.Name)];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void No_two_namespaces_use_each_other(string assembly)
    {
        NamespaceGraph graph = NamespaceGraph.Of(CompiledAssembly.Of(assembly)).Without(KnownCycles.Remaining);
        string[] cycles = [.. graph.Cycles().Select(graph.Describe)];
        Assert.True(cycles.Length == 0, $"These namespaces use each other. Move a type so that only one direction remains.\n{string.Join("\n\n", cycles)}");
    }

    [Fact]
    public void A_known_cycle_still_exists()
    {
        NamespaceGraph[] graphs = [.. CompiledAssembly.All.Select(NamespaceGraph.Of)];
        Assert.All(
            KnownCycles.Remaining,
            edge => Assert.True(graphs.Any(graph => graph.IsPartOfACycle(edge)), $"{edge} no longer closes a cycle: delete it from KnownCycles.cs."));
    }

    [Fact]
    public void A_cycle_is_described_by_its_shortest_path_and_an_example_of_each_edge()
    {
        var graph = new NamespaceGraph([Use("A", "B"), Use("B", "C"), Use("C", "D"), Use("D", "A"), Use("D", "C"), Use("A", "A.Inner"), Use("E", "A")]);
        Assert.Equal("C → D: Caller.Run uses Called\nD → C: Caller.Run uses Called", graph.Describe(Assert.Single(graph.Cycles())));
        Assert.True(graph.IsPartOfACycle(new NamespaceEdge("A", "B")));
        Assert.False(graph.IsPartOfACycle(new NamespaceEdge("A", "A.Inner")));
        Assert.False(graph.IsPartOfACycle(new NamespaceEdge("B", "A")));
        Assert.Empty(graph.Without([new NamespaceEdge("C", "D")]).Cycles());
    }

    [Fact]
    public void Two_separate_cycles_are_both_found()
    {
        var graph = new NamespaceGraph([Use("A", "A.Inner"), Use("A.Inner", "A"), Use("A", "B"), Use("B", "C"), Use("C", "B")]);
        Assert.Equal(2, graph.Cycles().Count());
    }

    private static Use Use(string user, string used) => new(new Symbol("Sample", user, "Caller", "Run"), new Symbol("Sample", used, "Called"));
}
