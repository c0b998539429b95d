using Nabla.Tests.Architecture.Symbols;

namespace Nabla.Tests.Architecture;

/// <summary>One namespace uses another one.</summary>
internal readonly record struct NamespaceEdge(string From, string To)
{
    public override string ToString() => $"{From} → {To}";
}

/// <summary>Which namespace uses which, with one example for each edge. A namespace and its parent are two nodes.</summary>
/// <remarks>The compiler copies constants, so that an edge that consists of constants alone is not seen.</remarks>
internal sealed class NamespaceGraph
{
    private readonly IReadOnlyDictionary<NamespaceEdge, Use> examples;
    private readonly ILookup<string, string> next;

    public NamespaceGraph(IEnumerable<Use> uses)
        : this(uses.Where(use => use.User.Place != use.Used.Place)
            .GroupBy(use => new NamespaceEdge(use.User.Place, use.Used.Place))
            .ToDictionary(edge => edge.Key, edge => edge.First()))
    {
    }

    private NamespaceGraph(IReadOnlyDictionary<NamespaceEdge, Use> examples)
    {
        this.examples = examples;
        next = examples.Keys.OrderBy(edge => edge.ToString(), StringComparer.Ordinal).ToLookup(edge => edge.From, edge => edge.To);
    }

    /// <summary>The namespaces of one assembly.</summary>
    public static NamespaceGraph Of(CompiledAssembly assembly) =>
        new(assembly.WrittenUses.Where(use => use.Used.Assembly == assembly.Name && assembly.Owns(use.Used)));

    /// <summary>The graph without some of its edges.</summary>
    public NamespaceGraph Without(IEnumerable<NamespaceEdge> edges) => new(examples.Where(example => !edges.Contains(example.Key)).ToDictionary());

    /// <summary>Whether the edge exists and a path leads back from its end to its start.</summary>
    public bool IsPartOfACycle(NamespaceEdge edge) => examples.ContainsKey(edge) && Reaches(edge.To, edge.From);

    /// <summary>A shortest cycle of each strongly connected component of more than one namespace.</summary>
    public IEnumerable<NamespaceEdge[]> Cycles()
    {
        var seen = new HashSet<string>();
        foreach (string start in next.Select(edges => edges.Key).Order(StringComparer.Ordinal))
        {
            if (seen.Contains(start))
            {
                continue;
            }

            string[] component = [.. examples.Keys.Select(edge => edge.To).Distinct().Where(other => Reaches(start, other) && Reaches(other, start))];
            seen.UnionWith(component);
            if (component.Length > 0)
            {
                yield return component.Select(name => ShortestPath(name, name)).MinBy(path => path.Length)!;
            }
        }
    }

    /// <summary>A line for each edge: its namespaces and its example.</summary>
    public string Describe(IEnumerable<NamespaceEdge> edges) =>
        string.Join('\n', edges.Select(edge => $"{edge}: {Local(examples[edge].User)} uses {Local(examples[edge].Used)}"));

    private bool Reaches(string from, string to) => ShortestPath(from, to).Length > 0;

    /// <summary>The fewest edges from one namespace to another one or, around a cycle, to itself; empty where there is no path.</summary>
    private NamespaceEdge[] ShortestPath(string from, string to)
    {
        var paths = new Queue<NamespaceEdge[]>([[]]);
        var reached = new HashSet<string>();
        while (paths.TryDequeue(out NamespaceEdge[]? path))
        {
            string here = path.Length > 0 ? path[^1].To : from;
            if (here == to && path.Length > 0)
            {
                return path;
            }

            foreach (string there in next[here].Where(reached.Add))
            {
                paths.Enqueue([.. path, new NamespaceEdge(here, there)]);
            }
        }

        return [];
    }

    private static string Local(Symbol symbol) => symbol.ToString()[(symbol.Namespace.Length + 1)..];
}
