namespace Nabla.Serving.Json;

/// <summary>
/// A request that is refused. The message goes to the caller: what is wrong, where, and what was expected.
/// </summary>
internal sealed class RequestRefusedException(int status, string message) : Exception(message)
{
    /// <summary>The HTTP status.</summary>
    public int Status => status;
}
