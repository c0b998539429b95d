using System.Net;

namespace Nabla.Serving;

/// <summary>The options of <see cref="Http.PredictionServer"/>.</summary>
public sealed record PredictionServerOptions
{
    /// <summary>The model file.</summary>
    public required string Model { get; init; }

    /// <summary>
    /// The address to listen on: an IP address, the name of one of this machine's addresses, or <c>*</c> for all.
    /// Default: loopback, which other machines cannot reach.
    /// </summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>The port, or 0 for any free port.</summary>
    public int Port { get; init; } = 5217;

    /// <summary>
    /// The token that callers must send as <c>Authorization: Bearer TOKEN</c>, or null for none, which is allowed on
    /// loopback only.
    /// </summary>
    public string? Token { get; init; }

    /// <summary>
    /// Other host names that requests may use in their <c>Host</c> header. All other names are refused, against DNS
    /// rebinding.
    /// </summary>
    public IReadOnlyList<string> HostNames { get; init; } = [];

    /// <summary>Maximum number of requests per second from one address. Default: 1,000.</summary>
    public int RequestsPerSecond { get; init; } = 1000;

    /// <summary>The limits of a request.</summary>
    public PredictionLimits Limits { get; init; } = new();

    /// <summary>Maximum number of connections. Default: 1,024.</summary>
    public int Connections { get; init; } = 1024;

    /// <summary>Time limit for the headers of a request. Default: 10 s.</summary>
    public TimeSpan HeadersTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time limit for requests in flight when the server stops. Default: 10 s.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How the model file is loaded and reloaded.</summary>
    public ModelHostOptions Reload { get; init; } = new();

    internal bool IsAnyAddress => Host == "*";

    /// <summary>The address that <see cref="Host"/> stands for.</summary>
    internal IPAddress Resolve()
    {
        if (IsAnyAddress)
        {
            return IPAddress.Any;
        }

        if (IPAddress.TryParse(Host.Trim('[', ']'), out IPAddress? address))
        {
            return address;
        }

        if (Host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            return IPAddress.Loopback;
        }

        try
        {
            return Dns.GetHostAddresses(Host)[0];
        }
        catch (Exception error) when (error is System.Net.Sockets.SocketException or ArgumentException or IndexOutOfRangeException)
        {
            throw new ArgumentException($"The host '{Host}' is neither an address nor a known name: expected an IP address, a name of this machine, or * for all addresses.", error);
        }
    }

    internal void Validate(IPAddress address)
    {
        Require(Port is >= 0 and <= 65535, $"The port is {Port}: expected 0 to 65535.");
        Require(RequestsPerSecond >= 1, $"{nameof(RequestsPerSecond)} is {RequestsPerSecond}: expected at least 1.");
        Require(Connections >= 1, $"{nameof(Connections)} is {Connections}: expected at least 1.");
        Require(HeadersTimeout > TimeSpan.Zero && DrainTimeout > TimeSpan.Zero, "The timeouts must be above zero.");
        Require(Token is null || (Token.Length > 0 && Token.All(letter => letter is > ' ' and < (char)127)), "The token is empty, or has blanks, control or non-ASCII characters: expected visible ASCII.");
        Require(
            IPAddress.IsLoopback(address) || Token is not null,
            $"The host {Host} can be reached from other machines: a token is required. Give one, or listen on loopback.");
        Limits.Validate();
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new ArgumentException(message);
        }
    }
}
