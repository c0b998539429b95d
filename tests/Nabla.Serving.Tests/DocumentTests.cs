using System.Text.Json;
using Nabla.Serving.Tests.Support;
using Xunit;

namespace Nabla.Serving.Tests;

/// <summary>GET /openapi.json and GET /model.</summary>
public sealed class DocumentTests : IDisposable
{
    private readonly TestModels models = new();

    public void Dispose() => models.Dispose();

    [Fact]
    public async Task The_document_of_a_table_names_its_columns_and_kinds()
    {
        await using TestServer server = await TestServer.StartAsync(models.WriteFlowers());
        JsonElement document = (await server.SendAsync(HttpMethod.Get, "openapi.json")).Json;
        Assert.Equal("3.1.0", document.GetProperty("openapi").GetString());
        JsonElement row = Schema(document, "Request").GetProperty("properties").GetProperty("rows").GetProperty("items");
        Assert.Equal(["length", "colour", "seen", "wild"], row.GetProperty("properties").EnumerateObject().Select(column => column.Name));
        Assert.Equal(["length", "colour", "seen", "wild"], row.GetProperty("required").EnumerateArray().Select(column => column.GetString()));
        Assert.Equal(["blue", "red"], row.GetProperty("properties").GetProperty("colour").GetProperty("examples").EnumerateArray().Select(name => name.GetString()));
        Assert.False(document.TryGetProperty("security", out _));
    }

    [Fact]
    public async Task The_document_of_other_models_says_how_many_inputs_they_take()
    {
        await using TestServer server = await TestServer.StartAsync(models.WriteSigns(), options => options with { Token = "secret" });
        JsonElement document = (await server.SendAsync(HttpMethod.Get, "openapi.json", ("Authorization", "Bearer secret"))).Json;
        JsonElement sample = Schema(document, "Request").GetProperty("properties").GetProperty("inputs").GetProperty("oneOf")[0];
        Assert.Equal(2, sample.GetProperty("minItems").GetInt32());
        Assert.Equal(2, sample.GetProperty("maxItems").GetInt32());
        Assert.Equal("bearer", document.GetProperty("components").GetProperty("securitySchemes").GetProperty("token").GetProperty("scheme").GetString());
    }

    [Fact]
    public async Task Every_reference_of_the_document_leads_somewhere()
    {
        await using TestServer server = await TestServer.StartAsync(models.WriteFlowers());
        JsonElement document = (await server.SendAsync(HttpMethod.Get, "openapi.json")).Json;
        string[] references = [.. References(document)];
        Assert.NotEmpty(references);
        Assert.All(references, reference => Schema(document, reference.Split('/')[^1]));

        static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject().SelectMany(property => property.Name == "$ref" ? [property.Value.GetString()!] : References(property.Value)),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
            _ => [],
        };
    }

    [Fact]
    public async Task The_facts_of_a_model_say_what_it_takes_and_gives()
    {
        await using TestServer server = await TestServer.StartAsync(models.WriteHouses());
        JsonElement facts = (await server.SendAsync(HttpMethod.Get, "model")).Json;
        Assert.Equal("houses.safetensors", facts.GetProperty("model").GetString());
        Assert.Equal("regress", facts.GetProperty("task").GetString());
        Assert.Equal(["price"], facts.GetProperty("values").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal("rooms", facts.GetProperty("columns")[0].GetProperty("column").GetString());
        Assert.Equal(server.Server.Model.Model.WeightsSha256, facts.GetProperty("weights_sha256").GetString());
        Assert.DoesNotContain(models.Folder, facts.GetRawText(), StringComparison.Ordinal);
    }

    private static JsonElement Schema(JsonElement document, string name) => document.GetProperty("components").GetProperty("schemas").GetProperty(name);
}
