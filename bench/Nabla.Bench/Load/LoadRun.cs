using System.Collections.Concurrent;
using System.Diagnostics;
using Nabla.Numerics.Random;

namespace Nabla.Bench.Load;

/// <summary>Good and hostile requests side by side for some minutes, and a look at the server's memory each second.</summary>
/// <param name="server">The server.</param>
internal sealed class LoadRun(ServeProcess server)
{
    private const int GoodClients = 4;
    private const int HostileClients = 4;
    private const int SlowClientsOfAKind = 10;

    private static readonly TimeSpan GoodPace = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan HostilePause = TimeSpan.FromMilliseconds(10);

    private readonly IReadOnlyList<HostileRequest> kinds = HostileRequest.All(ServeProcess.Inputs);
    private readonly GoodClient[] good = [.. Enumerable.Range(0, GoodClients).Select(_ => new GoodClient(server.Address, ServeProcess.Inputs))];
    private readonly ConcurrentDictionary<(string Name, int Status), int> answers = new();

    /// <summary>Seconds of the good answers to single samples, in ascending order.</summary>
    public double[] Times { get; private set; } = [];

    /// <summary>Good answers to many samples.</summary>
    public int Batches => good.Sum(client => client.Batches);

    /// <summary>The most memory that the server held in each minute, in bytes.</summary>
    public List<long> MemoryByMinute { get; } = [];

    /// <summary>Whether the server lived until the end.</summary>
    public bool IsAlive { get; private set; }

    /// <summary>How often each kind of hostile request was answered with each status.</summary>
    public IReadOnlyDictionary<(string Name, int Status), int> Answers => answers;

    /// <summary>What was wrong with good answers.</summary>
    public IEnumerable<string> Problems => good.SelectMany(client => client.Problems).Distinct();

    /// <summary>Hostile requests that were not answered as they must be: damaged ones may be answered in any way but by a failure of the server.</summary>
    public IEnumerable<(string Name, int Status, int Count)> Wrong
    {
        get
        {
            var allowed = kinds.ToDictionary(kind => kind.Name, kind => kind.Statuses);
            return answers
                .Where(answer => allowed.TryGetValue(answer.Key.Name, out IReadOnlyList<int>? statuses) ? !statuses.Contains(answer.Key.Status) : answer.Key.Status is < 0 or >= 500)
                .Select(answer => (answer.Key.Name, answer.Key.Status, answer.Value));
        }
    }

    /// <summary>Runs for so many minutes.</summary>
    public async Task Run(double minutes)
    {
        using var end = new CancellationTokenSource(TimeSpan.FromMinutes(minutes));
        HostileRequest[] fast = [.. kinds.Where(kind => !kind.IsSlow)];
        Task[] clients =
        [
            .. good.Select(client => Task.Run(() => client.Run(GoodPace, end.Token))),
            .. Enumerable.Range(0, HostileClients).Select(number => Task.Run(() => InTurn(fast, number, end.Token))),
            .. kinds.Where(kind => kind.IsSlow).SelectMany(kind => Enumerable.Repeat(kind, SlowClientsOfAKind)).Select(kind => Task.Run(() => Again(kind, end.Token))),
        ];
        await Watch(minutes, end.Token);
        IsAlive = server.IsAlive;
        await Task.WhenAll(clients);
        Say(minutes, minutes);
        Times = [.. good.SelectMany(client => client.Times).Order()];
    }

    private async Task InTurn(HostileRequest[] kinds, int number, CancellationToken end)
    {
        var client = new HostileClient(server.Address.Port);
        var random = new CounterRandom((ulong)number, RandomPurpose.SyntheticSamples);
        for (int turn = number; !end.IsCancellationRequested; turn++)
        {
            int place = turn % (kinds.Length + 1);
            await Send(client, place == kinds.Length ? HostileRequest.Damaged(ServeProcess.Inputs, random) : kinds[place], end);
            await Task.Delay(HostilePause, CancellationToken.None);
        }
    }

    private async Task Again(HostileRequest kind, CancellationToken end)
    {
        var client = new HostileClient(server.Address.Port);
        while (!end.IsCancellationRequested)
        {
            await Send(client, kind, end);
        }
    }

    private async Task Send(HostileClient client, HostileRequest request, CancellationToken end)
    {
        try
        {
            int status = await client.Send(request, end);
            answers.AddOrUpdate((request.Name, status), 1, (_, count) => count + 1);
        }
        catch (OperationCanceledException)
        {
            // The time is over.
        }
    }

    private async Task Watch(double minutes, CancellationToken end)
    {
        long start = Stopwatch.GetTimestamp();
        while (!end.IsCancellationRequested)
        {
            int minute = (int)Stopwatch.GetElapsedTime(start).TotalMinutes;
            // A machine that slept has missed some.
            while (MemoryByMinute.Count <= minute)
            {
                MemoryByMinute.Add(0);
                if (MemoryByMinute.Count > 1)
                {
                    Say(MemoryByMinute.Count - 1, minutes);
                }
            }

            MemoryByMinute[minute] = Math.Max(MemoryByMinute[minute], server.Memory());
            await Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);
        }
    }

    /// <summary>Says what has come of it so far. The clients may be at work meanwhile, so only their counts are looked at.</summary>
    private void Say(double gone, double minutes)
    {
        int asked = good.Sum(client => client.Times.Count + client.Batches), hostile = answers.Values.Sum();
        int surprises = good.Sum(client => client.Problems.Count) + Wrong.Sum(wrong => wrong.Count);
        Console.Error.WriteLine($"load: {gone:0.##} of {minutes:0.##} minutes, {asked:#,0} good and {hostile:#,0} hostile requests: {(surprises == 0 ? "answered as they must be" : $"{surprises:#,0} SURPRISES")}");
    }
}
