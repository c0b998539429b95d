using System.Text;
using System.Text.Json;
using Nabla.Models.Formats;
using Nabla.Models.Formats.Json;

namespace Nabla.Runs;

/// <summary>A line of the log of a run, <c>events.jsonl</c>.</summary>
/// <param name="Name">The value of <c>event</c>, such as <c>epoch</c>. Later versions may add names: ignore those that you do not know.</param>
/// <param name="Text">The line: a JSON object.</param>
/// <param name="NextOffset">The place of the next line in the log, in bytes: the cursor of a reader that has handled this event.</param>
public sealed record LoggedEvent(string Name, string Text, long NextOffset)
{
    /// <summary>The values, which stay valid.</summary>
    public JsonElement Json()
    {
        using var document = JsonDocument.Parse(Text);
        return document.RootElement.Clone();
    }

    /// <summary>Reads a line.</summary>
    /// <exception cref="InvalidDataException">The line is not an event, or is of a newer version.</exception>
    internal static LoggedEvent Parse(string path, ReadOnlyMemory<byte> line, long offset) =>
        Read(path, line, offset, (json, name) => new LoggedEvent(name, Encoding.UTF8.GetString(line.Span), offset + line.Length + 1));

    /// <summary>Reads the values of a line.</summary>
    /// <param name="path">The log, for messages.</param>
    /// <param name="line">The line.</param>
    /// <param name="offset">The place of its first byte, for messages.</param>
    /// <param name="read">Makes the result from the object and the name of the event.</param>
    /// <exception cref="InvalidDataException">The line is not an event, or is of a newer version.</exception>
    internal static T Read<T>(string path, ReadOnlyMemory<byte> line, long offset, Func<StrictJson, string, T> read) where T : class
    {
        try
        {
            return StrictJson.Read(line, json =>
            {
                FormatVersion.Check($"{path}: byte {offset}", json["v"].Int32());
                return read(json, json["event"].Text());
            });
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}: byte {offset}: {e.Message}", e);
        }
    }
}
