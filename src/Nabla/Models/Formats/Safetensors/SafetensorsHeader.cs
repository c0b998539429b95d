using System.Text.Json;
using System.Text.Unicode;

namespace Nabla.Models.Formats.Safetensors;

/// <summary>The JSON header of a safetensors file: the metadata, and the place of each tensor.</summary>
/// <remarks>As strict as the format's reference implementation: unique names, tensors in one gapless sequence that covers the data exactly.</remarks>
internal sealed class SafetensorsHeader
{
    /// <summary>The key of the metadata object.</summary>
    public const string MetadataKey = "__metadata__";

    /// <summary>The most tensors, and the most metadata entries: a header of two million names would take gigabytes.</summary>
    private const int MostEntries = 1 << 16;

    /// <summary>The longest name, in bytes: a longer one only fills messages.</summary>
    private const int LongestName = 1 << 12;

    /// <summary>The most axes of a tensor.</summary>
    private const int MostAxes = 64;

    private readonly Dictionary<string, string> metadata = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TensorInfo> tensors = new(StringComparer.Ordinal);

    private SafetensorsHeader()
    {
    }

    /// <summary>The metadata, by key.</summary>
    public IReadOnlyDictionary<string, string> Metadata => metadata;

    /// <summary>The tensors in the order of their bytes.</summary>
    public IReadOnlyList<TensorInfo> Tensors { get; private set; } = [];

    /// <summary>The bytes of all tensors.</summary>
    public long DataLength => Tensors.Count > 0 ? Tensors[^1].End : 0;

    /// <summary>Reads and checks a header.</summary>
    /// <param name="file">The name of the file, for messages.</param>
    /// <param name="json">The header alone.</param>
    /// <param name="dataLength">Bytes behind the header; null where they have not been read yet.</param>
    /// <exception cref="InvalidDataException">The header breaks a rule of the format.</exception>
    public static SafetensorsHeader Parse(string file, ReadOnlySpan<byte> json, long? dataLength)
    {
        if (json.IsEmpty || json[0] != (byte)'{')
        {
            throw new InvalidDataException($"{file}: byte 8 does not start a JSON object, as a safetensors header does. Is it another format?");
        }

        if (!Utf8.IsValid(json))
        {
            throw new InvalidDataException($"{file}: the header is not valid UTF-8. The file is damaged.");
        }

        var header = new SafetensorsHeader();
        var reader = new Utf8JsonReader(json);
        try
        {
            reader.Read();
            header.ReadEntries(file, ref reader);
            if (reader.Read())
            {
                throw new JsonException("more than one JSON value");
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            // Utf8JsonReader reports escaped half surrogates as InvalidOperationException.
            throw new InvalidDataException($"{file}: byte {8 + reader.TokenStartIndex}: the header is not valid ({e.Message.TrimEnd('.')}).", e);
        }

        TensorInfo[] ordered = [.. header.tensors.Values];
        Array.Sort(ordered, CompareByPlace);
        header.Tensors = ordered;
        CheckLayout(file, header.Tensors, dataLength);
        return header;
    }

    private static int CompareByPlace(TensorInfo a, TensorInfo b) =>
        a.Start != b.Start ? a.Start.CompareTo(b.Start)
        : a.End != b.End ? a.End.CompareTo(b.End)
        : string.CompareOrdinal(a.Name, b.Name);

    private static void CheckLayout(string file, IReadOnlyList<TensorInfo> tensors, long? dataLength)
    {
        long end = 0;
        foreach (TensorInfo tensor in tensors)
        {
            if (tensor.Start != end)
            {
                throw new InvalidDataException($"{file}: {tensor.Name} starts at data byte {tensor.Start}, but the tensor before it ends at {end}: tensors must follow each other without gap or overlap.");
            }

            end = tensor.End;
        }

        if (dataLength is { } length && end != length)
        {
            string state = end > length ? "The file is cut off" : "There are bytes behind the last tensor";
            throw new InvalidDataException($"{file}: the header describes {end} data bytes, but {length} follow it. {state}.");
        }
    }

    private void ReadEntries(string file, ref Utf8JsonReader reader)
    {
        bool hasMetadata = false;
        while (Next(ref reader) != JsonTokenType.EndObject)
        {
            if (tensors.Count == MostEntries)
            {
                throw new JsonException($"more than {MostEntries} tensors");
            }

            string name = reader.ValueSpan.Length <= LongestName ? reader.GetString()! : throw new JsonException($"a name of more than {LongestName} bytes");
            if (name == MetadataKey)
            {
                if (hasMetadata)
                {
                    throw new JsonException($"{MetadataKey} appears twice");
                }

                hasMetadata = true;
                ReadMetadata(ref reader);
            }
            else if (!tensors.TryAdd(name, ReadTensor(file, name, ref reader)))
            {
                throw new JsonException($"tensor {name} appears twice");
            }
        }
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject, MetadataKey);
        while (Next(ref reader) != JsonTokenType.EndObject)
        {
            if (metadata.Count == MostEntries)
            {
                throw new JsonException($"more than {MostEntries} entries in {MetadataKey}");
            }

            string key = reader.GetString()!;
            Expect(ref reader, JsonTokenType.String, $"{MetadataKey}.{key}");
            if (!metadata.TryAdd(key, reader.GetString()!))
            {
                throw new JsonException($"{MetadataKey}.{key} appears twice");
            }
        }
    }

    private static TensorInfo ReadTensor(string file, string name, ref Utf8JsonReader reader)
    {
        string? type = null;
        long[]? shape = null, offsets = null;
        Expect(ref reader, JsonTokenType.StartObject, name);
        while (Next(ref reader) != JsonTokenType.EndObject)
        {
            string key = reader.GetString()!;
            switch (key)
            {
                case "dtype" when type is null:
                    Expect(ref reader, JsonTokenType.String, $"{name}.dtype");
                    type = reader.GetString()!;
                    break;
                case "shape" when shape is null:
                    shape = ReadIntegers(ref reader, $"{name}.shape");
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ReadIntegers(ref reader, $"{name}.data_offsets");
                    break;
                case "dtype" or "shape" or "data_offsets":
                    throw new JsonException($"{name}.{key} appears twice");
                default:
                    reader.Skip();
                    break;
            }
        }

        if (type is null || shape is null || offsets is not [long start, long end])
        {
            throw new JsonException($"tensor {name} needs dtype, shape and two data_offsets");
        }

        CheckSize(file, name, type, shape, start, end);
        return new TensorInfo(name, type, shape, start, end);
    }

    private static void CheckSize(string file, string name, string type, long[] shape, long start, long end)
    {
        int bits = TensorType.Bits(type) ?? throw new InvalidDataException($"{file}: tensor {name} has the unknown element type '{type}'.");
        long total = 0;
        try
        {
            total = bits;
            foreach (long axis in shape)
            {
                total = checked(total * axis);
            }
        }
        catch (OverflowException)
        {
            total = -1;
        }

        if (end < start || total < 0 || total % 8 != 0 || total / 8 != end - start)
        {
            throw new InvalidDataException($"{file}: tensor {name} of type {type} and shape [{string.Join(", ", shape)}] does not fill its data bytes {start} to {end}.");
        }
    }

    private static long[] ReadIntegers(ref Utf8JsonReader reader, string what)
    {
        Expect(ref reader, JsonTokenType.StartArray, what);
        int count = 0;
        for (Utf8JsonReader ahead = reader; Next(ref ahead) != JsonTokenType.EndArray; count++)
        {
            RequireInteger(ref ahead, what);
            if (count == MostAxes)
            {
                throw new JsonException($"{what} has more than {MostAxes} numbers");
            }
        }

        long[] values = new long[count];
        for (int i = 0; i < count; i++)
        {
            Next(ref reader);
            values[i] = reader.GetInt64();
        }

        Next(ref reader);
        return values;
    }

    private static void RequireInteger(ref Utf8JsonReader reader, string what)
    {
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long value) || value < 0)
        {
            throw new JsonException($"{what} must hold whole numbers, 0 or more");
        }
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string what)
    {
        if (Next(ref reader) != type)
        {
            throw new JsonException($"{what} is {reader.TokenType}, expected {type}");
        }
    }

    private static JsonTokenType Next(ref Utf8JsonReader reader) =>
        reader.Read() ? reader.TokenType : throw new JsonException("the header ends too early");
}
