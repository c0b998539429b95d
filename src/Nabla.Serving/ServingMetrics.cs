using System.Diagnostics.Metrics;

namespace Nabla.Serving;

/// <summary>
/// The metrics of the meter <c>Nabla.Serving</c>, for OpenTelemetry and dotnet-counters. The tag <c>nabla.model</c> is
/// the name of the model file.
/// </summary>
internal sealed class ServingMetrics : IDisposable
{
    public const string MeterName = "Nabla.Serving";

    private readonly Meter meter;
    private readonly Counter<long> requests;
    private readonly Counter<long> errors;
    private readonly Counter<long> rows;
    private readonly Counter<long> reloads;
    private readonly Histogram<double> duration;

    public ServingMetrics(IMeterFactory factory)
    {
        meter = factory.Create(MeterName);
        requests = meter.CreateCounter<long>("nabla.serving.requests", "{request}", "Requests for predictions, including refused ones.");
        errors = meter.CreateCounter<long>("nabla.serving.errors", "{request}", "Requests for predictions that were refused or failed; error.type is the status.");
        rows = meter.CreateCounter<long>("nabla.serving.rows", "{row}", "Rows that were predicted.");
        reloads = meter.CreateCounter<long>("nabla.serving.reloads", "{reload}", "Replaced model files; nabla.outcome is serves or refused.");
        duration = meter.CreateHistogram<double>(
            "nabla.serving.request.duration",
            "s",
            "From the end of the headers to the end of the answer.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] });
    }

    public void AddRequest(string model, int status, int predicted, TimeSpan time)
    {
        var tag = new KeyValuePair<string, object?>("nabla.model", model);
        var answer = new KeyValuePair<string, object?>("http.response.status_code", status);
        requests.Add(1, tag, answer);
        duration.Record(time.TotalSeconds, tag, answer);
        if (status >= 400)
        {
            errors.Add(1, tag, new KeyValuePair<string, object?>("error.type", status.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }
        else
        {
            rows.Add(predicted, tag);
        }
    }

    public void AddReload(ModelHost host) => reloads.Add(
        1,
        new KeyValuePair<string, object?>("nabla.model", Path.GetFileName(host.Path)),
        new KeyValuePair<string, object?>("nabla.outcome", host.ReloadProblem is null ? "serves" : "refused"));

    public void Dispose() => meter.Dispose();
}
