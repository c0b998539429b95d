using Microsoft.AspNetCore.Http;
using Nabla.Serving.Json;

namespace Nabla.Serving.Http;

/// <summary><c>POST /predict</c>.</summary>
internal sealed class PredictEndpoint(ModelHost host, PredictionLimits limits, ServingMetrics metrics, TimeProvider time)
{
    private readonly BodyBudget budget = new(limits.BytesInFlight);
    private readonly string name = Path.GetFileName(host.Path);
    private volatile ModelJson? current;

    public async Task HandleAsync(HttpContext context)
    {
        long start = time.GetTimestamp();
        int status = StatusCodes.Status500InternalServerError, rows = 0;
        try
        {
            (status, rows) = await AnswerAsync(context).ConfigureAwait(false);
        }
        finally
        {
            metrics.AddRequest(name, status, rows, time.GetElapsedTime(start));
        }
    }

    /// <returns>The status, and how many rows were predicted.</returns>
    private async Task<(int Status, int Rows)> AnswerAsync(HttpContext context)
    {
        try
        {
            using RequestBody body = await RequestBody.ReadJsonAsync(context, limits, budget).ConfigureAwait(false);
            using ModelLease lease = host.Lease();
            using var run = new SampleRun(lease, limits.Rows);
            ModelJson forms = FormsOf(lease.Model);
            bool probabilities = PredictionRequest.Predict(body.Content, forms, run);
            context.Response.ContentType = "application/json";
            await forms.Answer.WriteAsync(run, probabilities, context.Response.BodyWriter, context.RequestAborted).ConfigureAwait(false);
            return (StatusCodes.Status200OK, run.Count);
        }
        catch (RequestRefusedException refusal)
        {
            return await RefuseAsync(context, refusal.Status, refusal.Message).ConfigureAwait(false);
        }
        catch (BadHttpRequestException broken)
        {
            return await RefuseAsync(context, broken.StatusCode, broken.Message).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return (StatusCodes.Status499ClientClosedRequest, 0);
        }
    }

    /// <summary>Made once for each model that is loaded.</summary>
    private ModelJson FormsOf(Model model)
    {
        ModelJson? known = current;
        return ReferenceEquals(known?.Model, model) ? known! : current = new ModelJson(model);
    }

    private static async Task<(int Status, int Rows)> RefuseAsync(HttpContext context, int status, string message)
    {
        if (status is StatusCodes.Status413PayloadTooLarge or StatusCodes.Status408RequestTimeout && HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            // The rest of the body is not read, so the connection cannot be used for another request.
            context.Response.Headers.Connection = "close";
        }

        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = "1";
        }

        await ProblemAnswer.WriteAsync(context, status, message).ConfigureAwait(false);
        return (status, 0);
    }
}
