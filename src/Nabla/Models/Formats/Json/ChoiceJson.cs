using System.Text.Json;
using Nabla.Choices;

namespace Nabla.Models.Formats.Json;

/// <summary>Choices as JSON: as a text such as <c>leaky-relu:0.2</c>, or as an object with the name and the parameters of the row.</summary>
internal static class ChoiceJson
{
    /// <summary>The member that holds the name.</summary>
    private const string Kind = "kind";

    /// <summary>Reads a choice from a text.</summary>
    /// <exception cref="JsonException">The registry does not know the text.</exception>
    public static T Choice<T>(this StrictJson json, Registry<T> registry) where T : class, IChoice<T> => json.Checked(() => registry.Parse(json.Text()));

    /// <summary>Reads a choice from an object; missing parameters have their defaults.</summary>
    /// <exception cref="JsonException">The registry does not know the name, or a parameter is out of range.</exception>
    public static T ReadObject<T>(StrictJson json, Registry<T> registry) where T : class, IChoice<T> =>
        json.Find(Kind) is { } kind ? Create(json, kind.Checked(() => registry[kind.Text()])) : registry[0].Create();

    /// <summary>Makes the value of a row with the parameters in an object.</summary>
    public static T Create<T>(StrictJson json, Choice<T> row) where T : class, IChoice<T> =>
        json.Checked(() => row.Create([.. row.Parameters.Select(parameter => json.Find(parameter.Name)?.Double() ?? parameter.Default)]));

    /// <summary>Writes a choice as an object.</summary>
    public static void WriteObject<T>(Utf8JsonWriter json, string name, T value) where T : class, IChoice<T>
    {
        json.WriteStartObject(name);
        json.WriteString(Kind, value.Row.Name);
        WriteParameters(json, value);
        json.WriteEndObject();
    }

    /// <summary>Writes the parameters of a choice into the object in progress.</summary>
    public static void WriteParameters<T>(Utf8JsonWriter json, T value) where T : class, IChoice<T>
    {
        for (int i = 0; i < value.Values.Count; i++)
        {
            json.WriteNumber(value.Row.Parameters[i].Name, value.Values[i]);
        }
    }
}
