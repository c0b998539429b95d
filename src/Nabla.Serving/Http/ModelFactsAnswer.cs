using System.Text.Json;
using Nabla.Data.Tables.Schema;
using Nabla.Models.Formats.Json;

namespace Nabla.Serving.Http;

/// <summary><c>GET /model</c>: inputs, outputs and training of the model.</summary>
internal static class ModelFactsAnswer
{
    public static void Write(Utf8JsonWriter json, ModelHost host, ModelLease lease)
    {
        Model model = lease.Model;
        json.WriteString("model", Path.GetFileName(host.Path));
        json.WriteString("loaded", lease.Loaded.UtcDateTime);
        if (host.ReloadProblem is { } problem)
        {
            json.WriteString("reload_problem", problem.Replace(host.Path, Path.GetFileName(host.Path), StringComparison.Ordinal));
        }

        json.WriteString("task", model.IsRegression ? "regress" : "classify");
        json.WriteNumber("inputs", model.Architecture.Inputs);
        if (model.Image is { } image)
        {
            json.WriteStartArray("image");
            json.WriteNumberValue(image.Rows);
            json.WriteNumberValue(image.Columns);
            json.WriteEndArray();
        }

        if (model.Columns is { } columns)
        {
            WriteColumns(json, columns);
        }

        json.WriteStartArray(model.IsRegression ? "values" : "classes");
        foreach (string name in model.IsRegression ? Enumerable.Range(0, model.Architecture.Outputs).Select(model.OutputName) : model.Classes)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
        json.WriteNumber("parameters", model.Parameters.Count);
        json.WriteString("precision", SettingNames.Of(model.Parameters.Precision));
        json.WriteString("weights_sha256", model.WeightsSha256);
        json.WriteStartObject("trained");
        // The path of the training data stays private.
        ModelFactsJson.WriteShort(json, model.Facts with { Data = Path.GetFileName(model.Facts.Data) }, "data", "train", "epochs", "kept_epoch", "test_accuracy", "test_rmse", "nabla");
        json.WriteEndObject();
    }

    private static void WriteColumns(Utf8JsonWriter json, TableSchema columns)
    {
        json.WriteStartArray("columns");
        foreach (InputColumn column in columns.Inputs)
        {
            json.WriteStartObject();
            json.WriteString("column", column.Name);
            json.WriteString("kind", SettingNames.Of(column.Kind));
            if (column.Kind == ColumnKind.Categorical)
            {
                json.WriteStartArray("categories");
                foreach (string category in column.Categories)
                {
                    json.WriteStringValue(category);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
