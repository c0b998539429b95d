using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;

namespace Nabla.Serving.Json;

/// <summary>
/// Reads <c>{"inputs":[…]}</c>, <c>{"inputs":[[…],…]}</c> or <c>{"rows":[{…},…]}</c>, and predicts while it reads.
/// </summary>
internal ref struct PredictionRequest
{
    /// <summary>Greatest depth of the JSON, against bodies that exhaust the stack.</summary>
    private const int MostDepth = 16;

    private readonly ModelJson forms;
    private readonly SampleRun run;
    private readonly int width;
    private readonly double largest;
    private Utf8JsonReader json;
    private bool hasSamples;

    private PredictionRequest(ReadOnlySpan<byte> body, ModelJson forms, SampleRun run)
    {
        this.forms = forms;
        this.run = run;
        width = forms.Model.Architecture.Inputs;
        largest = forms.Model.Parameters.Precision == Precision.Single ? float.MaxValue : double.MaxValue;
        json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MostDepth });
    }

    private readonly string Expected => forms.Columns is null
        ? $"{{\"inputs\": […]}} with {Text(width)} numbers, or an array of such arrays"
        : "{\"rows\": [{\"column\": value, …}, …]}";

    /// <summary>Predicts all samples of a request.</summary>
    /// <param name="body">The JSON.</param>
    /// <param name="forms">The model and its columns.</param>
    /// <param name="run">Receives the samples.</param>
    /// <returns>Whether the answer holds the probability of every class; true unless the request says
    /// otherwise.</returns>
    /// <exception cref="RequestRefusedException">The body is not a request for this model; the message gives the place
    /// and the reason.</exception>
    public static bool Predict(ReadOnlySpan<byte> body, ModelJson forms, SampleRun run)
    {
        if (!Utf8.IsValid(body))
        {
            throw Wrong("The body is not UTF-8.");
        }

        var request = new PredictionRequest(body, forms, run);
        try
        {
            bool probabilities = request.Read();
            run.Flush();
            return probabilities;
        }
        catch (JsonException error)
        {
            throw Wrong($"The body is not JSON at line {Text((error.LineNumber ?? 0) + 1)}, byte {Text((error.BytePositionInLine ?? 0) + 1)}. Expected {request.Expected}.");
        }
    }

    private bool Read()
    {
        bool probabilities = true;
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            throw Wrong($"The body is {Kind()}: expected {Expected}.");
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (JsonText.Is(ref json, "inputs"))
            {
                Begin(isTable: false);
                ReadInputs();
            }
            else if (JsonText.Is(ref json, "rows"))
            {
                Begin(isTable: true);
                ReadRows(forms.Columns!);
            }
            else if (JsonText.Is(ref json, "probabilities"))
            {
                json.Read();
                probabilities = json.TokenType is JsonTokenType.True or JsonTokenType.False
                    ? json.GetBoolean()
                    : throw Wrong($"'probabilities' is {Kind()}: expected true or false.");
            }
            else
            {
                string name = JsonText.Read(ref json);
                throw Wrong($"The body has the unknown name '{(name.Length > 40 ? name[..40] + "…" : name)}': expected {Expected}.");
            }
        }

        // The reader refuses anything after the object.
        json.Read();
        return hasSamples ? probabilities : throw Wrong($"The body has no samples: expected {Expected}.");
    }

    private void Begin(bool isTable)
    {
        if (isTable != forms.Columns is not null)
        {
            throw Wrong(isTable
                ? $"The model was not trained on a table and takes no 'rows': expected {Expected}."
                : $"The model was trained on a table and takes its columns, not 'inputs': expected {Expected}.");
        }

        if (hasSamples)
        {
            throw Wrong("The body has samples twice.");
        }

        hasSamples = true;
        json.Read();
        if (json.TokenType != JsonTokenType.StartArray)
        {
            throw Wrong($"'{(isTable ? "rows" : "inputs")}' is {Kind()}: expected an array.");
        }
    }

    private void ReadInputs()
    {
        json.Read();
        if (json.TokenType is not (JsonTokenType.StartArray or JsonTokenType.EndArray))
        {
            ReadSample("inputs");
            return;
        }

        while (json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.StartArray)
            {
                throw Wrong($"inputs[{Text(run.Count)}] is {Kind()}: expected an array of {Text(width)} numbers, like the samples before it.");
            }

            json.Read();
            ReadSample($"inputs[{Text(run.Count)}]");
            json.Read();
        }
    }

    /// <summary>Reads the numbers of one sample, up to the end of the array.</summary>
    private void ReadSample(string place)
    {
        Span<double> sample = run.Next();
        int count = 0;
        for (; json.TokenType != JsonTokenType.EndArray; json.Read())
        {
            if (json.TokenType != JsonTokenType.Number)
            {
                throw Wrong($"{place}[{Text(count)}] is {Kind()}: expected a number.");
            }

            double value = json.GetDouble();
            if (!(Math.Abs(value) <= largest))
            {
                throw Wrong($"{place}[{Text(count)}] is outside the range of the model's numbers, ±{largest.ToString("R", CultureInfo.InvariantCulture)}.");
            }

            if (count < width)
            {
                sample[count] = value;
            }

            count++;
        }

        if (count != width)
        {
            throw Wrong($"{place} has {Text(count)} number{(count == 1 ? "" : "s")}: expected {Text(width)}, one for each input of the model.");
        }
    }

    private void ReadRows(JsonColumns columns)
    {
        var cells = new Cell[columns.Count];
        bool[] present = new bool[columns.Count];
        float[] values = new float[width];
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            int row = run.Count;
            if (json.TokenType != JsonTokenType.StartObject)
            {
                throw Wrong($"rows[{Text(row)}] is {Kind()}: expected an object with the columns.");
            }

            Span<double> sample = run.Next();
            columns.Read(ref json, row, cells, present, values);
            for (int i = 0; i < values.Length; i++)
            {
                sample[i] = values[i];
            }
        }
    }

    private readonly string Kind() => json.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        JsonTokenType.Null => "null",
        _ => "empty",
    };

    private static RequestRefusedException Wrong(string message) => new(StatusCodes.Status400BadRequest, message);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
