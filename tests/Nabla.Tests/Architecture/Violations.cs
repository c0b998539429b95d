using Nabla.Tests.Architecture.Symbols;
using Xunit;

namespace Nabla.Tests.Architecture;

/// <summary>Fails a test with the uses that break a rule.</summary>
internal static class Violations
{
    private const int Shown = 10;

    public static void RequireNone(IEnumerable<Use> uses, string rule)
    {
        string[] lines = [.. uses.Select(use => use.ToString()).Distinct()];
        string rest = lines.Length > Shown ? $"\n… and {lines.Length - Shown} more" : "";
        Assert.True(lines.Length == 0, $"{rule}, but:\n{string.Join('\n', lines.Take(Shown))}{rest}");
    }
}
