using System.Globalization;
using System.Text;
using Nabla.Serving.Json;
using Nabla.Serving.Tests.Support;
using Nabla.Tests.Fuzzing;
using Xunit;

namespace Nabla.Serving.Tests;

/// <summary>Damaged bodies of requests: each is answered or refused with a status of the caller's fault, soon, and in little memory.</summary>
public sealed class DamagedRequestTests(ITestOutputHelper output) : IDisposable
{
    private const int MostRows = 100_000;

    private static readonly string[] Numbers = ["{\"inputs\":[1,-2.5]}", "{\"inputs\":[[1e-3,0],[3,4]],\"probabilities\":false}"];

    private static readonly string[] Rows =
    [
        "{\"rows\":[{\"length\":1.5,\"colour\":\"red\",\"seen\":\"2024-01-10\",\"wild\":true}]}",
        "{\"probabilities\":true,\"rows\":[{\"wild\":\"no\",\"length\":null,\"colour\":\"green\",\"seen\":null,\"other\":[1,{\"a\":2}]},{\"length\":\"2\",\"colour\":null,\"seen\":\"2024-02-29\",\"wild\":null}]}",
    ];

    private readonly TestModels models = new();

    public void Dispose() => models.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_damaged_body_is_answered_or_refused_soon_and_in_little_memory(bool isTable)
    {
        Model model = Model.Load(isTable ? models.WriteFlowers() : models.WriteSigns());
        using var lease = new ModelLease(new ServedModel(model, 1, DateTimeOffset.UnixEpoch));
        var forms = new ModelJson(model);
        var format = new FuzzFormat
        {
            Name = isTable ? "request of rows" : "request of numbers",
            Corpus = [.. (isTable ? Rows : Numbers).Select(Encoding.UTF8.GetBytes)],
            IsText = true,
            IsRefusal = (error, _) => error is RequestRefusedException { Status: 400 or 413 } && error.Message.Length < 1000,
            Read = path =>
            {
                using var run = new SampleRun(lease, MostRows);
                PredictionRequest.Predict(File.ReadAllBytes(path), forms, run);
                for (int sample = 0; sample < run.Count; sample++)
                {
                    Assert.DoesNotContain(run.Interpret(sample).Outputs, value => !double.IsFinite(value));
                }
            },
        };
        FuzzResult result = FuzzRun.Attack(format, models.At("body"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{format,-26}{result}"));
        Assert.InRange(result.Accepted, 1, result.Mutations - 1);
    }
}
