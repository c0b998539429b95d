using System.Text.Json;
using Nabla.Cli.Failures;
using Nabla.Models.Formats.Safetensors;
using Spectre.Console;

namespace Nabla.Cli.Output.Reports;

/// <summary>The output of <c>nabla inspect</c> for a safetensors file that is not a Nabla model.</summary>
internal sealed class TensorList(string path, IReadOnlyDictionary<string, string> metadata, IReadOnlyList<TensorInfo> tensors)
{
    public void Print()
    {
        Tables.PrintFacts(
            ("file", path),
            ("kind", "safetensors without a Nabla model"),
            ("metadata", metadata.Count == 0 ? null : ErrorText.Of(string.Join(", ", metadata.Keys.Order(StringComparer.Ordinal))).ReplaceLineEndings("?")),
            ("tensors", Figures.Count(tensors.Count)),
            ("values", Figures.Count(tensors.Sum(tensor => tensor.Count))));
        Screen.Line();
        Table table = Tables.Create("tensor", "type", "#shape", "#values");
        foreach (TensorInfo tensor in tensors)
        {
            Tables.AddRow(table, ErrorText.Of(tensor.Name).ReplaceLineEndings("?"), tensor.ElementType, tensor.ShapeText, Figures.Count(tensor.Count));
        }

        Tables.Print(table);
    }

    public void WriteJson(Utf8JsonWriter writer)
    {
        writer.WriteString("file", path);
        writer.WriteStartObject("metadata");
        foreach ((string key, string value) in metadata)
        {
            writer.WriteString(key, value);
        }

        writer.WriteEndObject();
        writer.WriteStartArray("tensors");
        foreach (TensorInfo tensor in tensors)
        {
            writer.WriteStartObject();
            writer.WriteString("name", tensor.Name);
            writer.WriteString("dtype", tensor.ElementType);
            writer.WriteStartArray("shape");
            foreach (long size in tensor.Shape)
            {
                writer.WriteNumberValue(size);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
