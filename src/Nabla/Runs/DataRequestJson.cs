using System.Text.Json;
using Nabla.Models.Formats.Json;

namespace Nabla.Runs;

/// <summary>The data request of a run as JSON.</summary>
internal static class DataRequestJson
{
    public static DataRequest Read(StrictJson json) => new()
    {
        Source = json["source"].Text(),
        Validation = json.Optional("validation") is { } validation ? ReadSplit(validation) : null,
        Test = json.Optional("test") is { } test ? ReadSplit(test) : null,
        ValidationFile = json.Optional("validation_file")?.Text(),
        TestFile = json.Optional("test_file")?.Text(),
        Table = json.Optional("table") is { } table ? ReadTable(table) : null,
        ImageSize = json.Optional("image_size") is { } size ? ImageShapeJson.Read(size) : null,
        Limit = json.Optional("limit")?.Int32(),
        Seed = json.Find("seed")?.UInt64() ?? 0,
        SearchFolders = json.Optional("search_folders")?.Texts(),
        Threads = json.Optional("threads")?.Int32(),
        MemoryBudget = json.Optional("memory_budget") is { } budget ? (long)Math.Min(budget.UInt64(), long.MaxValue) : null,
    };

    public static void Write(Utf8JsonWriter json, string name, DataRequest data)
    {
        json.WriteStartObject(name);
        json.WriteString("source", data.Source);
        json.WriteOptional("validation", data.Validation?.ToString());
        json.WriteOptional("test", data.Test?.ToString());
        json.WriteOptional("validation_file", data.ValidationFile);
        json.WriteOptional("test_file", data.TestFile);
        if (data.Table is { } table)
        {
            Write(json, "table", table);
        }

        if (data.ImageSize is { } size)
        {
            ImageShapeJson.Write(json, "image_size", size);
        }

        json.WriteOptional("limit", data.Limit);
        json.WriteNumber("seed", data.Seed);
        if (data.SearchFolders is { } folders)
        {
            json.WriteTexts("search_folders", folders);
        }

        json.WriteOptional("threads", data.Threads);
        json.WriteOptional("memory_budget", (ulong?)data.MemoryBudget);
        json.WriteEndObject();
    }

    /// <summary>A split in the form of the command line: <c>0.1</c> or <c>10000</c>.</summary>
    private static SplitSize ReadSplit(StrictJson json)
    {
        try
        {
            return SplitSize.Parse(json.Text());
        }
        catch (ArgumentException e)
        {
            throw new JsonException(e.Message, e);
        }
    }

    private static TableOptions ReadTable(StrictJson json)
    {
        TableOptions defaults = new();
        return new()
        {
            Targets = json.Find("targets")?.Texts() ?? defaults.Targets,
            Ignore = json.Find("ignore")?.Texts() ?? defaults.Ignore,
            WeightsColumn = json.Optional("weights_column")?.Text(),
            Kinds = json.Find("kinds") is { } kinds ? ReadKinds(kinds) : defaults.Kinds,
            Scaling = json.Find("scaling")?.Setting<ColumnScaling>() ?? defaults.Scaling,
            HasHeader = json.Optional("has_header")?.Boolean(),
            DecimalComma = json.Find("decimal_comma")?.Boolean() ?? defaults.DecimalComma,
            Task = json.Find("task")?.Setting<TableTask>() ?? defaults.Task,
            ScaleTargets = json.Find("scale_targets")?.Boolean() ?? defaults.ScaleTargets,
        };
    }

    private static void Write(Utf8JsonWriter json, string name, TableOptions table)
    {
        json.WriteStartObject(name);
        json.WriteTexts("targets", table.Targets);
        json.WriteTexts("ignore", table.Ignore);
        json.WriteOptional("weights_column", table.WeightsColumn);
        json.WriteStartObject("kinds");
        foreach ((string column, ColumnKind kind) in table.Kinds)
        {
            json.WriteSetting(column, kind);
        }

        json.WriteEndObject();
        json.WriteSetting("scaling", table.Scaling);
        if (table.HasHeader is { } hasHeader)
        {
            json.WriteBoolean("has_header", hasHeader);
        }

        json.WriteBoolean("decimal_comma", table.DecimalComma);
        json.WriteSetting("task", table.Task);
        json.WriteBoolean("scale_targets", table.ScaleTargets);
        json.WriteEndObject();
    }

    private static Dictionary<string, ColumnKind> ReadKinds(StrictJson json)
    {
        var kinds = new Dictionary<string, ColumnKind>();
        foreach ((string column, StrictJson kind) in json.Members())
        {
            kinds.Add(column, kind.Setting<ColumnKind>());
        }

        return kinds;
    }
}
