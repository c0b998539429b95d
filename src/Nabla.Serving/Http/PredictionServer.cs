using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Nabla.Serving.Http;

/// <summary>
/// A web server for one model, with the limits and checks of a standalone server. <c>nabla serve</c> runs it.
/// </summary>
/// <remarks>
/// It reads no configuration of the machine or the folder, and speaks HTTP/1.1 without TLS. For more, map the model
/// into your own application.
/// </remarks>
public sealed class PredictionServer : IAsyncDisposable
{
    private const int MostHeaders = 64;
    private const int MostHeaderBytes = 1 << 14;
    private const int MostLineBytes = 1 << 12;

    /// <summary>Slowest rate of a body in bytes per second, so that a slow sender does not hold a connection.</summary>
    private const int SlowestBody = 1024;

    private static readonly TimeSpan BodyGrace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(60);

    private readonly WebApplication application;
    private readonly RequestGuard guard;

    private PredictionServer(WebApplication application, RequestGuard guard)
    {
        this.application = application;
        this.guard = guard;
        Address = new Uri(application.Urls.First());
        Model = application.Services.GetRequiredService<ModelHost>();
    }

    /// <summary>The address with the chosen port.</summary>
    public Uri Address { get; }

    /// <summary>The served model.</summary>
    public ModelHost Model { get; }

    /// <summary>Loads the model and starts to listen.</summary>
    /// <param name="options">Model, address and limits.</param>
    /// <param name="logging">Configures the log, or null for none.</param>
    /// <param name="cancellation">Cancels the start.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or a token is required and
    /// missing.</exception>
    /// <exception cref="FileNotFoundException">There is no model file.</exception>
    /// <exception cref="InvalidDataException">The file does not hold a model.</exception>
    /// <exception cref="IOException">The address or the port cannot be listened on.</exception>
    public static async Task<PredictionServer> StartAsync(PredictionServerOptions options, Action<ILoggingBuilder>? logging = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        IPAddress address = options.Resolve();
        options.Validate(address);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "Nabla.Serving" });
        logging?.Invoke(builder.Logging);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options, address));
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.DrainTimeout);
        builder.Services.AddNablaModel(options.Model, options.Reload);
        WebApplication application = builder.Build();
        RequestGuard? guard = null;
        try
        {
            var checks = guard = new RequestGuard(options, address);
            application.Use(next => context => checks.InvokeAsync(context, next));
            application.UseExceptionHandler(failed => failed.Run(context =>
                ProblemAnswer.WriteAsync(context, StatusCodes.Status500InternalServerError, "The server failed on this request; see its log for the cause.")));
            application.UseRouting();
            NablaEndpoints.Map(application, "", options.Limits, null, options.Token is not null);
            await application.StartAsync(cancellation).ConfigureAwait(false);
            return new PredictionServer(application, guard);
        }
        catch
        {
            guard?.Dispose();
            await application.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Accepts no more requests, and waits for those in flight for at most
    /// <see cref="PredictionServerOptions.DrainTimeout"/>.
    /// </summary>
    public Task StopAsync() => application.StopAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await application.DisposeAsync().ConfigureAwait(false);
        guard.Dispose();
    }

    private static void Configure(KestrelServerOptions kestrel, PredictionServerOptions options, IPAddress address)
    {
        kestrel.AddServerHeader = false;
        KestrelServerLimits limits = kestrel.Limits;
        limits.MaxConcurrentConnections = options.Connections;
        limits.MaxConcurrentUpgradedConnections = 0;
        limits.RequestHeadersTimeout = options.HeadersTimeout;
        limits.KeepAliveTimeout = KeepAlive;
        limits.MinRequestBodyDataRate = new MinDataRate(SlowestBody, BodyGrace);
        limits.MinResponseDataRate = new MinDataRate(SlowestBody, BodyGrace);
        limits.MaxRequestBodySize = options.Limits.BodyBytes;
        limits.MaxRequestHeaderCount = MostHeaders;
        limits.MaxRequestHeadersTotalSize = MostHeaderBytes;
        limits.MaxRequestLineSize = MostLineBytes;
        if (options.IsAnyAddress)
        {
            kestrel.ListenAnyIP(options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        }
        else
        {
            kestrel.Listen(address, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        }
    }

    /// <summary>Leaves signals to the program.</summary>
    private sealed class EmbeddedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
