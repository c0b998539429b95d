using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Nabla.Serving.Json;

namespace Nabla.Serving.Http;

/// <summary>Maps the endpoints of a model registered with <see cref="NablaModelServices"/>.</summary>
public static class NablaEndpoints
{
    /// <summary>
    /// Maps <c>POST /predict</c>, <c>GET /model</c>, <c>GET /openapi.json</c> and <c>GET /healthz</c>.
    /// </summary>
    /// <param name="endpoints">The application, or a group of routes.</param>
    /// <param name="prefix">The prefix of the four paths, such as <c>/digits</c>; nothing by default.</param>
    /// <param name="limits">The limits of a request, or null for the defaults.</param>
    /// <param name="key">The key under which the model was registered, or null if it has none.</param>
    /// <returns>The group of the four endpoints, for conventions such as <c>RequireAuthorization()</c>.</returns>
    /// <remarks>
    /// The limits on the size and rows of a request apply. The application decides who may send requests, and how
    /// often.
    /// </remarks>
    /// <exception cref="ArgumentException">A limit is out of its range.</exception>
    public static RouteGroupBuilder MapNabla(this IEndpointRouteBuilder endpoints, string prefix = "", PredictionLimits? limits = null, string? key = null) =>
        Map(endpoints, prefix, limits ?? new PredictionLimits(), key, hasToken: false);

    internal static RouteGroupBuilder Map(IEndpointRouteBuilder endpoints, string prefix, PredictionLimits limits, string? key, bool hasToken)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        limits.Validate();
        IServiceProvider services = endpoints.ServiceProvider;
        ModelHost host = key is null ? services.GetRequiredService<ModelHost>() : services.GetRequiredKeyedService<ModelHost>(key);
        var predict = new PredictEndpoint(host, limits, services.GetRequiredService<ServingMetrics>(), services.GetRequiredService<TimeProvider>());
        RouteGroupBuilder group = endpoints.MapGroup(prefix);
        group.MapPost("/predict", predict.HandleAsync);
        group.MapGet("/healthz", context => JsonAnswer.WriteAsync(context, json =>
        {
            json.WriteString("status", "ok");
            json.WriteString("reload", host.ReloadProblem is null ? "ok" : "failed");
        }));
        group.MapGet("/model", async context =>
        {
            using ModelLease lease = host.Lease();
            await JsonAnswer.WriteAsync(context, json => ModelFactsAnswer.Write(json, host, lease)).ConfigureAwait(false);
        });
        group.MapGet("/openapi.json", context =>
        {
            string root = context.Request.PathBase + context.Request.Path.Value![..^"/openapi.json".Length];
            return JsonAnswer.WriteAsync(context, new OpenApiDocument(host.Model, Path.GetFileName(host.Path), root, limits, hasToken).Write);
        });
        return group;
    }
}
