using System.Text.Json;
using Nabla.Tests.Architecture;

namespace Nabla.Tests.Support;

/// <summary>The numbers of other programs, in tests/golden beside the scripts that made them.</summary>
internal static class Golden
{
    public static JsonElement Read(string name)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Folder(name)));
        return document.RootElement.Clone();
    }

    /// <summary>A file or folder beside the scripts.</summary>
    public static string Folder(string name) => Path.Combine(Sources.Root, "tests", "golden", name);

    public static double[] Doubles(this JsonElement array) => [.. array.EnumerateArray().Select(element => element.GetDouble())];
}
