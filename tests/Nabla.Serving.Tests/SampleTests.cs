using System.Diagnostics;
using System.Text;
using Nabla.Serving.Tests.Support;
using Nabla.Tests.Architecture;
using Xunit;

namespace Nabla.Serving.Tests;

/// <summary>The program in samples/Serving, run with a model of its columns.</summary>
public sealed class SampleTests : IDisposable
{
    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(60);

    private readonly TestModels models = new();

    public void Dispose() => models.Dispose();

    /// <summary>The price is 100 for every room and nothing else: a network without hidden layers finds it.</summary>
    [Fact]
    public async Task The_sample_predicts_from_its_record()
    {
        using Process process = Start(WriteHouses());
        try
        {
            var address = new Uri(await AddressAsync(process));
            using var client = new HttpClient { BaseAddress = address };
            using var house = new StringContent("""{"rooms":5,"district":"north","garden":true,"sold":"2024-03-01"}""", Encoding.UTF8, "application/json");
            using HttpResponseMessage answer = await client.PostAsync(new Uri("price", UriKind.Relative), house);
            Assert.Equal("""{"value":500}""", await answer.Content.ReadAsStringAsync());
            using var rows = new StringContent("""{"rows":[{"rooms":5,"district":"north","garden":true,"sold":"2024-03-01"}]}""", Encoding.UTF8, "application/json");
            using HttpResponseMessage plain = await client.PostAsync(new Uri("nabla/predict", UriKind.Relative), rows);
            Assert.StartsWith("""{"predictions":[{"values":{"price":""", await plain.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static Process Start(string model)
    {
        // The build puts every project into artifacts/bin/NAME/CONFIGURATION.
        string configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        string program = Path.Combine(Sources.Root, "artifacts", "bin", "Serving", configuration, "Serving.dll");
        var start = new ProcessStartInfo("dotnet", [program, "--urls", "http://127.0.0.1:0", "--model", model]) { RedirectStandardOutput = true };
        return Process.Start(start)!;
    }

    /// <summary>ASP.NET says where it listens: "Now listening on: http://127.0.0.1:40123".</summary>
    private static async Task<string> AddressAsync(Process process)
    {
        using var timeout = new CancellationTokenSource(Generous);
        while (await process.StandardOutput.ReadLineAsync(timeout.Token) is { } line)
        {
            int place = line.IndexOf("http://", StringComparison.Ordinal);
            if (place >= 0)
            {
                return line[place..];
            }
        }

        throw new InvalidOperationException("The sample has ended without listening.");
    }

    private string WriteHouses()
    {
        string table = models.At("houses.csv");
        File.WriteAllText(table, "rooms,district,garden,sold,price\n" + string.Concat(Enumerable.Range(0, 96).Select(i =>
            $"{1 + (i % 8)},{(i % 5 < 2 ? "north" : "south")},{(i % 3 == 0 ? "yes" : "no")},2024-{1 + (i % 11):00}-01,{100 * (1 + (i % 8))}\n")));
        DataSplit data = DataSource.Open(new DataRequest { Source = table, Test = SplitSize.None, Validation = SplitSize.None, Table = new TableOptions { Task = TableTask.Regress } });
        NetworkOptions network = NetworkOptions.FeedForward(data.Train.InputCount, [], 1, Activation.Linear, Activation.Linear, Cost.Quadratic);
        TrainingResult result = Trainer.Train(network, data, new TrainingOptions { Epochs = 300, BatchSize = 8, LearningRate = 0.1, Threads = 1, Precision = Precision.Double });
        Model.From(result, data.Train).Save(models.At("houses.safetensors"));
        return models.At("houses.safetensors");
    }
}
