using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Nabla.Serving.Http;

/// <summary>Checks callers, origins and rates before all endpoints of <see cref="PredictionServer"/>.</summary>
internal sealed class RequestGuard : IDisposable
{
    private const string Scheme = "Bearer ";

    private readonly PartitionedRateLimiter<IPAddress> limiter;
    private readonly HostNames hostNames;
    private readonly byte[]? tokenHash;

    public RequestGuard(PredictionServerOptions options, IPAddress address)
    {
        hostNames = new HostNames(options, address);
        tokenHash = options.Token is { } token ? SHA256.HashData(Encoding.UTF8.GetBytes(token)) : null;
        int most = options.RequestsPerSecond;
        limiter = PartitionedRateLimiter.Create<IPAddress, IPAddress>(caller => RateLimitPartition.GetTokenBucketLimiter(caller, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = most,
            TokensPerPeriod = most,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        }));
    }

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        IHeaderDictionary answer = context.Response.Headers;
        answer.XContentTypeOptions = "nosniff";
        answer.CacheControl = "no-store";
        using RateLimitLease lease = limiter.AttemptAcquire(Caller(context.Connection.RemoteIpAddress));
        if (!lease.IsAcquired)
        {
            answer.RetryAfter = "1";
            await ProblemAnswer.WriteAsync(context, StatusCodes.Status429TooManyRequests, "Too many requests per second from one address. Try again in a second, or send more rows per request.").ConfigureAwait(false);
        }
        else if (!hostNames.Allow(context.Request.Host))
        {
            await ProblemAnswer.WriteAsync(context, StatusCodes.Status403Forbidden, "The Host header names another server: expected the name or address of this one.").ConfigureAwait(false);
        }
        else if (IsCrossSite(context.Request))
        {
            await ProblemAnswer.WriteAsync(context, StatusCodes.Status403Forbidden, "The request comes from a page of another origin: expected one of the same origin, or none.").ConfigureAwait(false);
        }
        else if (!IsAuthorized(context.Request))
        {
            answer.WWWAuthenticate = "Bearer";
            await ProblemAnswer.WriteAsync(context, StatusCodes.Status401Unauthorized, "The token is missing or wrong: expected the header Authorization: Bearer TOKEN.").ConfigureAwait(false);
        }
        else
        {
            await next(context).ConfigureAwait(false);
            if (context.Response is { HasStarted: false, StatusCode: StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed, ContentLength: null } response)
            {
                await ProblemAnswer.WriteAsync(context, response.StatusCode, "Expected POST /predict, GET /model, GET /openapi.json or GET /healthz.").ConfigureAwait(false);
            }
        }
    }

    public void Dispose() => limiter.Dispose();

    /// <summary>
    /// The address by which callers are counted: an IPv6 caller commonly has 2⁶⁴ addresses, so its network counts.
    /// </summary>
    private static IPAddress Caller(IPAddress? address)
    {
        address = address is null ? IPAddress.None : address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new IPAddress(bytes);
    }

    /// <summary>Browsers send the origin of a request; other programs do not.</summary>
    private static bool IsCrossSite(HttpRequest request)
    {
        StringValues site = request.Headers["Sec-Fetch-Site"], origin = request.Headers[HeaderNames.Origin];
        bool isForeignSite = site.Count > 0 && site != "same-origin" && site != "none";
        bool isForeignOrigin = origin.Count > 0
            && !(Uri.TryCreate(origin, UriKind.Absolute, out Uri? page) && page.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));
        return isForeignSite || isForeignOrigin;
    }

    /// <summary>
    /// Compares in constant time. <c>/healthz</c> reveals nothing about the model and is open to monitoring programs.
    /// </summary>
    private bool IsAuthorized(HttpRequest request)
    {
        if (tokenHash is null || request.Path == "/healthz")
        {
            return true;
        }

        StringValues header = request.Headers.Authorization;
        if (header.Count != 1 || header[0] is not { } value || !value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(value[Scheme.Length..].Trim()), hash);
        return CryptographicOperations.FixedTimeEquals(hash, tokenHash);
    }
}
