namespace Nabla.Tests.Architecture.Symbols;

/// <summary>A set of symbols, listed by name.</summary>
/// <param name="names">
/// A type (<c>System.IO.File</c>) with all its members and nested types, one member (<c>System.Guid.NewGuid</c>), or a namespace and those below it
/// (<c>System.Timers.*</c>).
/// </param>
internal sealed class SymbolSet(params string[] names)
{
    private readonly HashSet<string> names = [.. names];

    public bool Contains(Symbol symbol) =>
        names.Contains(symbol.ToString())
        || Prefixes(symbol.Type).Any(type => names.Contains(new Symbol("", symbol.Namespace, type).FullType))
        || Prefixes(symbol.Namespace).Any(prefix => names.Contains(prefix + ".*"));

    /// <summary><c>A.B.C</c> gives <c>A</c>, <c>A.B</c> and itself.</summary>
    private static IEnumerable<string> Prefixes(string name)
    {
        for (int dot = name.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = name.IndexOf('.', dot + 1))
        {
            yield return name[..dot];
        }

        yield return name;
    }
}
