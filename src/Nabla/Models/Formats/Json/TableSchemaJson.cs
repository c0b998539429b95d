using System.Text.Json;
using Nabla.Data.Tables.Schema;

namespace Nabla.Models.Formats.Json;

/// <summary>The columns of a table as JSON.</summary>
internal static class TableSchemaJson
{
    public static TableSchema Read(StrictJson json) => new()
    {
        Names = json["names"].Texts(),
        Inputs = [.. json["inputs"].Items().Select(ReadInput)],
        Targets = [.. json["targets"].Items().Select(ReadTarget)],
        Classes = json.Find("classes")?.Texts() ?? [],
        Ignored = [.. json.Find("ignored")?.Items().Select(ReadIgnored) ?? []],
        DecimalComma = json.Find("decimal_comma")?.Boolean() ?? false,
        Fingerprint = json.Optional("fingerprint")?.Text(),
    };

    public static void Write(Utf8JsonWriter json, string name, TableSchema schema)
    {
        json.WriteStartObject(name);
        json.WriteTexts("names", schema.Names);
        json.WriteStartArray("inputs");
        foreach (InputColumn column in schema.Inputs)
        {
            Write(json, column);
        }

        json.WriteEndArray();
        json.WriteStartArray("targets");
        foreach (TargetColumn target in schema.Targets)
        {
            json.WriteStartObject();
            json.WriteString("name", target.Name);
            json.WriteNumber("center", target.Center);
            json.WriteNumber("scale", target.Scale);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteTexts("classes", schema.Classes);
        json.WriteStartArray("ignored");
        foreach (IgnoredColumn column in schema.Ignored)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            json.WriteString("reason", column.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteBoolean("decimal_comma", schema.DecimalComma);
        json.WriteOptional("fingerprint", schema.Fingerprint);
        json.WriteTexts("input_names", schema.InputNames);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, InputColumn column)
    {
        json.WriteStartObject();
        json.WriteString("name", column.Name);
        json.WriteSetting("kind", column.Kind);
        json.WriteNumber("center", column.Center);
        json.WriteNumber("scale", column.Scale);
        json.WriteTexts("categories", column.Categories);
        json.WriteBoolean("has_other", column.HasOther);
        json.WriteBoolean("has_time", column.HasTime);
        json.WriteNumber("imputed", column.Imputed);
        json.WriteBoolean("has_missing_indicator", column.HasMissingIndicator);
        // For other programs only: it follows from the rest and is not read back.
        json.WriteTexts("input_names", column.InputNames);
        json.WriteEndObject();
    }

    private static InputColumn ReadInput(StrictJson json)
    {
        InputColumn column = new() { Name = json["name"].Text(), Kind = json["kind"].Setting<ColumnKind>() };
        return column with
        {
            Center = json.Find("center")?.Double() ?? column.Center,
            Scale = json.Find("scale")?.Double() ?? column.Scale,
            Categories = json.Find("categories")?.Texts() ?? column.Categories,
            HasOther = json.Find("has_other")?.Boolean() ?? column.HasOther,
            HasTime = json.Find("has_time")?.Boolean() ?? column.HasTime,
            Imputed = json.Find("imputed")?.Double() ?? column.Imputed,
            HasMissingIndicator = json.Find("has_missing_indicator")?.Boolean() ?? column.HasMissingIndicator,
        };
    }

    private static TargetColumn ReadTarget(StrictJson json)
    {
        TargetColumn target = new() { Name = json["name"].Text() };
        return target with { Center = json.Find("center")?.Double() ?? target.Center, Scale = json.Find("scale")?.Double() ?? target.Scale };
    }

    private static IgnoredColumn ReadIgnored(StrictJson json) => new(json["name"].Text(), json["reason"].Text());
}
