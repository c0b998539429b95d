using System.Net;
using Nabla.Serving.Tests.Support;
using Xunit;

namespace Nabla.Serving.Tests;

/// <summary>Who may ask: names, origins, tokens.</summary>
public sealed class AccessTests : IDisposable
{
    private const string Token = "correct-horse";

    private readonly TestModels models = new();

    public void Dispose() => models.Dispose();

    [Theory]
    [InlineData("evil.example", 403)]
    [InlineData("evil.example:5217", 403)]
    [InlineData("localhost.evil.example", 403)]
    [InlineData("192.0.2.7", 403)]
    [InlineData("localhost", 200)]
    [InlineData("LOCALHOST:1234", 200)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("[::1]:80", 200)]
    [InlineData("predict.internal", 200)]
    public async Task A_name_that_another_site_may_have_pointed_here_is_refused(string host, int status)
    {
        await using TestServer server = await TestServer.StartAsync(models.WriteSigns(), options => options with { HostNames = ["predict.internal"] });
        Answer answer = await server.SendAsync(HttpMethod.Get, "model", ("Host", host));
        Assert.Equal(status, (int)answer.Status);
        if (status == 403)
        {
            answer.RequireProblem(403, "Host header");
        }
    }

    [Theory]
    [InlineData("Origin", "http://evil.example", 403)]
    [InlineData("Origin", "null", 403)]
    [InlineData("Origin", "http://localhost:1", 403)]
    [InlineData("Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-origin", 200)]
    [InlineData("Sec-Fetch-Site", "none", 200)]
    public async Task A_page_of_another_origin_is_refused(string header, string value, int status)
    {
        await using TestServer server = await TestServer.StartAsync(models.WriteSigns());
        Answer answer = await server.SendAsync(HttpMethod.Get, "model", (header, value));
        Assert.Equal(status, (int)answer.Status);
    }

    [Fact]
    public async Task The_own_origin_is_none_other()
    {
        await using TestServer server = await TestServer.StartAsync(models.WriteSigns());
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Get, "model", ("Origin", server.Server.Address.GetLeftPart(UriPartial.Authority)))).Status);
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData("Bearer", 401)]
    [InlineData("Bearer wrong", 401)]
    [InlineData("Bearer correct-hors", 401)]
    [InlineData("Basic correct-horse", 401)]
    [InlineData("correct-horse", 401)]
    [InlineData("Bearer correct-horse", 200)]
    [InlineData("bearer correct-horse", 200)]
    public async Task A_token_is_demanded_where_there_is_one(string? authorization, int status)
    {
        await using TestServer server = await TestServer.StartAsync(models.WriteSigns(), options => options with { Token = Token });
        Answer answer = await server.SendAsync(HttpMethod.Get, "model", authorization is null ? [] : [("Authorization", authorization)]);
        Assert.Equal(status, (int)answer.Status);
        if (status == 401)
        {
            answer.RequireProblem(401, "Authorization: Bearer");
        }
    }

    [Fact]
    public async Task Health_is_open_and_says_nothing_of_the_model()
    {
        await using TestServer server = await TestServer.StartAsync(models.WriteSigns(), options => options with { Token = Token });
        Answer answer = await server.SendAsync(HttpMethod.Get, "healthz");
        Assert.Equal("""{"status":"ok","reload":"ok"}""", answer.Text);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("192.0.2.7")]
    public async Task What_other_machines_can_reach_demands_a_token(string host)
    {
        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(() => TestServer.StartAsync(models.WriteSigns(), options => options with { Host = host }));
        Assert.Contains("a token is required", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_addresses_are_served_to_those_who_have_the_token()
    {
        await using TestServer server = await TestServer.StartAsync(models.WriteSigns(), options => options with { Host = "0.0.0.0", Token = Token });
        server.Client.BaseAddress = new Uri($"http://127.0.0.1:{server.Server.Address.Port}/");
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Get, "model", ("Authorization", $"Bearer {Token}"), ("Host", "192.0.2.7"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await server.SendAsync(HttpMethod.Get, "model", ("Authorization", $"Bearer {Token}"), ("Host", "evil.example"))).Status);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("")]
    [InlineData("ß")]
    public async Task A_token_that_no_header_can_hold_is_refused(string token) =>
        await Assert.ThrowsAsync<ArgumentException>(() => TestServer.StartAsync(models.WriteSigns(), options => options with { Token = token }));

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        await using TestServer server = await TestServer.StartAsync(models.WriteSigns());
        IOException error = await Assert.ThrowsAsync<IOException>(() => TestServer.StartAsync(models.At("signs.safetensors"), options => options with { Port = server.Server.Address.Port }));
        Assert.Contains(server.Server.Address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_paths_and_methods_are_answered_with_a_problem()
    {
        await using TestServer server = await TestServer.StartAsync(models.WriteSigns());
        (await server.SendAsync(HttpMethod.Get, "other")).RequireProblem(404, "POST /predict");
        (await server.SendAsync(HttpMethod.Get, "predict")).RequireProblem(405, "POST /predict");
        (await server.SendAsync(HttpMethod.Get, "../../etc/passwd")).RequireProblem(404);
    }
}
