using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace Nabla.Bench.Load;

/// <summary>Asks for predictions at a steady pace, and holds every answer against the first.</summary>
/// <param name="address">The server.</param>
/// <param name="inputs">Inputs of the model.</param>
internal sealed class GoodClient(Uri address, int inputs)
{
    /// <summary>Every so many requests one has many samples.</summary>
    private const int BetweenBatches = 20;

    private const int Batch = 50;

    private readonly string sample = HostileRequest.Row(inputs);

    /// <summary>Seconds of each answer to a single sample.</summary>
    public List<double> Times { get; } = [];

    /// <summary>Answers to many samples.</summary>
    public int Batches { get; private set; }

    /// <summary>What was wrong, the first of each kind.</summary>
    public HashSet<string> Problems { get; } = [];

    /// <summary>Asks until it is told to end.</summary>
    public async Task Run(TimeSpan pace, CancellationToken end)
    {
        using var client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        string one = $$"""{"inputs":{{sample}}}""", many = $$"""{"inputs":[{{string.Join(',', Enumerable.Repeat(sample, Batch))}}]}""";
        string? answerToOne = null, answerToMany = null;
        using var timer = new PeriodicTimer(pace);
        try
        {
            for (int number = 1; await timer.WaitForNextTickAsync(end); number++)
            {
                if (number % BetweenBatches == 0)
                {
                    answerToMany = await Ask(client, many, answerToMany, end);
                    Batches++;
                    continue;
                }

                long start = Stopwatch.GetTimestamp();
                answerToOne = await Ask(client, one, answerToOne, end);
                Times.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The time is over.
        }
    }

    private async Task<string?> Ask(HttpClient client, string body, string? expected, CancellationToken end)
    {
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        try
        {
            using HttpResponseMessage answer = await client.PostAsync("/predict", content, end);
            string text = await answer.Content.ReadAsStringAsync(end);
            if (!answer.IsSuccessStatusCode)
            {
                Problems.Add($"a good request was answered with {(int)answer.StatusCode}: {text}");
            }
            else if (expected is not null && text != expected)
            {
                Problems.Add($"an answer differs from the first: {text}");
            }

            return expected ?? text;
        }
        catch (Exception error) when (error is HttpRequestException || (error is TaskCanceledException && !end.IsCancellationRequested))
        {
            Problems.Add($"a good request failed: {error.Message}");
            return expected;
        }
    }
}
