using System.Text.Json;

namespace Nabla.Cli.Output;

/// <summary>JSON Lines on standard output: one object per line.</summary>
internal static class JsonLines
{
    /// <summary>Writes one object.</summary>
    /// <param name="write">Writes the properties, between the braces.</param>
    public static void Write(Action<Utf8JsonWriter> write)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        WriteLine(System.Text.Encoding.UTF8.GetString(memory.GetBuffer(), 0, (int)memory.Length));
    }

    /// <summary>Writes a line of JSON and flushes it, so that a reader sees every epoch when it ends.</summary>
    public static void WriteLine(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
