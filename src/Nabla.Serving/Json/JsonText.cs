using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Nabla.Serving.Json;

/// <summary>Texts in JSON of unknown origin.</summary>
internal static class JsonText
{
    /// <summary>The text or name that the reader stands on.</summary>
    /// <exception cref="RequestRefusedException">It is no Unicode: half of an escaped pair.</exception>
    public static string Read(ref Utf8JsonReader json)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw NoUnicode(json.TokenStartIndex);
        }
    }

    /// <summary>Whether the reader stands on a text or name.</summary>
    /// <exception cref="RequestRefusedException">It stands on one that is no Unicode.</exception>
    public static bool Is(ref Utf8JsonReader json, ReadOnlySpan<char> text)
    {
        try
        {
            return json.ValueTextEquals(text);
        }
        catch (InvalidOperationException)
        {
            throw NoUnicode(json.TokenStartIndex);
        }
    }

    private static RequestRefusedException NoUnicode(long place) => new(
        StatusCodes.Status400BadRequest,
        $"The text at byte {place.ToString(CultureInfo.InvariantCulture)} is not Unicode: expected the escapes of a pair together.");
}
