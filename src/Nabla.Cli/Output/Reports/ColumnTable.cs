using System.Globalization;
using System.Text.Json;
using Nabla.Cli.Options;
using Nabla.Data.Tables.Schema;
using Spectre.Console;

namespace Nabla.Cli.Output.Reports;

/// <summary>The columns of a table with their encoding.</summary>
internal static class ColumnTable
{
    /// <summary>Maximum number of names that are shown for a column.</summary>
    private const int MostNames = 8;

    public static void Print(TableSchema schema)
    {
        Table table = Tables.Create("column", "kind", "#inputs", "how", "missing as");
        foreach (InputColumn column in schema.Inputs)
        {
            Tables.AddRow(table, column.Name, OptionNames.Of(column.Kind), Figures.Count(column.Width), How(column), column.HasMissingIndicator ? Imputed(column) + " and an indicator" : "");
        }

        foreach (TargetColumn target in schema.Targets)
        {
            Tables.AddRow(table, target.Name, "target", "", schema.Classes.Count > 0 ? $"{schema.Classes.Count} classes" : Scaling(target.Center, target.Scale), "");
        }

        foreach (IgnoredColumn column in schema.Ignored)
        {
            Tables.AddRow(table, column.Name, "ignored", "", column.Reason, "");
        }

        Tables.Print(table);
    }

    public static void WriteJson(Utf8JsonWriter writer, TableSchema schema)
    {
        writer.WriteStartArray("columns");
        foreach (InputColumn column in schema.Inputs)
        {
            writer.WriteStartObject();
            writer.WriteString("column", column.Name);
            writer.WriteString("kind", OptionNames.Of(column.Kind));
            writer.WriteNumber("inputs", column.Width);
            if (column.Kind is ColumnKind.Numeric or ColumnKind.Date)
            {
                writer.WriteNumber("center", column.Center);
                writer.WriteNumber("scale", column.Scale);
            }

            if (column.Kind == ColumnKind.Categorical)
            {
                writer.WriteStartArray("categories");
                foreach (string category in column.Categories)
                {
                    writer.WriteStringValue(category);
                }

                writer.WriteEndArray();
                writer.WriteBoolean("other", column.HasOther);
            }

            writer.WriteBoolean("missing_indicator", column.HasMissingIndicator);
            writer.WriteEndObject();
        }

        foreach (TargetColumn target in schema.Targets)
        {
            writer.WriteStartObject();
            writer.WriteString("column", target.Name);
            writer.WriteString("kind", "target");
            if (schema.Classes.Count == 0)
            {
                writer.WriteNumber("center", target.Center);
                writer.WriteNumber("scale", target.Scale);
            }

            writer.WriteEndObject();
        }

        foreach (IgnoredColumn column in schema.Ignored)
        {
            writer.WriteStartObject();
            writer.WriteString("column", column.Name);
            writer.WriteString("kind", "ignored");
            writer.WriteString("reason", column.Reason);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>The columns in one line: a count per kind, and the ignored columns.</summary>
    public static string Line(TableSchema schema)
    {
        string kinds = string.Join(", ", schema.Inputs.GroupBy(column => column.Kind).OrderBy(group => group.Key).Select(group => $"{group.Count()} {OptionNames.Of(group.Key)}"));
        string targets = Figures.Names([.. schema.Targets.Select(target => target.Name)], MostNames);
        string ignored = Figures.Names([.. schema.Ignored.Select(column => $"{column.Name} ({column.Reason})")], MostNames);
        return $"columns: {kinds}; target {targets}{(schema.Classes.Count > 0 ? $" ({schema.Classes.Count} classes)" : "")}{(ignored.Length > 0 ? $"; ignored: {ignored}" : "")}";
    }

    private static string How(InputColumn column) => column.Kind switch
    {
        ColumnKind.Numeric => column.Scale == 0 ? "constant" : Scaling(column.Center, column.Scale),
        ColumnKind.Date => column.HasTime ? "time, year, week, day" : "time, year, week",
        ColumnKind.Boolean => "0 or 1",
        _ => Figures.Names(column.Categories, MostNames) + (column.HasOther ? "; other" : ""),
    };

    private static string Scaling(double center, double scale) => center == 0 && scale == 1 ? "as it is" : $"(x − {Figures.Real(center)}) / {Figures.Real(scale)}";

    private static string Imputed(InputColumn column) => column.Kind switch
    {
        ColumnKind.Categorical => column.Imputed < 0 ? "other" : column.Categories[(int)column.Imputed],
        ColumnKind.Boolean => column.Imputed > 0 ? "yes" : "no",
        ColumnKind.Date => DateTime.UnixEpoch.AddSeconds(Math.Clamp(column.Imputed, -6e10, 2e11)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => Figures.Real(column.Imputed),
    };
}
