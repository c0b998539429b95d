using System.Net.Sockets;
using System.Text;
using Nabla.Serving.Tests.Support;
using Xunit;

namespace Nabla.Serving.Tests;

/// <summary>How much may be asked, how often, and how slowly.</summary>
public sealed class LimitTests : IDisposable
{
    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(60);

    private readonly TestModels models = new();

    public void Dispose() => models.Dispose();

    [Fact]
    public async Task A_body_above_its_limit_is_refused_by_its_header()
    {
        await using TestServer server = await TestServer.StartAsync(models.WriteSigns(), options => options with { Limits = new PredictionLimits { BodyBytes = 100 } });
        (await server.PostAsync(new string(' ', 101))).RequireProblem(413, "101 bytes", "at most 100");
        using (HttpResponseMessage response = await server.Client.PostAsync("predict", new StringContent(new string(' ', 101), Encoding.UTF8, "application/json")))
        {
            // Otherwise a client would send its next request into a connection that is about to end.
            Assert.True(response.Headers.ConnectionClose);
        }

        Assert.Equal("right", (await server.PostAsync("{\"inputs\":[1,0]}".PadRight(100))).RequireGood()[0].GetProperty("label").GetString());
    }

    [Fact]
    public async Task A_body_without_a_length_is_refused_when_it_has_become_too_large()
    {
        await using TestServer server = await TestServer.StartAsync(models.WriteSigns(), options => options with { Limits = new PredictionLimits { BodyBytes = 100 } });
        using var content = new StringContent(new string(' ', 5000), Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "predict") { Content = content };
        request.Headers.TransferEncodingChunked = true;
        using HttpResponseMessage response = await server.Client.SendAsync(request);
        (await Answer.OfAsync(response)).RequireProblem(413, "more than 100 bytes");
    }

    [Fact]
    public async Task More_rows_than_the_limit_are_refused()
    {
        await using TestServer server = await TestServer.StartAsync(models.WriteSigns(), options => options with { Limits = new PredictionLimits { Rows = 2 } });
        (await server.PostAsync("""{"inputs":[[1,1],[1,1],[1,1]]}""")).RequireProblem(413, "more than 2 rows");
        Assert.Equal(2, (await server.PostAsync("""{"inputs":[[1,1],[1,1]]}""")).RequireGood().GetArrayLength());
    }

    [Fact]
    public async Task Bodies_that_together_take_too_much_are_told_to_come_again()
    {
        await using TestServer server = await TestServer.StartAsync(models.WriteSigns(), options => options with { Limits = new PredictionLimits { BytesInFlight = 5000 } });
        Answer answer = await server.PostAsync(new string(' ', 10_000));
        answer.RequireProblem(503, "at once");
        Assert.Equal(TimeSpan.FromSeconds(1), answer.RetryAfter);

        // What was taken has been given back.
        Assert.Equal(1, (await server.PostAsync("""{"inputs":[1,1]}""")).RequireGood().GetArrayLength());
    }

    /// <summary>A bucket of one request a second cannot serve twenty of them in the time that loopback needs.</summary>
    [Fact]
    public async Task More_requests_in_a_second_than_the_limit_are_told_to_wait()
    {
        await using TestServer server = await TestServer.StartAsync(models.WriteSigns(), options => options with { RequestsPerSecond = 1 });
        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => server.PostAsync("""{"inputs":[1,1]}""")));
        Answer refused = answers.First(answer => answer.Status != System.Net.HttpStatusCode.OK);
        refused.RequireProblem(429, "Too many requests");
        Assert.Equal(TimeSpan.FromSeconds(1), refused.RetryAfter);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task A_body_that_a_page_could_send_without_asking_is_refused(string contentType)
    {
        await using TestServer server = await TestServer.StartAsync(models.WriteSigns());
        (await server.PostAsync("""{"inputs":[1,1]}""", contentType)).RequireProblem(415, contentType, "application/json");
    }

    [Fact]
    public async Task A_packed_body_is_refused()
    {
        await using TestServer server = await TestServer.StartAsync(models.WriteSigns());
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");
        content.Headers.ContentEncoding.Add("gzip");
        using HttpResponseMessage response = await server.Client.PostAsync(new Uri("predict", UriKind.Relative), content);
        (await Answer.OfAsync(response)).RequireProblem(415, "gzip");
    }

    [Fact]
    public async Task Headers_that_trickle_in_end_with_the_connection()
    {
        await using TestServer server = await TestServer.StartAsync(models.WriteSigns(), options => options with { HeadersTimeout = TimeSpan.FromSeconds(1) });
        string answer = await SendRawAsync(server, "GET /model HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
        Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 408", StringComparison.Ordinal), answer);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Get, "model")).Status);
    }

    [Fact]
    public async Task A_body_that_trickles_in_ends_with_the_connection()
    {
        await using TestServer server = await TestServer.StartAsync(models.WriteSigns());
        string answer = await SendRawAsync(server, "POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{");
        Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 408", StringComparison.Ordinal), answer);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Get, "model")).Status);
    }

    [Theory]
    [InlineData("GARBAGE\r\n\r\n", "HTTP/1.1 400")]
    [InlineData("POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: -1\r\n\r\n", "HTTP/1.1 400")]
    [InlineData("POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n", "HTTP/1.1 400")]
    [InlineData("GET /model HTTP/1.1\r\n\r\n", "HTTP/1.1 400")]
    public async Task What_is_no_HTTP_is_refused(string text, string answer)
    {
        await using TestServer server = await TestServer.StartAsync(models.WriteSigns());
        Assert.StartsWith(answer, await SendRawAsync(server, text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_bytes_of_headers_are_refused()
    {
        await using TestServer server = await TestServer.StartAsync(models.WriteSigns());
        Assert.StartsWith("HTTP/1.1 431", await SendRawAsync(server, $"GET /model HTTP/1.1\r\nHost: localhost\r\nX-Long: {new string('x', 20_000)}\r\n\r\n"), StringComparison.Ordinal);
    }

    /// <summary>The end waits for a request in flight only so long.</summary>
    [Fact]
    public async Task A_connection_that_says_nothing_does_not_hold_up_the_end()
    {
        await using TestServer server = await TestServer.StartAsync(models.WriteSigns(), options => options with { DrainTimeout = TimeSpan.FromSeconds(1) });
        using TcpClient silent = new();
        await silent.ConnectAsync(server.Server.Address.Host, server.Server.Address.Port);
        await silent.GetStream().WriteAsync("POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n"u8.ToArray());
        await server.Server.StopAsync().WaitAsync(Generous);
    }

    /// <summary>Sends bytes and reads until the server ends the connection.</summary>
    private static async Task<string> SendRawAsync(TestServer server, string text)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Server.Address.Host, server.Server.Address.Port);
        using var timeout = new CancellationTokenSource(Generous);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), timeout.Token);
        using var answer = new MemoryStream();
        try
        {
            await client.GetStream().CopyToAsync(answer, timeout.Token);
        }
        catch (IOException)
        {
            // A reset is an end, too.
        }

        return Encoding.ASCII.GetString(answer.ToArray());
    }
}
