using System.Net;
using System.Net.Http.Headers;

namespace Nabla.Tests.Data.Download;

/// <summary>Answers requests without a network, and records them.</summary>
internal sealed class FakeWeb(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    /// <summary>Address and range of each request, in order.</summary>
    public List<string> Requests { get; } = [];

    public static HttpResponseMessage Status(HttpStatusCode status) => new(status) { Content = new ByteArrayContent([]) };

    /// <summary>The whole file, or the rest of it if the request asks for that with the same tag (RFC 9110).</summary>
    public static HttpResponseMessage File(HttpRequestMessage request, byte[] content, string? tag = null, int breaksAfter = int.MaxValue)
    {
        int from = 0;
        EntityTagHeaderValue? asked = request.Headers.IfRange?.EntityTag;
        if (request.Headers.Range is { } range && asked is not null && asked.ToString() == tag)
        {
            from = (int)range.Ranges.Single().From!.Value;
            if (from >= content.Length)
            {
                return Status(HttpStatusCode.RequestedRangeNotSatisfiable);
            }
        }

        var response = new HttpResponseMessage(from > 0 ? HttpStatusCode.PartialContent : HttpStatusCode.OK)
        {
            Content = new StreamContent(new BreakingStream(content[from..], breaksAfter)),
        };
        response.Content.Headers.ContentLength = content.Length - from;
        if (from > 0)
        {
            response.Content.Headers.ContentRange = new ContentRangeHeaderValue(from, content.Length - 1, content.Length);
        }

        if (tag is not null)
        {
            response.Headers.ETag = EntityTagHeaderValue.Parse(tag);
        }

        return response;
    }

    /// <summary>Endless zeros, without a stated length.</summary>
    public static HttpResponseMessage Endless() => new(HttpStatusCode.OK) { Content = new StreamContent(new EndlessStream()) };

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Requests.Add($"{request.RequestUri}{(request.Headers.Range is { } range ? $" {range}" : "")}");
        return Task.FromResult(answer(request));
    }

    /// <summary>A connection that breaks after some bytes.</summary>
    private sealed class BreakingStream(byte[] content, int breaksAfter) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position >= breaksAfter
                ? throw new IOException("The connection was reset.")
                : base.ReadAsync(buffer[..(int)Math.Min(Math.Min(buffer.Length, 1000), breaksAfter - Position)], cancellationToken);
    }

    private sealed class EndlessStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            buffer.Span.Clear();
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
