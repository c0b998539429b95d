using System.Text;
using System.Text.Json;

namespace Nabla.Models.Formats.Json;

/// <summary>A value in a JSON text that is read as one expected type; any other type is refused with its place. Unknown members are ignored.</summary>
/// <remarks>
/// Written by hand because a serializer is generic over the types of the members, and such code is not compiled ahead of time: it took
/// most of the running time of a short command.
/// </remarks>
internal sealed class StrictJson
{
    /// <summary>The longest part of a wrong value that a message quotes, in characters.</summary>
    private const int QuotedLength = 40;

    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };

    private readonly JsonElement element;
    private readonly StrictJson? parent;
    private readonly string name;

    private StrictJson(JsonElement element, StrictJson? parent, string name)
    {
        this.element = element;
        this.parent = parent;
        this.name = name;
    }

    /// <summary>The place of the value, such as <c>network.layers[0].units</c>.</summary>
    private string Path => parent is null ? name : parent.Path is { Length: > 0 } above && name[0] != '[' ? $"{above}.{name}" : parent.Path + name;

    /// <summary>The member of a name, which must exist.</summary>
    public StrictJson this[string member] => Find(member) ?? throw new JsonException($"{Describe(member)} is missing.");

    /// <summary>Reads a text.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="read">Makes the result from the outermost value.</param>
    /// <exception cref="JsonException">The text is not JSON, an object has two members of one name, or <paramref name="read"/> refused a value.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> json, Func<StrictJson, T> read) where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            return read(new StrictJson(document.RootElement, null, ""));
        }
        catch (InvalidOperationException e)
        {
            // The reader reports half surrogates and invalid UTF-8 in this way.
            throw new JsonException(e.Message, e);
        }
    }

    /// <inheritdoc cref="Read{T}(ReadOnlyMemory{byte}, Func{StrictJson, T})"/>
    public static T Read<T>(string json, Func<StrictJson, T> read) where T : class => Read<T>(Encoding.UTF8.GetBytes(json), read);

    /// <summary>The member of a name, or null where there is none. A member with the value <c>null</c> exists.</summary>
    public StrictJson? Find(string member)
    {
        Require(JsonValueKind.Object, "an object");
        return element.TryGetProperty(member, out JsonElement found) ? new StrictJson(found, this, member) : null;
    }

    /// <summary>The member of a name, or null where there is none or it is <c>null</c>.</summary>
    public StrictJson? Optional(string member) => Find(member) is { element.ValueKind: not JsonValueKind.Null } found ? found : null;

    /// <summary>A whole number of 32 bits.</summary>
    public int Int32() => IsNumber && element.TryGetInt32(out int value) ? value : throw Wrong("a whole number");

    /// <summary>A whole number of 64 bits.</summary>
    public long Int64() => IsNumber && element.TryGetInt64(out long value) ? value : throw Wrong("a whole number");

    /// <summary>A whole number of 64 bits, 0 or more.</summary>
    public ulong UInt64() => IsNumber && element.TryGetUInt64(out ulong value) ? value : throw Wrong("a whole number from 0");

    /// <summary>A number.</summary>
    public double Double() => IsNumber && element.TryGetDouble(out double value) ? value : throw Wrong("a number");

    /// <summary>True or false.</summary>
    public bool Boolean() => element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong("true or false"),
    };

    /// <summary>An ISO 8601 date and time.</summary>
    public DateTimeOffset Moment() =>
        element.ValueKind == JsonValueKind.String && element.TryGetDateTimeOffset(out DateTimeOffset value) ? value : throw Wrong("a date with time");

    /// <summary>A text.</summary>
    public string Text()
    {
        Require(JsonValueKind.String, "a text");
        return element.GetString()!;
    }

    /// <summary>A setting by its name.</summary>
    public T Setting<T>() where T : struct, Enum =>
        element.ValueKind == JsonValueKind.String && SettingNames.TryParse(element.GetString(), out T value)
            ? value
            : throw Wrong($"one of {string.Join(", ", SettingNames.All<T>())}");

    /// <summary>Makes a value from this one and reports a refusal with its place.</summary>
    /// <exception cref="JsonException"><paramref name="make"/> refused the value; the message has its place.</exception>
    public T Checked<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException e)
        {
            throw new JsonException($"{(parent is null ? "the text" : Path)}: {e.Message}", e);
        }
    }

    /// <summary>The values of a list.</summary>
    public IEnumerable<StrictJson> Items()
    {
        Require(JsonValueKind.Array, "a list");
        int index = 0;
        foreach (JsonElement item in element.EnumerateArray())
        {
            yield return new StrictJson(item, this, $"[{index++}]");
        }
    }

    /// <summary>The members of an object, by name.</summary>
    public IEnumerable<KeyValuePair<string, StrictJson>> Members()
    {
        Require(JsonValueKind.Object, "an object");
        foreach (JsonProperty member in element.EnumerateObject())
        {
            yield return new(member.Name, new StrictJson(member.Value, this, member.Name));
        }
    }

    /// <summary>A list of texts.</summary>
    public string[] Texts() => [.. Items().Select(item => item.Text())];

    /// <summary>A list of whole numbers of 32 bits.</summary>
    public IReadOnlyList<int> Int32s() => [.. Items().Select(item => item.Int32())];

    private bool IsNumber => element.ValueKind == JsonValueKind.Number;

    private string Describe(string member) => new StrictJson(element, this, member).Path;

    private void Require(JsonValueKind kind, string expected)
    {
        if (element.ValueKind != kind)
        {
            throw Wrong(expected);
        }
    }

    private JsonException Wrong(string expected)
    {
        string raw = element.GetRawText();
        string found = raw.Length > QuotedLength ? $"{raw.AsSpan(0, QuotedLength)}…" : raw;
        return new JsonException($"{(parent is null ? "the text" : Path)} is {found}; expected {expected}.");
    }
}
