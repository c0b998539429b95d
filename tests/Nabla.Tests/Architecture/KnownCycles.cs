namespace Nabla.Tests.Architecture;

/// <summary>The edges that still close a cycle between namespaces.</summary>
/// <remarks>The list can only shrink: a test fails for an edge that no longer closes a cycle.</remarks>
internal static class KnownCycles
{
    public static readonly IReadOnlyList<NamespaceEdge> Remaining = [];
}
