using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Nabla.Serving.Http;
using Xunit;

namespace Nabla.Serving.Tests.Support;

/// <summary>A real server on a free port of loopback, and a client of it.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private TestServer(PredictionServer server)
    {
        Server = server;
        Client = new HttpClient { BaseAddress = server.Address };
    }

    public PredictionServer Server { get; }

    public HttpClient Client { get; }

    /// <summary>Starts a server; unless the options say otherwise it looks for a new file only when it is told to.</summary>
    public static async Task<TestServer> StartAsync(string model, Func<PredictionServerOptions, PredictionServerOptions>? change = null)
    {
        var options = new PredictionServerOptions { Model = model, Port = 0, RequestsPerSecond = 1_000_000, Reload = new ModelHostOptions { ReloadInterval = null, Threads = 2 } };
        return new TestServer(await PredictionServer.StartAsync(change is null ? options : change(options)));
    }

    public async Task<Answer> PostAsync(string body, string contentType = "application/json")
    {
        using var content = new StringContent(body, Encoding.UTF8);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        using HttpResponseMessage response = await Client.PostAsync(new Uri("predict", UriKind.Relative), content);
        return await Answer.OfAsync(response);
    }

    public async Task<Answer> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using HttpResponseMessage response = await Client.SendAsync(request);
        return await Answer.OfAsync(response);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }
}

/// <summary>What the server has answered.</summary>
internal sealed record Answer(HttpStatusCode Status, string Text, string? ContentType, TimeSpan? RetryAfter)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public JsonElement Predictions => Json.GetProperty("predictions");

    public static async Task<Answer> OfAsync(HttpResponseMessage response) =>
        new(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentType?.MediaType, response.Headers.RetryAfter?.Delta);

    /// <summary>The predictions of an answer that is none but good.</summary>
    public JsonElement RequireGood()
    {
        Assert.True(Status == HttpStatusCode.OK, $"{Status}: {Text}");
        Assert.Equal("application/json", ContentType);
        return Predictions;
    }

    /// <summary>A problem of this status whose detail holds each of the texts, and no stack trace.</summary>
    public void RequireProblem(int status, params string[] texts)
    {
        Assert.True((int)Status == status, $"{Status}: {Text}");
        Assert.Equal("application/problem+json", ContentType);
        Assert.Equal(status, Json.GetProperty("status").GetInt32());
        string detail = Json.GetProperty("detail").GetString()!;
        Assert.DoesNotContain("   at ", detail, StringComparison.Ordinal);
        Assert.All(texts, text => Assert.Contains(text, detail, StringComparison.Ordinal));
    }
}
