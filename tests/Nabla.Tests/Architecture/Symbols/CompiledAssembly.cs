namespace Nabla.Tests.Architecture.Symbols;

/// <summary>The facts of a compiled assembly on which the architecture tests are built.</summary>
/// <param name="Name">Its simple name.</param>
/// <param name="Types">Its outermost types, including those that the compiler and source generators add.</param>
/// <param name="Uses">Every use of a symbol, each once.</param>
/// <param name="StaticFields">Its static fields, without constants.</param>
internal sealed record CompiledAssembly(string Name, IReadOnlyList<Symbol> Types, IReadOnlyList<Use> Uses, IReadOnlyList<StaticField> StaticFields)
{
    /// <summary>The assemblies of the project, from the library up. The test project's references build them.</summary>
    public static IReadOnlyList<CompiledAssembly> All { get; } =
        [.. new[] { "Nabla", "Nabla.Drawing", "Nabla.Theory", "Nabla.Serving", "Nabla.Cli" }.Select(name => AssemblyReader.Read(PathOf(name)))];

    public static CompiledAssembly Of(string name) => All.Single(assembly => assembly.Name == name);

    /// <summary>The uses by types in the namespaces of this assembly; the rest are types that the compiler adds.</summary>
    public IEnumerable<Use> WrittenUses => Uses.Where(use => Owns(use.User));

    /// <summary>Whether a symbol lies in a namespace of this assembly.</summary>
    public bool Owns(Symbol symbol) => symbol.Namespace == Name || symbol.Namespace.StartsWith(Name + ".", StringComparison.Ordinal);

    // The build puts every project into artifacts/bin/NAME/CONFIGURATION.
    private static string PathOf(string name) =>
        Path.Combine(Sources.Root, "artifacts", "bin", name, Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), name + ".dll");
}
