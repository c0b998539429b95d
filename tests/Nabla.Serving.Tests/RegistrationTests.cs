using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Nabla.Serving.Http;
using Nabla.Serving.Tests.Support;
using Xunit;

namespace Nabla.Serving.Tests;

/// <summary>Models in an application of one's own.</summary>
public sealed class RegistrationTests : IDisposable
{
    private readonly TestModels models = new();

    public void Dispose() => models.Dispose();

    [Fact]
    public async Task Several_models_serve_side_by_side_under_their_prefixes()
    {
        await using WebApplication application = Create(
            services => services.AddKeyedNablaModel("signs", models.WriteSigns()).AddKeyedNablaModel<House>("houses", models.WriteHouses(), row => row.Column("rooms", house => house.Rooms)),
            application =>
            {
                application.MapNabla("/signs", key: "signs");
                application.MapNabla("/houses", new PredictionLimits { Rows = 1 }, "houses");
            });
        await application.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(application.Urls.First()) };
        Assert.Contains("\"right\"", await PostAsync(client, "signs/predict", """{"inputs":[1,0]}"""), StringComparison.Ordinal);
        Assert.Contains("price", await PostAsync(client, "houses/predict", """{"rows":[{"rooms":1}]}"""), StringComparison.Ordinal);
        Assert.Contains("more than 1 rows", await PostAsync(client, "houses/predict", """{"rows":[{"rooms":1},{"rooms":1}]}"""), StringComparison.Ordinal);
        Assert.Contains("\"url\":\"/signs\"", await client.GetStringAsync(new Uri("signs/openapi.json", UriKind.Relative)), StringComparison.Ordinal);
        RowPredictor<House> houses = application.Services.GetRequiredKeyedService<RowPredictor<House>>("houses");
        Assert.Single(houses.Predict(new House(3)).Outputs);
    }

    [Fact]
    public async Task A_program_without_its_model_does_not_start()
    {
        await using WebApplication application = Create(services => services.AddNablaModel(models.At("absent.safetensors")), _ => { });
        FileNotFoundException error = await Assert.ThrowsAsync<FileNotFoundException>(() => application.StartAsync());
        Assert.Contains("absent.safetensors", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_whose_rows_do_not_fit_the_model_does_not_start()
    {
        await using WebApplication application = Create(services => services.AddNablaModel<House>(models.WriteHouses(), row => row.Column("room", house => house.Rooms)), _ => { });
        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(() => application.StartAsync());
        Assert.Contains("'rooms'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_rows_errors_and_times_are_measured()
    {
        string path = models.WriteSigns("measured.safetensors");
        var seen = new List<(string Instrument, double Value, string? Status)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "Nabla.Serving")
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.Start();
        await using (TestServer server = await TestServer.StartAsync(path))
        {
            await server.PostAsync("""{"inputs":[[1,0],[1,0],[1,0]]}""");
            await server.PostAsync("nonsense");

            // The figures are written behind the answer: the end of the server waits for them.
            await server.Server.StopAsync();
        }

        lock (seen)
        {
            Assert.Equal(2, seen.Where(figure => figure.Instrument == "nabla.serving.requests").Sum(figure => figure.Value));
            Assert.Equal(3, seen.Where(figure => figure.Instrument == "nabla.serving.rows").Sum(figure => figure.Value));
            Assert.Equal(["400"], seen.Where(figure => figure.Instrument == "nabla.serving.errors").Select(figure => figure.Status));
            Assert.Equal(2, seen.Count(figure => figure.Instrument == "nabla.serving.request.duration" && figure.Value > 0));
        }

        void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            string? status = null, model = null;
            foreach (KeyValuePair<string, object?> tag in tags)
            {
                status = tag.Key is "error.type" ? (string?)tag.Value : status;
                model = tag.Key is "nabla.model" ? (string?)tag.Value : model;
            }

            // Other tests run beside this one.
            if (model == "measured.safetensors")
            {
                lock (seen)
                {
                    seen.Add((instrument.Name, value, status));
                }
            }
        }
    }

    private static WebApplication Create(Action<IServiceCollection> register, Action<WebApplication> map)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        register(builder.Services);
        WebApplication application = builder.Build();
        map(application);
        return application;
    }

    private static async Task<string> PostAsync(HttpClient client, string path, string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await client.PostAsync(new Uri(path, UriKind.Relative), content);
        return await response.Content.ReadAsStringAsync();
    }

    private sealed record House(double Rooms);
}
