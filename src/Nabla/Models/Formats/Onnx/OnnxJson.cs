using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nabla.Models.Formats.Onnx;

/// <summary>The JSON in the metadata of ONNX files, without reflection.</summary>
[JsonSerializable(typeof(string[]))]
internal sealed partial class OnnxJson : JsonSerializerContext
{
    /// <summary>Names stay readable in every script.</summary>
    public static OnnxJson Relaxed { get; } = new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
