using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Nabla.Serving.Json;

/// <summary>Strings in JSON from callers.</summary>
internal static class JsonText
{
    /// <summary>The string or property name at the reader.</summary>
    /// <exception cref="RequestRefusedException">It is not Unicode: half of an escaped surrogate pair.</exception>
    public static string Read(ref Utf8JsonReader json)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw NotUnicode(json.TokenStartIndex);
        }
    }

    /// <summary>Whether the string or property name at the reader equals a text.</summary>
    /// <exception cref="RequestRefusedException">It is not Unicode.</exception>
    public static bool Is(ref Utf8JsonReader json, ReadOnlySpan<char> text)
    {
        try
        {
            return json.ValueTextEquals(text);
        }
        catch (InvalidOperationException)
        {
            throw NotUnicode(json.TokenStartIndex);
        }
    }

    private static RequestRefusedException NotUnicode(long place) => new(
        StatusCodes.Status400BadRequest,
        $"The text at byte {place.ToString(CultureInfo.InvariantCulture)} is not Unicode: expected both halves of an escaped surrogate pair.");
}
