using Nabla.Tests.Architecture.Symbols;
using Xunit;

namespace Nabla.Tests.Architecture;

/// <summary>Who may use whom, on compiled symbols.</summary>
public class LayeringTests
{
    // ASP.NET Core consists of these assemblies and of those whose names continue one of these.
    private static readonly string[] WebFramework =
        ["Microsoft.AspNetCore", "Microsoft.Extensions", "Microsoft.Net.Http.Headers", "System.Threading.RateLimiting"];

    // Internal files of the library that are compiled into the program and the server, too.
    private static readonly string[] Shared =
        ["Nabla.Data.Files.AtomicFile", "Nabla.Data.Files.OrdinaryFile", "Nabla.Models.Formats.Json.SettingNames"];

    private static readonly ILookup<(string? User, string? Used), Use> Uses =
        CompiledAssembly.All.SelectMany(assembly => assembly.WrittenUses).ToLookup(use => (Layers.Of(use.User), Layers.Of(use.Used)));

    public static TheoryData<string> AllLayers => [.. Layers.MayUse.Keys];

    [Theory]
    [MemberData(nameof(AllLayers))]
    public void A_layer_uses_only_what_stands_below_it(string layer) =>
        Violations.RequireNone(
            Uses.Where(group => group.Key.User == layer && group.Key.Used is { } used && !Layers.Allow(layer, used)).SelectMany(group => group),
            $"{layer} may use only {string.Join(", ", Layers.MayUse[layer].Append(layer))}");

    [Fact]
    public void Every_type_lies_in_a_namespace_of_its_assembly()
    {
        foreach (CompiledAssembly assembly in CompiledAssembly.All)
        {
            Assert.All(
                assembly.Types.Where(type => !WrittenName.IsGenerated(type.Type)),
                type => Assert.True(assembly.Owns(type) || Shared.Contains(type.FullType), $"{assembly.Name}.dll holds {type}."));
        }
    }

    [Theory]
    [InlineData("Nabla")]
    [InlineData("Nabla.Theory")]
    public void The_library_and_the_theory_use_no_package_and_no_web_framework(string assembly) =>
        Violations.RequireNone(ForeignUses(assembly), $"{assembly} uses only the library and the core framework");

    [Fact]
    public void The_server_uses_the_library_and_the_web_framework_alone() =>
        Violations.RequireNone(
            ForeignUses("Nabla.Serving").Where(use => !WebFramework.Any(name => (use.Used.Assembly + ".").StartsWith(name + ".", StringComparison.Ordinal))),
            "Nabla.Serving uses only the library and the web framework");

    /// <summary>The uses of symbols that are neither of the assembly itself, nor of the library, nor of the core framework.</summary>
    private static IEnumerable<Use> ForeignUses(string assembly) =>
        CompiledAssembly.Of(assembly).Uses.Where(use =>
            use.Used != Symbol.Pointer && use.Used.Assembly != assembly && use.Used.Assembly is not ("Nabla" or "Nabla.Drawing") && !IsOfTheCoreFramework(use.Used));

    // The core framework lies in the folder of System.Private.CoreLib; ASP.NET Core and packages lie elsewhere.
    private static bool IsOfTheCoreFramework(Symbol symbol) =>
        File.Exists(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, symbol.Assembly + ".dll"));
}
