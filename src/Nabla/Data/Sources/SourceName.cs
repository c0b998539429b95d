namespace Nabla.Data.Sources;

/// <summary>The name in a request, and the text after its last colon: <c>digits:60000</c>.</summary>
/// <param name="Name">The text before the colon.</param>
/// <param name="Count">The text after the colon; null without a colon.</param>
internal readonly record struct SourceName(string Name, string? Count)
{
    /// <summary>Splits the source of a request.</summary>
    public static SourceName Of(DataRequest request)
    {
        int colon = request.Source.LastIndexOf(':');
        return colon < 0 ? new(request.Source, null) : new(request.Source[..colon], request.Source[(colon + 1)..]);
    }
}
