using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Nabla.Serving.Json;

namespace Nabla.Serving.Http;

/// <summary>
/// The whole body of a request, within its limits. Memory grows with the bytes that arrive, not with the length in a
/// header.
/// </summary>
internal sealed class RequestBody : IDisposable
{
    private const int FirstBytes = 4096;

    /// <summary>Longest time to read a body, whatever its rate.</summary>
    private static readonly TimeSpan LongestReading = TimeSpan.FromSeconds(30);

    private readonly BodyBudget budget;
    private byte[] bytes = [];
    private int length;

    private RequestBody(BodyBudget budget) => this.budget = budget;

    public ReadOnlySpan<byte> Content => bytes.AsSpan(0, length);

    /// <summary>Reads a JSON body.</summary>
    /// <exception cref="RequestRefusedException">Its headers do not say JSON, or it is too large or too
    /// slow.</exception>
    public static async Task<RequestBody> ReadJsonAsync(HttpContext context, PredictionLimits limits, BodyBudget budget)
    {
        HttpRequest request = context.Request;
        if (!request.HasJsonContentType())
        {
            throw new RequestRefusedException(
                StatusCodes.Status415UnsupportedMediaType,
                $"The Content-Type is '{Shorten(request.ContentType)}': expected application/json.");
        }

        if (request.Headers.TryGetValue(HeaderNames.ContentEncoding, out StringValues encoding) && encoding != "identity")
        {
            throw new RequestRefusedException(StatusCodes.Status415UnsupportedMediaType, $"The Content-Encoding is '{Shorten(encoding)}': expected none.");
        }

        if (request.ContentLength > limits.BodyBytes)
        {
            throw TooLarge(request.ContentLength.Value.ToString(CultureInfo.InvariantCulture), limits);
        }

        // The application may have a lower limit for its other endpoints.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = limits.BodyBytes;
        }

        var body = new RequestBody(budget);
        try
        {
            await body.FillAsync(context, limits).ConfigureAwait(false);
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (bytes.Length > 0)
        {
            budget.Return(bytes.Length);
            ArrayPool<byte>.Shared.Return(bytes);
            bytes = [];
            length = 0;
        }
    }

    private async Task FillAsync(HttpContext context, PredictionLimits limits)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        timeout.CancelAfter(LongestReading);
        try
        {
            while (true)
            {
                if (length == bytes.Length)
                {
                    Grow();
                }

                int read = await context.Request.Body.ReadAsync(bytes.AsMemory(length), timeout.Token).ConfigureAwait(false);
                if (read == 0)
                {
                    return;
                }

                length += read;
                if (length > limits.BodyBytes)
                {
                    throw TooLarge($"more than {limits.BodyBytes.ToString(CultureInfo.InvariantCulture)}", limits);
                }
            }
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge($"more than {limits.BodyBytes.ToString(CultureInfo.InvariantCulture)}", limits);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            throw new RequestRefusedException(StatusCodes.Status408RequestTimeout, $"The body did not arrive within {LongestReading.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s.");
        }
    }

    private void Grow()
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(FirstBytes, 2 * bytes.Length));
        if (!budget.TryTake(larger.Length))
        {
            ArrayPool<byte>.Shared.Return(larger);
            throw new RequestRefusedException(StatusCodes.Status503ServiceUnavailable, "Too many large requests at once. Try again in a second.");
        }

        Content.CopyTo(larger);
        int kept = length;
        Dispose();
        (bytes, length) = (larger, kept);
    }

    private static RequestRefusedException TooLarge(string size, PredictionLimits limits) => new(
        StatusCodes.Status413PayloadTooLarge,
        $"The body has {size} bytes: expected at most {limits.BodyBytes.ToString(CultureInfo.InvariantCulture)}. Send fewer rows per request.");

    private static string Shorten(string? text)
    {
        const int Shown = 60;
        return text is null ? "" : text.Length <= Shown ? text : text[..Shown] + "…";
    }
}
