using System.Net;
using Microsoft.AspNetCore.Http;

namespace Nabla.Serving.Http;

/// <summary>
/// The host names that requests may use. Without this check a page of another site could point its own name at this
/// machine and read the answers (DNS rebinding).
/// </summary>
internal sealed class HostNames
{
    private readonly HashSet<string> names = new(StringComparer.OrdinalIgnoreCase) { "localhost" };
    private readonly bool anyAddress;

    public HostNames(PredictionServerOptions options, IPAddress address)
    {
        // An IP address cannot be rebound.
        anyAddress = !IPAddress.IsLoopback(address);
        names.UnionWith(options.HostNames);
        if (!options.IsAnyAddress)
        {
            names.Add(options.Host);
        }

        if (anyAddress)
        {
            names.Add(Environment.MachineName);
        }
    }

    /// <summary>Whether the <c>Host</c> of a request is allowed.</summary>
    public bool Allow(HostString host)
    {
        string name = host.Host;
        return names.Contains(name)
            || (IPAddress.TryParse(name.Trim('[', ']'), out IPAddress? address) && (anyAddress || IPAddress.IsLoopback(address)));
    }
}
