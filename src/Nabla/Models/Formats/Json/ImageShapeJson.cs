using System.Text.Json;

namespace Nabla.Models.Formats.Json;

/// <summary>The shape of images, as JSON.</summary>
internal static class ImageShapeJson
{
    public static ImageShape Read(StrictJson json) => new(json["rows"].Int32(), json["columns"].Int32());

    public static void Write(Utf8JsonWriter json, string name, ImageShape shape)
    {
        json.WriteStartObject(name);
        json.WriteNumber("rows", shape.Rows);
        json.WriteNumber("columns", shape.Columns);
        json.WriteEndObject();
    }
}
