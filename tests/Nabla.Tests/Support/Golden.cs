using System.Text.Json;
using Nabla.Tests.Architecture;

namespace Nabla.Tests.Support;

/// <summary>The numbers of other programs, in tests/golden beside the scripts that made them.</summary>
internal static class Golden
{
    public static JsonElement Read(string name)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Sources.Root, "tests", "golden", name)));
        return document.RootElement.Clone();
    }

    public static double[] Doubles(this JsonElement array) => [.. array.EnumerateArray().Select(element => element.GetDouble())];
}
