using Xunit;

namespace Nabla.Tests.Architecture.Symbols;

public class SymbolSetTests
{
    [Theory]
    [InlineData("System.IO.File", true)]
    [InlineData("System.IO.FileInfo.Length", true)]
    [InlineData("System.Timers.Timer", true)]
    [InlineData("System.Timers.Timer.State", true)]
    [InlineData("System.Timers.*", true)]
    [InlineData("System.*", true)]
    [InlineData("System.IO.FileInfo.Exists", false)]
    [InlineData("System.IO", false)]
    [InlineData("Sys.*", false)]
    public void A_name_stands_for_a_type_a_member_or_a_namespace(string name, bool holds)
    {
        Symbol[] symbols = [new("", "System.IO", "File", "Exists"), new("", "System.IO", "FileInfo", "Length"), new("", "System.Timers", "Timer.State")];
        Assert.Equal(holds, symbols.Any(new SymbolSet(name).Contains));
    }
}
