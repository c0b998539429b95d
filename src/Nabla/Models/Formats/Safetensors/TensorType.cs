namespace Nabla.Models.Formats.Safetensors;

/// <summary>The element types of safetensors.</summary>
internal static class TensorType
{
    public const string Single = "F32";
    public const string Double = "F64";
    public const string Half = "F16";
    public const string BFloat16 = "BF16";

    /// <summary>The size of an element in bits, or null for a name that the format does not know.</summary>
    public static int? Bits(string name) => name switch
    {
        "F4" => 4,
        "F6_E2M3" or "F6_E3M2" => 6,
        "BOOL" or "U8" or "I8" or "F8_E5M2" or "F8_E4M3" or "F8_E8M0" => 8,
        "U16" or "I16" or Half or BFloat16 => 16,
        "U32" or "I32" or Single => 32,
        "U64" or "I64" or Double or "C64" => 64,
        _ => null,
    };

    /// <summary>Whether the elements can be read as real numbers.</summary>
    public static bool IsReal(string name) => name is Single or Double or Half or BFloat16;
}
