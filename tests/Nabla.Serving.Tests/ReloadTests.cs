using System.Text.Json;
using Nabla.Serving.Tests.Support;
using Xunit;

namespace Nabla.Serving.Tests;

/// <summary>A model file that is replaced while it serves.</summary>
public sealed class ReloadTests : IDisposable
{
    private static readonly ModelHostOptions ByHand = new() { ReloadInterval = null, Threads = 1 };

    private readonly TestModels models = new();

    public void Dispose() => models.Dispose();

    [Fact]
    public async Task A_replaced_file_serves_and_a_broken_one_does_not()
    {
        string path = models.WriteSigns(slope: 1);
        await using TestServer server = await TestServer.StartAsync(path);
        ModelHost host = server.Server.Model;
        Assert.Equal("right", await LabelAsync());
        Assert.False(host.ReloadIfReplaced());

        Replace(path, models.WriteSigns("new", slope: -1));
        Assert.True(host.ReloadIfReplaced());
        Assert.Equal("left", await LabelAsync());

        File.WriteAllText(models.At("broken"), "no model at all");
        Replace(path, models.At("broken"));
        Assert.False(host.ReloadIfReplaced());
        Assert.Contains(path, host.ReloadProblem!, StringComparison.Ordinal);
        Assert.Equal("left", await LabelAsync());
        Assert.Equal("failed", (await server.SendAsync(HttpMethod.Get, "healthz")).Json.GetProperty("reload").GetString());

        // Why stands among the facts, without the place on the disk.
        string problem = (await server.SendAsync(HttpMethod.Get, "model")).Json.GetProperty("reload_problem").GetString()!;
        Assert.StartsWith("signs.safetensors", problem, StringComparison.Ordinal);

        Replace(path, models.WriteSigns("good", slope: 2));
        Assert.True(host.ReloadIfReplaced());
        Assert.Null(host.ReloadProblem);
        Assert.Equal("right", await LabelAsync());

        async Task<string?> LabelAsync() => (await server.PostAsync("""{"inputs":[1,0]}""")).RequireGood()[0].GetProperty("label").GetString();
    }

    [Fact]
    public void A_file_that_is_gone_leaves_the_model_and_is_said_once()
    {
        string path = models.WriteSigns();
        using var host = new ModelHost(path, ByHand);
        int said = 0;
        host.Reloaded += (_, _) => said++;
        File.Delete(path);
        Assert.False(host.ReloadIfReplaced());
        Assert.False(host.ReloadIfReplaced());
        Assert.Equal(1, said);
        Assert.Equal("right", host.Model.Predict([1.0, 0]).ClassName);
    }

    [Fact]
    public void Work_that_has_begun_ends_with_the_model_it_began_with()
    {
        string path = models.WriteSigns(slope: 1);
        using var host = new ModelHost(path, ByHand);
        using ModelLease lease = host.Lease();
        Replace(path, models.WriteSigns("new", slope: -1));
        Assert.True(host.ReloadIfReplaced());
        double[] outputs = new double[4];
        lease.Predictor.Predict([1.0, 0, 2.0, 0], outputs);
        Assert.True(outputs[1] > 0.5 && outputs[3] > 0.5);
        using ModelLease now = host.Lease();
        Assert.NotSame(now.Model, lease.Model);
    }

    [Fact]
    public void After_the_end_nothing_is_lent()
    {
        var host = new ModelHost(models.WriteSigns(), ByHand);
        ModelLease lease = host.Lease();
        host.Dispose();
        lease.Predictor.Predict([1.0, 0, 2.0, 0], new double[4]);
        lease.Dispose();
        lease.Dispose();
        Assert.Throws<ObjectDisposedException>(host.Lease);
        Assert.Throws<ObjectDisposedException>(() => lease.Model);
    }

    [Fact]
    public async Task A_running_server_finds_the_new_file_by_itself()
    {
        string path = models.WriteSigns();
        await using TestServer server = await TestServer.StartAsync(path, options => options with { Reload = new ModelHostOptions { ReloadInterval = TimeSpan.FromMilliseconds(20) } });
        var reloaded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Server.Model.Reloaded += (_, _) => reloaded.TrySetResult();
        Replace(path, models.WriteSigns("new", slope: -3));
        await reloaded.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal("left", (await server.PostAsync("""{"inputs":[1,0]}""")).RequireGood()[0].GetProperty("label").GetString());
    }

    /// <summary>Whatever model a request meets, it meets one only: its two probabilities belong together.</summary>
    [Fact]
    public async Task Requests_during_reloads_are_answered_by_one_model_each()
    {
        string path = models.WriteSigns(slope: 1);
        await using TestServer server = await TestServer.StartAsync(path);
        double[] expected = [Right(1), Right(2), Right(3)];
        Task asking = Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            for (int i = 0; i < 40; i++)
            {
                double[] seen = [.. (await server.PostAsync("""{"inputs":[[1,0],[1,0]]}""")).RequireGood().EnumerateArray().Select(Probability)];
                Assert.Equal(seen[0], seen[1]);
                Assert.Contains(expected, value => Math.Abs(value - seen[0]) < 1e-12);
            }
        }));
        for (int i = 0; i < 20; i++)
        {
            Replace(path, models.WriteSigns("new", slope: 1 + (i % 3)));
            server.Server.Model.ReloadIfReplaced();
        }

        await asking;

        static double Probability(JsonElement prediction) => prediction.GetProperty("probability").GetDouble();

        static double Right(double slope) => 1 / (1 + Math.Exp(-2 * slope));
    }

    [Fact]
    public void A_new_model_that_lacks_bound_columns_is_refused()
    {
        string path = models.WriteHouses();
        using var host = new ModelHost(path, ByHand);
        RowPredictor<House> houses = host.Bind<House>(row => row.Column("rooms", house => house.Rooms));
        double before = houses.Predict(new House(5)).Outputs[0];
        Assert.Equal(host.Model.Predict(new Dictionary<string, string?> { ["rooms"] = "5" }).Outputs[0], before);
        Replace(path, models.WriteFlowers("flowers"));
        Assert.False(host.ReloadIfReplaced());
        Assert.Contains("'length'", host.ReloadProblem!, StringComparison.Ordinal);
        Assert.Equal(before, houses.Predict(new House(5)).Outputs[0]);
    }

    /// <summary>As Nabla writes files itself. The time is moved on, because two writes may share one tick of the file system.</summary>
    private static void Replace(string path, string by)
    {
        DateTime before = File.GetLastWriteTimeUtc(path);
        File.SetLastWriteTimeUtc(by, before.AddSeconds(2));
        File.Move(by, path, overwrite: true);
    }

    private sealed record House(double Rooms);
}
