using System.Text.Json;
using Nabla.Models.Formats.Json;

namespace Nabla.Models.Formats.Onnx.Schema;

/// <summary>The class names in the metadata of ONNX files, as a JSON list of texts.</summary>
internal static class OnnxClassNames
{
    public static string Write(IReadOnlyList<string> names) => JsonWriting.Text(JsonWriting.Relaxed, json =>
    {
        json.WriteStartArray();
        foreach (string name in names)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    });

    /// <exception cref="JsonException">The text is not a list of texts.</exception>
    public static string[] Read(string text) => StrictJson.Read(text, json => json.Texts());
}
