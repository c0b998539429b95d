using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Nabla.Serving.Http;

/// <summary>Answers with one JSON object.</summary>
internal static class JsonAnswer
{
    /// <summary>Writes an object.</summary>
    /// <param name="context">The request.</param>
    /// <param name="write">Writes the properties, between the braces.</param>
    public static async Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }
}
