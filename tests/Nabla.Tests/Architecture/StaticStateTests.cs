using Nabla.Tests.Architecture.Symbols;
using Xunit;

namespace Nabla.Tests.Architecture;

/// <summary>Static fields hold constants only: results depend on inputs and options alone.</summary>
public class StaticStateTests
{
    // A field of one of these types changes although it is read-only.
    private static readonly SymbolSet Mutable = new(
        "System.Collections.Concurrent.*",
        "System.Collections.Generic.List",
        "System.Collections.Generic.Queue",
        "System.Collections.Generic.Stack",
        "System.Runtime.CompilerServices.ConditionalWeakTable",
        "System.Runtime.CompilerServices.StrongBox",
        "System.Threading.AsyncLocal",
        "System.Threading.ThreadLocal");

    // Facts about the process, on which no result depends.
    private static readonly string[] Known =
    [
        // Whether the system has refused to give large pages.
        "Nabla.Numerics.Memory.HugePages.isUnsupported",

        // The runs that this process has locked: its threads write the same mark, so the lock files do not tell them apart.
        "Nabla.Runs.RunLock.Own",
    ];

    [Fact]
    public void No_static_field_is_mutable()
    {
        IEnumerable<StaticField> fields = CompiledAssembly.All.SelectMany(assembly => assembly.StaticFields.Where(field => assembly.Owns(field.Field)));
        string[] changing = [.. fields.Where(field => !field.IsReadOnly || field.Types.Take(1).Any(Mutable.Contains)).Select(field => field.Field.ToString())];
        Assert.All(changing, field => Assert.True(Known.Contains(field), $"{field} is mutable static state. Pass the value in, or make it an instance field."));
        Assert.All(Known, field => Assert.True(changing.Contains(field), $"{field} is no longer mutable static state: delete it from the list in this test."));
    }
}
