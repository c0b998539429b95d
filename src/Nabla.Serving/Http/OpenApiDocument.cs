using System.Globalization;
using System.Text.Json;
using Nabla.Data.Tables.Schema;
using Nabla.Models.Content;

namespace Nabla.Serving.Http;

/// <summary>
/// <c>GET /openapi.json</c>: the OpenAPI 3.1 document of the model, with its columns or the number of its inputs.
/// </summary>
internal sealed class OpenApiDocument(Model model, string name, string root, PredictionLimits limits, bool hasToken)
{
    /// <summary>Maximum number of names that the document lists for a column or for the outputs.</summary>
    private const int MostNames = 50;

    /// <summary>Maximum number of inputs with a written example.</summary>
    private const int MostExampleInputs = 16;

    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("openapi", "3.1.0");
        Object(json, "info", () =>
        {
            json.WriteString("title", $"Predictions of {name}");
            json.WriteString("version", model.WeightsSha256[..12]);
            json.WriteString("description", $"A neural network of {model.Parameters.Count.ToString(CultureInfo.InvariantCulture)} parameters, served by Nabla {ProductVersion.Current}.");
        });
        json.WriteStartArray("servers");
        json.WriteStartObject();
        json.WriteString("url", root.Length == 0 ? "/" : root);
        json.WriteEndObject();
        json.WriteEndArray();
        Object(json, "paths", () =>
        {
            Object(json, "/predict", () => Object(json, "post", () => WritePredict(json)));
            WriteGet(json, "/model", "Inputs, outputs and training of the model.", "model", isOpen: false);
            WriteGet(json, "/healthz", "Whether the server answers.", "health", isOpen: true);
            WriteGet(json, "/openapi.json", "This document.", "document", isOpen: false);
        });
        Object(json, "components", () =>
        {
            Object(json, "schemas", () =>
            {
                Object(json, "Request", () => WriteRequest(json));
                Object(json, "Answer", () => WriteAnswer(json));
                Object(json, "Problem", () => WriteProblem(json));
            });
            if (hasToken)
            {
                Object(json, "securitySchemes", () => Object(json, "token", () =>
                {
                    json.WriteString("type", "http");
                    json.WriteString("scheme", "bearer");
                }));
            }
        });
        if (hasToken)
        {
            json.WriteStartArray("security");
            json.WriteStartObject();
            json.WriteStartArray("token");
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
        }
    }

    private void WritePredict(Utf8JsonWriter json)
    {
        json.WriteString("operationId", "predict");
        json.WriteString("summary", $"Predicts {(model.IsRegression ? "the values" : "the label")} of up to {limits.Rows.ToString(CultureInfo.InvariantCulture)} samples, in a body of up to {limits.BodyBytes.ToString(CultureInfo.InvariantCulture)} bytes.");
        Object(json, "requestBody", () =>
        {
            json.WriteBoolean("required", true);
            WriteContent(json, "application/json", "Request");
        });
        Object(json, "responses", () =>
        {
            WriteResponse(json, "200", "The predictions, in the order of the samples.", "application/json", "Answer");
            WriteResponse(json, "default", "The request was refused; detail says what is wrong, where, and what was expected.", ProblemAnswer.ContentType, "Problem");
        });
    }

    private static void WriteGet(Utf8JsonWriter json, string path, string summary, string operation, bool isOpen) => Object(json, path, () => Object(json, "get", () =>
    {
        json.WriteString("operationId", operation);
        json.WriteString("summary", summary);
        if (isOpen)
        {
            json.WriteStartArray("security");
            json.WriteEndArray();
        }

        Object(json, "responses", () => Object(json, "200", () =>
        {
            json.WriteString("description", summary);
            Object(json, "content", () => Object(json, "application/json", () => Object(json, "schema", () => json.WriteString("type", "object"))));
        }));
    }));

    private void WriteRequest(Utf8JsonWriter json)
    {
        json.WriteString("type", "object");
        json.WriteBoolean("additionalProperties", false);
        bool isTable = model.Columns is not null;
        WriteNames(json, "required", [isTable ? "rows" : "inputs"]);
        Object(json, "properties", () =>
        {
            if (model.Columns is { } columns)
            {
                Object(json, "rows", () => WriteRows(json, columns));
            }
            else
            {
                Object(json, "inputs", () => WriteInputs(json));
            }

            Object(json, "probabilities", () =>
            {
                json.WriteString("type", "boolean");
                json.WriteBoolean("default", true);
                json.WriteString("description", "Whether the answer holds the probability of every class.");
            });
        });
    }

    private void WriteRows(Utf8JsonWriter json, TableSchema columns)
    {
        json.WriteString("type", "array");
        json.WriteNumber("maxItems", limits.Rows);
        Object(json, "items", () =>
        {
            json.WriteString("type", "object");
            json.WriteString("description", "The raw columns of the table that the model was trained on; null is a missing value, other names are skipped.");
            WriteNames(json, "required", columns.Inputs.Select(column => column.Name));
            Object(json, "properties", () =>
            {
                foreach (InputColumn column in columns.Inputs)
                {
                    Object(json, column.Name, () => WriteColumn(json, column));
                }
            });
        });
    }

    private static void WriteColumn(Utf8JsonWriter json, InputColumn column)
    {
        WriteNames(json, "type", column.Kind switch
        {
            ColumnKind.Numeric => ["number", "string", "null"],
            ColumnKind.Boolean => ["boolean", "string", "null"],
            ColumnKind.Date => ["string", "null"],
            _ => ["string", "number", "boolean", "null"],
        });
        json.WriteString("description", column.Kind switch
        {
            ColumnKind.Numeric => "A number.",
            ColumnKind.Boolean => "Yes or no.",
            ColumnKind.Date => "A day such as 2024-03-01, or an instant such as 2024-03-01T12:30:00Z.",
            _ => "A name; unknown names share one input.",
        });
        if (column.Kind == ColumnKind.Categorical && column.Categories.Count > 0)
        {
            WriteNames(json, "examples", column.Categories.Take(MostNames));
        }
    }

    private void WriteInputs(Utf8JsonWriter json)
    {
        int width = model.Architecture.Inputs;
        json.WriteString("description", $"One sample of {width.ToString(CultureInfo.InvariantCulture)} numbers, or an array of samples.{(model.Image is { } image ? $" Pixels of {image} from the top left, row by row, in [0, 1]." : "")}");
        json.WriteStartArray("oneOf");
        json.WriteStartObject();
        WriteSample();
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("type", "array");
        json.WriteNumber("maxItems", limits.Rows);
        Object(json, "items", WriteSample);
        json.WriteEndObject();
        json.WriteEndArray();
        if (width <= MostExampleInputs)
        {
            json.WriteStartArray("examples");
            json.WriteStartArray();
            for (int i = 0; i < width; i++)
            {
                json.WriteNumberValue(0);
            }

            json.WriteEndArray();
            json.WriteEndArray();
        }

        void WriteSample()
        {
            json.WriteString("type", "array");
            json.WriteNumber("minItems", width);
            json.WriteNumber("maxItems", width);
            Object(json, "items", () => json.WriteString("type", "number"));
        }
    }

    private void WriteAnswer(Utf8JsonWriter json)
    {
        json.WriteString("type", "object");
        WriteNames(json, "required", ["predictions"]);
        Object(json, "properties", () => Object(json, "predictions", () =>
        {
            json.WriteString("type", "array");
            Object(json, "items", () =>
            {
                json.WriteString("type", "object");
                WriteNames(json, "required", model.IsRegression ? ["values"] : ["label", "probability"]);
                Object(json, "properties", () =>
                {
                    if (!model.IsRegression)
                    {
                        Object(json, "label", () =>
                        {
                            WriteNames(json, "type", ["string", "null"]);
                            WriteNames(json, "examples", model.Classes.Take(MostNames));
                        });
                        Object(json, "probability", () => json.WriteString("type", "number"));
                    }

                    Object(json, model.IsRegression ? "values" : "probabilities", () => WriteOutputs(json));
                });
            });
        }));
    }

    private void WriteOutputs(Utf8JsonWriter json)
    {
        json.WriteString("type", "object");
        Object(json, "additionalProperties", () => json.WriteString("type", "number"));
        Object(json, "properties", () =>
        {
            for (int output = 0; output < Math.Min(model.Architecture.Outputs, MostNames); output++)
            {
                Object(json, model.OutputName(output), () => json.WriteString("type", "number"));
            }
        });
    }

    private static void WriteProblem(Utf8JsonWriter json)
    {
        json.WriteString("type", "object");
        Object(json, "properties", () =>
        {
            foreach (string property in (ReadOnlySpan<string>)["type", "title", "detail"])
            {
                Object(json, property, () => json.WriteString("type", "string"));
            }

            Object(json, "status", () => json.WriteString("type", "integer"));
        });
    }

    private static void WriteResponse(Utf8JsonWriter json, string status, string description, string contentType, string schema) => Object(json, status, () =>
    {
        json.WriteString("description", description);
        WriteContent(json, contentType, schema);
    });

    private static void WriteContent(Utf8JsonWriter json, string contentType, string schema) => Object(json, "content", () => Object(json, contentType, () =>
        Object(json, "schema", () => json.WriteString("$ref", $"#/components/schemas/{schema}"))));

    private static void WriteNames(Utf8JsonWriter json, string property, IEnumerable<string> names)
    {
        json.WriteStartArray(property);
        foreach (string text in names)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void Object(Utf8JsonWriter json, string property, Action write)
    {
        json.WriteStartObject(property);
        write();
        json.WriteEndObject();
    }
}
