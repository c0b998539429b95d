using System.Text.Json;

namespace Nabla.Models.Formats.Network2;

/// <summary>Reads one network2 JSON file, token by token: a first pass finds the parts, a second one reads the numbers.</summary>
internal sealed class Network2Parser(string path)
{
    /// <summary>The longest file that is read, because it is read into memory whole.</summary>
    private const long MaximumLength = 1L << 30;

    /// <summary>The most layers of a file: more are an attack on memory.</summary>
    private const int MaximumLayers = 1000;

    /// <summary>The least bytes of a number: a digit, and a comma or bracket.</summary>
    private const int BytesOfNumber = 2;

    private readonly byte[] bytes = FormatFiles.ReadAll(path, MaximumLength, "a network2 file");
    private List<int>? sizes;
    private long weightsStart = -1;
    private long biasesStart = -1;
    private string? cost;

    public Model Parse()
    {
        var reader = new Utf8JsonReader(bytes);
        long position = 0;
        try
        {
            ReadOutline(ref reader);
            NetworkOptions architecture = Architecture();
            var parameters = new Parameters(architecture, Precision.Double);
            reader = At(weightsStart, out position);
            ReadWeights(ref reader, parameters);
            reader = At(biasesStart, out position);
            ReadBiases(ref reader, parameters);
            return Network2Json.Build(architecture, parameters, path);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            long at = position + reader.TokenStartIndex;
            if (e is JsonException { BytePositionInLine: not null })
            {
                // The reader's own errors are about the bytes after the last token.
                at = position + reader.BytesConsumed;
            }

            int line = 1 + bytes.AsSpan(0, (int)Math.Min(at, bytes.Length)).Count((byte)'\n');
            throw new InvalidDataException($"{path}:{line}: byte {at}: {Plain(e.Message)} A network2 file is {{\"sizes\":[…],\"weights\":[[[…]]],\"biases\":[[[…]]],\"cost\":\"CrossEntropyCost\"}}.", e);
        }
    }

    private static string Plain(string message)
    {
        int position = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        string plain = (position < 0 ? message : message[..position]).TrimEnd('.');
        return $"{plain}.";
    }

    private Utf8JsonReader At(long start, out long position)
    {
        position = start;
        return new Utf8JsonReader(bytes.AsSpan((int)start), new JsonReaderOptions { AllowMultipleValues = true });
    }

    private void ReadOutline(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject, "the file");
        while (Next(ref reader) != JsonTokenType.EndObject)
        {
            string key = reader.GetString()!;
            Next(ref reader);
            switch (key)
            {
                case "sizes" when sizes is null:
                    sizes = ReadSizes(ref reader);
                    break;
                case "weights" when weightsStart < 0:
                    weightsStart = reader.TokenStartIndex;
                    reader.Skip();
                    break;
                case "biases" when biasesStart < 0:
                    biasesStart = reader.TokenStartIndex;
                    reader.Skip();
                    break;
                case "cost" when cost is null:
                    cost = reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException("cost must be a name.");
                    break;
                case "sizes" or "weights" or "biases" or "cost":
                    throw new JsonException($"{key} appears twice.");
                default:
                    reader.Skip();
                    break;
            }
        }

        if (reader.Read())
        {
            throw new JsonException("There is more than one JSON value.");
        }
    }

    private static List<int> ReadSizes(ref Utf8JsonReader reader)
    {
        Require(reader.TokenType == JsonTokenType.StartArray, "sizes must be an array.");
        var found = new List<int>();
        while (Next(ref reader) != JsonTokenType.EndArray)
        {
            Require(
                reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int size) && size >= 1 && found.Count < MaximumLayers,
                $"sizes must hold 2 to {MaximumLayers} whole numbers from 1.");
            found.Add(reader.GetInt32());
        }

        return found;
    }

    private NetworkOptions Architecture()
    {
        Require(sizes is not null, "sizes is missing.");
        Require(weightsStart >= 0, "weights is missing.");
        Require(biasesStart >= 0, "biases is missing.");
        Require(cost is not null, "cost is missing.");
        Require(sizes!.Count >= 2, "sizes must name at least inputs and outputs.");
        long numbers = 0;
        for (int layer = 1; layer < sizes.Count; layer++)
        {
            numbers = checked(numbers + (((long)sizes[layer - 1] + 1) * sizes[layer]));
            Require(numbers <= bytes.Length / BytesOfNumber, $"sizes [{string.Join(", ", sizes)}] claims more numbers than {bytes.Length} bytes can hold.");
        }

        return NetworkOptions.FeedForward(
            sizes[0],
            sizes[1..^1],
            sizes[^1],
            Activation.Sigmoid,
            Activation.Sigmoid,
            Network2Json.CostOf(cost) ?? throw new JsonException($"cost is '{cost}'; expected CrossEntropyCost or QuadraticCost."));
    }

    private static void ReadWeights(ref Utf8JsonReader reader, Parameters parameters)
    {
        Expect(ref reader, JsonTokenType.StartArray, "weights");
        for (int layer = 0; layer < parameters.LayerCount; layer++)
        {
            int inputs = parameters.InputsOf(layer), units = parameters.UnitsOf(layer);
            string what = $"weights[{layer}] ([{units}][{inputs}] by sizes)";
            Expect(ref reader, JsonTokenType.StartArray, what);
            for (int unit = 0; unit < units; unit++)
            {
                Expect(ref reader, JsonTokenType.StartArray, what);
                for (int input = 0; input < inputs; input++)
                {
                    parameters.SetWeight(layer, unit, input, Number(ref reader, what));
                }

                Expect(ref reader, JsonTokenType.EndArray, what);
            }

            Expect(ref reader, JsonTokenType.EndArray, what);
        }

        Expect(ref reader, JsonTokenType.EndArray, "weights");
    }

    private static void ReadBiases(ref Utf8JsonReader reader, Parameters parameters)
    {
        Expect(ref reader, JsonTokenType.StartArray, "biases");
        for (int layer = 0; layer < parameters.LayerCount; layer++)
        {
            string what = $"biases[{layer}] ([{parameters.UnitsOf(layer)}][1] by sizes)";
            Expect(ref reader, JsonTokenType.StartArray, what);
            for (int unit = 0; unit < parameters.UnitsOf(layer); unit++)
            {
                Expect(ref reader, JsonTokenType.StartArray, what);
                parameters.SetBias(layer, unit, Number(ref reader, what));
                Expect(ref reader, JsonTokenType.EndArray, what);
            }

            Expect(ref reader, JsonTokenType.EndArray, what);
        }

        Expect(ref reader, JsonTokenType.EndArray, "biases");
    }

    private static double Number(ref Utf8JsonReader reader, string what)
    {
        Expect(ref reader, JsonTokenType.Number, what);
        double value = reader.GetDouble();
        Require(double.IsFinite(value), $"{what} holds a number that is too large.");
        return value;
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string what)
    {
        JsonTokenType found = Next(ref reader);
        if (found != type)
        {
            throw new JsonException($"{what} has {found}; expected {type}.");
        }
    }

    private static JsonTokenType Next(ref Utf8JsonReader reader) =>
        reader.Read() ? reader.TokenType : throw new JsonException("The file ends too early.");

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new JsonException(message);
        }
    }
}
