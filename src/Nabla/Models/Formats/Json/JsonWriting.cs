using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Nabla.Models.Formats.Json;

/// <summary>Shared JSON writing. A null value is left out.</summary>
internal static class JsonWriting
{
    /// <summary>Keeps names readable in every script.</summary>
    public static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a whole text.</summary>
    public static string Text(JsonWriterOptions options, Action<Utf8JsonWriter> write)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, options))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(memory.GetBuffer(), 0, (int)memory.Length);
    }

    extension(Utf8JsonWriter json)
    {
        public void WriteOptional(string name, int? value)
        {
            if (value is { } number)
            {
                json.WriteNumber(name, number);
            }
        }

        public void WriteOptional(string name, ulong? value)
        {
            if (value is { } number)
            {
                json.WriteNumber(name, number);
            }
        }

        public void WriteOptional(string name, double? value)
        {
            if (value is { } number)
            {
                json.WriteNumber(name, number);
            }
        }

        public void WriteOptional(string name, string? value)
        {
            if (value is not null)
            {
                json.WriteString(name, value);
            }
        }

        /// <summary>Writes a setting by its name.</summary>
        public void WriteSetting<T>(string name, T value) where T : struct, Enum => json.WriteString(name, SettingNames.Of(value));

        /// <summary>Writes a list of whole numbers.</summary>
        public void WriteNumbers(string name, IReadOnlyList<int> numbers)
        {
            json.WriteStartArray(name);
            foreach (int number in numbers)
            {
                json.WriteNumberValue(number);
            }

            json.WriteEndArray();
        }

        /// <summary>Writes a list of texts.</summary>
        public void WriteTexts(string name, IEnumerable<string> texts)
        {
            json.WriteStartArray(name);
            foreach (string text in texts)
            {
                json.WriteStringValue(text);
            }

            json.WriteEndArray();
        }
    }
}
