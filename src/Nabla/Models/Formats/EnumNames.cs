using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nabla.Models.Formats;

/// <summary>Enumeration values in files as the command line spells them: <c>leaky-relu</c>, <c>log-likelihood</c>, <c>one-hot</c>.</summary>
internal sealed class KebabName<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where T : struct, Enum;

/// <summary>Enumeration values in files as one lowercase word: <c>rmsprop</c>, <c>adamw</c>.</summary>
internal sealed class LowerName<T>() : JsonStringEnumConverter<T>(new LowerCase(), allowIntegerValues: false)
    where T : struct, Enum;

/// <summary>Lower case without hyphens.</summary>
internal sealed class LowerCase : JsonNamingPolicy
{
    /// <inheritdoc/>
    public override string ConvertName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return string.Create(name.Length, name, (text, from) => from.AsSpan().ToLowerInvariant(text));
    }
}
