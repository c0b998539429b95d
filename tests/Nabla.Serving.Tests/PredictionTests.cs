using System.Globalization;
using System.Text.Json;
using Nabla.Serving.Tests.Support;
using Xunit;

namespace Nabla.Serving.Tests;

/// <summary>What is asked and answered at POST /predict.</summary>
public sealed class PredictionTests : IDisposable
{
    private readonly TestModels models = new();

    public void Dispose() => models.Dispose();

    /// <summary>p(right) = 1/(1 + e^(−2x)).</summary>
    [Fact]
    public async Task One_sample_gets_label_probability_and_all_probabilities()
    {
        await using TestServer server = await TestServer.StartAsync(models.WriteSigns());
        JsonElement prediction = Assert.Single((await server.PostAsync("""{"inputs":[0.5,7]}""")).RequireGood().EnumerateArray());
        double right = 1 / (1 + Math.Exp(-1));
        Assert.Equal("right", prediction.GetProperty("label").GetString());
        Assert.Equal(right, prediction.GetProperty("probability").GetDouble(), 1e-15);
        Assert.Equal(1 - right, prediction.GetProperty("probabilities").GetProperty("left").GetDouble(), 1e-15);
        Assert.Equal(["label", "probability", "probabilities"], prediction.EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public async Task Several_samples_are_answered_in_their_order_and_probabilities_may_be_left_out()
    {
        await using TestServer server = await TestServer.StartAsync(models.WriteSigns());
        JsonElement predictions = (await server.PostAsync("""{"probabilities":false,"inputs":[[1,0],[-1,0],[2,5]]}""")).RequireGood();
        Assert.Equal(["right", "left", "right"], predictions.EnumerateArray().Select(prediction => prediction.GetProperty("label").GetString()));
        Assert.All(predictions.EnumerateArray(), prediction => Assert.False(prediction.TryGetProperty("probabilities", out _)));
    }

    [Fact]
    public async Task Rows_of_a_table_are_predicted_by_their_columns_in_any_order()
    {
        string path = models.WriteFlowers();
        var expected = Model.Load(path);
        await using TestServer server = await TestServer.StartAsync(path);
        JsonElement[] predictions = [.. (await server.PostAsync(
            """{"rows":[{"length":2.5,"colour":"red","seen":"2024-03-10","wild":true},{"wild":"no","unknown":[1,{"a":2}],"seen":null,"length":"4.5","colour":"green"}]}""")).RequireGood().EnumerateArray()];
        Assert.Equal(2, predictions.Length);
        Same(predictions[0], expected.Predict(new Dictionary<string, string?> { ["length"] = "2.5", ["colour"] = "red", ["seen"] = "2024-03-10", ["wild"] = "yes" }));
        Same(predictions[1], expected.Predict(new Dictionary<string, string?> { ["length"] = "4.5", ["colour"] = "green", ["seen"] = null, ["wild"] = "no" }));

        static void Same(JsonElement answer, Prediction prediction)
        {
            Assert.Equal(prediction.ClassName, answer.GetProperty("label").GetString());
            Assert.Equal(prediction.Outputs.Select(output => (float)output), answer.GetProperty("probabilities").EnumerateObject().Select(output => output.Value.GetSingle()));
        }
    }

    [Fact]
    public async Task A_regression_gives_values_by_the_names_of_the_targets_and_in_their_unit()
    {
        string path = models.WriteHouses();
        await using TestServer server = await TestServer.StartAsync(path);
        double expected = Model.Load(path).Predict(new Dictionary<string, string?> { ["rooms"] = "7" }).Outputs[0];
        JsonElement prediction = Assert.Single((await server.PostAsync("""{"rows":[{"rooms":7}]}""")).RequireGood().EnumerateArray());
        Assert.Equal((float)expected, prediction.GetProperty("values").GetProperty("price").GetSingle());
    }

    /// <summary>Rows of 600 go through the network together, single ones alone: the bits are the same.</summary>
    [Fact]
    public async Task Concurrent_requests_have_the_bits_of_the_predictor()
    {
        await using TestServer server = await TestServer.StartAsync(models.WriteSigns());
        using var predictor = new Predictor(TestModels.Signs(), 1);
        double[] inputs = [.. Enumerable.Range(0, 1200).Select(i => Math.Sin(i) * 3)], outputs = new double[1200];
        predictor.Predict(inputs, outputs);
        string all = Request(inputs);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async task =>
        {
            for (int i = 0; i < 5; i++)
            {
                Require(await server.PostAsync(all), 0);
                int sample = ((task * 5) + i) * 7;
                Require(await server.PostAsync(Request(inputs[(2 * sample)..(2 * (sample + 1))])), sample);
            }
        }));

        static string Request(double[] values) =>
            $"{{\"inputs\":[{string.Join(',', values.Chunk(2).Select(pair => string.Create(CultureInfo.InvariantCulture, $"[{pair[0]},{pair[1]}]")))}]}}";

        void Require(Answer answer, int first)
        {
            int sample = first;
            foreach (JsonElement prediction in answer.RequireGood().EnumerateArray())
            {
                Assert.Equal(outputs[2 * sample], prediction.GetProperty("probabilities").GetProperty("left").GetDouble());
                Assert.Equal(outputs[(2 * sample) + 1], prediction.GetProperty("probabilities").GetProperty("right").GetDouble());
                sample++;
            }
        }
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("[", "an array", "\"inputs\"")]
    [InlineData("{\"inputs\":[1,2]", "not JSON at line 1")]
    [InlineData("{\"inputs\":[1,2]} x", "not JSON")]
    [InlineData("{}", "no samples")]
    [InlineData("{\"inputs\":{}}", "'inputs' is an object", "an array")]
    [InlineData("{\"inputs\":[1]}", "inputs has 1 number", "expected 2")]
    [InlineData("{\"inputs\":[[1,2],[1,2,3]]}", "inputs[1] has 3 numbers", "expected 2")]
    [InlineData("{\"inputs\":[[1,2],3]}", "inputs[1] is a number")]
    [InlineData("{\"inputs\":[1,\"2\"]}", "inputs[1] is a string", "a number")]
    [InlineData("{\"inputs\":[1,null]}", "inputs[1] is null")]
    [InlineData("{\"inputs\":[1,[2]]}", "inputs[1] is an array")]
    [InlineData("{\"inputs\":[1,1e999]}", "outside the range")]
    [InlineData("{\"inputs\":[1,NaN]}", "not JSON")]
    [InlineData("{\"inputs\":[1,2],\"inputs\":[1,2]}", "twice")]
    [InlineData("{\"inputs\":[1,2],\"probabilities\":1}", "'probabilities' is a number")]
    [InlineData("{\"rows\":[{}]}", "not trained on a table")]
    [InlineData("{\"other\":1}", "unknown name 'other'")]
    [InlineData("{\"\\ud800\":1}", "not Unicode")]
    [InlineData("{\"inputs\":[[[[[[[[[[[[[[[[[[[[", "inputs[0][0] is an array")]
    public async Task A_body_that_is_no_request_is_refused_with_place_and_expectation(string body, params string[] texts)
    {
        await using TestServer server = await TestServer.StartAsync(models.WriteSigns());
        (await server.PostAsync(body)).RequireProblem(400, texts);
    }

    [Theory]
    [InlineData("{\"inputs\":[1]}", "takes its columns")]
    [InlineData("{\"rows\":[1]}", "rows[0] is a number")]
    [InlineData("{\"rows\":{}}", "'rows' is an object")]
    [InlineData("{\"rows\":[{\"length\":1}]}", "rows[0] has no column 'colour'", "'length', 'colour', 'seen', 'wild'")]
    [InlineData("{\"rows\":[{\"length\":1,\"length\":2}]}", "rows[0] has the column 'length' twice")]
    [InlineData("{\"rows\":[{\"length\":[1]}]}", "an array or an object in column 'length'")]
    [InlineData("{\"rows\":[{\"length\":1,\"colour\":null,\"seen\":null,\"wild\":null},{\"length\":\"tall\",\"colour\":null,\"seen\":null,\"wild\":null}]}", "rows[1]", "'length' is 'tall'", "a number")]
    [InlineData("{\"rows\":[{\"length\":true,\"colour\":null,\"seen\":null,\"wild\":null}]}", "'length' is 'true'", "a number")]
    [InlineData("{\"rows\":[{\"length\":1e999,\"colour\":null,\"seen\":null,\"wild\":null}]}", "'length'", "a number")]
    [InlineData("{\"rows\":[{\"length\":1,\"colour\":\"\\udc00\",\"seen\":null,\"wild\":null}]}", "not Unicode")]
    [InlineData("{\"rows\":[{\"length\":1,\"colour\":1.0,\"seen\":2,\"wild\":null}]}", "'seen' is '2'", "a date")]
    public async Task A_row_that_does_not_fit_the_columns_is_refused_by_its_place(string body, params string[] texts)
    {
        await using TestServer server = await TestServer.StartAsync(models.WriteFlowers());
        (await server.PostAsync(body)).RequireProblem(400, texts);
    }

    /// <summary>3·10³⁸ times 100 is beyond float, and 10³⁹ is before the network sees it.</summary>
    [Theory]
    [InlineData("3e38", "no finite output")]
    [InlineData("1e39", "outside the range")]
    public async Task Inputs_that_are_too_large_for_the_precision_are_refused(string input, string text)
    {
        await using TestServer server = await TestServer.StartAsync(models.WriteLinear(100));
        (await server.PostAsync($"{{\"inputs\":[{input}]}}")).RequireProblem(400, text);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_refused()
    {
        await using TestServer server = await TestServer.StartAsync(models.WriteSigns());
        using var content = new ByteArrayContent([0x7B, 0x22, 0xFF, 0xFE, 0x22]);
        content.Headers.ContentType = new("application/json");
        using HttpResponseMessage response = await server.Client.PostAsync(new Uri("predict", UriKind.Relative), content);
        (await Answer.OfAsync(response)).RequireProblem(400, "not UTF-8");
    }
}
