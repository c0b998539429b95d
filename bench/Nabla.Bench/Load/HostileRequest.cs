using System.Text;
using Nabla.Numerics.Random;

namespace Nabla.Bench.Load;

/// <summary>A request that a server has to refuse, as bytes on the wire.</summary>
/// <param name="Name">As it stands on the page.</param>
/// <param name="Statuses">What may be answered; 0 is a connection that the server closes, or the caller.</param>
/// <param name="Pieces">What is sent, one piece after the other.</param>
/// <param name="Pause">The time between two pieces.</param>
internal sealed record HostileRequest(string Name, IReadOnlyList<int> Statuses, IReadOnlyList<byte[]> Pieces, TimeSpan Pause = default)
{
    /// <summary>How long a caller that dribbles goes on: the server's patience with headers and bodies is shorter.</summary>
    private const int Dribbles = 60;

    /// <summary>Whether it holds its connection for long.</summary>
    public bool IsSlow => Pause > TimeSpan.Zero;

    /// <summary>All kinds but damaged requests. The model takes <paramref name="inputs"/> numbers.</summary>
    public static IReadOnlyList<HostileRequest> All(int inputs)
    {
        string row = Row(inputs), good = $$"""{"inputs":{{row}}}""", host = "Host: localhost\r\n", json = "Content-Type: application/json\r\n";
        TimeSpan second = TimeSpan.FromSeconds(1);
        return
        [
            Post("no JSON", [400], """{"inputs":"""),
            Post("too few inputs", [400], """{"inputs":[1,2,3]}"""),
            Post("numbers that no double holds", [400], $$"""{"inputs":{{row.Replace("0.5", "1e999", StringComparison.Ordinal)}}}"""),
            Post("outputs that are not finite", [200, 400], $$"""{"inputs":{{row.Replace("0.5", "1e38", StringComparison.Ordinal)}}}"""),
            Post("texts for numbers", [400], $$"""{"inputs":{{row.Replace("0.5", "\"x\"", StringComparison.Ordinal)}}}"""),
            Post("the same name twice", [400], $$"""{"inputs":{{row}},"inputs":{{row}}}"""),
            Post("20,000 brackets", [400], new string('[', 20_000)),
            Post("2,000 samples", [400, 413], $$"""{"inputs":[{{string.Join(',', Enumerable.Repeat("[1]", 2000))}}]}"""),
            Whole("another type of content", [415], $"POST /predict HTTP/1.1\r\n{host}Content-Type: text/plain\r\nContent-Length: {good.Length}\r\n\r\n{good}"),
            Whole("a compressed body", [415], $"POST /predict HTTP/1.1\r\n{host}{json}Content-Encoding: gzip\r\nContent-Length: {good.Length}\r\n\r\n{good}"),
            Whole("a claim of 4 GiB", [413], $"POST /predict HTTP/1.1\r\n{host}{json}Content-Length: 4294967296\r\n\r\n"),
            Whole("2 MiB in chunks", [413, 0], $"POST /predict HTTP/1.1\r\n{host}{json}Transfer-Encoding: chunked\r\n\r\n" + string.Concat(Enumerable.Repeat($"10000\r\n{new string(' ', 65_536)}\r\n", 32)) + "0\r\n\r\n"),
            Whole("two lengths", [400], $"POST /predict HTTP/1.1\r\n{host}{json}Content-Length: 3\r\nContent-Length: {good.Length}\r\n\r\n{good}"),
            Whole("out of the root", [400, 404], $"GET /../../../../etc/passwd HTTP/1.1\r\n{host}\r\n"),
            Whole("out of the root, encoded", [400, 404], $"GET /%2e%2e/%2e%2e/%2e%2e%2fetc%2fpasswd HTTP/1.1\r\n{host}\r\n"),
            Whole("another host's name", [403], "GET /model HTTP/1.1\r\nHost: example.org\r\n\r\n"),
            Whole("a page of another site", [403], $"POST /predict HTTP/1.1\r\n{host}Origin: http://example.org\r\n{json}Content-Length: {good.Length}\r\n\r\n{good}"),
            Whole("no host", [400], "GET /model HTTP/1.1\r\n\r\n"),
            Whole("another method", [405], $"DELETE /predict HTTP/1.1\r\n{host}\r\n"),
            Whole("32 KiB of headers", [431, 0], $"GET /model HTTP/1.1\r\n{host}X-Long: {new string('x', 32_768)}\r\n\r\n"),
            Whole("200 headers", [431, 0], $"GET /model HTTP/1.1\r\n{host}{string.Concat(Enumerable.Range(0, 200).Select(i => $"X-{i}: 1\r\n"))}\r\n"),
            Whole("a path of 20 KiB", [400, 414, 431, 0], $"GET /{new string('a', 20_000)} HTTP/1.1\r\n{host}\r\n"),
            Whole("no HTTP", [400, 0], "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003\r\n\r\n"),
            Whole("an unknown version", [400, 505, 0], $"GET /model HTTP/9.9\r\n{host}\r\n"),
            Whole("a body that is cut off", [0], $"POST /predict HTTP/1.1\r\n{host}{json}Content-Length: {good.Length}\r\n\r\n{good[..(good.Length / 2)]}"),
            new("headers, a byte a second", [408, 0], Drops($"GET /model HTTP/1.1\r\n{host}X-Slow: {new string('x', Dribbles)}"), second),
            new("a body, a byte a second", [408, 0], [Encoding.Latin1.GetBytes($"POST /predict HTTP/1.1\r\n{host}{json}Content-Length: {good.Length}\r\n\r\n"), .. Drops(good[..Dribbles])], second),
        ];

        HostileRequest Post(string name, int[] statuses, string body) => Whole(name, statuses, $"POST /predict HTTP/1.1\r\n{host}{json}Content-Length: {body.Length}\r\n\r\n{body}");
    }

    /// <summary>A good request in which some bytes have turned: it may be answered, but never with a failure of the server.</summary>
    public static HostileRequest Damaged(int inputs, CounterRandom random)
    {
        string body = $$"""{"inputs":{{Row(inputs)}}}""";
        byte[] bytes = Encoding.Latin1.GetBytes($"POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        for (int i = 0; i < 3; i++)
        {
            bytes[(int)(random.NextDouble() * bytes.Length)] = (byte)(random.NextDouble() * 256);
        }

        return new HostileRequest("damaged bytes", [], [bytes]);
    }

    /// <summary>One sample as JSON.</summary>
    public static string Row(int inputs) => $"[{string.Join(',', Enumerable.Repeat("0.5", inputs))}]";

    private static HostileRequest Whole(string name, int[] statuses, string text) => new(name, statuses, [Encoding.Latin1.GetBytes(text)]);

    private static byte[][] Drops(string text) => [.. text.Select(character => new[] { (byte)character })];
}
