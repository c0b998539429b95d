namespace Nabla.Models.Formats.Onnx.Schema;

/// <summary>Names from a file, made safe for messages.</summary>
internal static class OnnxText
{
    private const int MaximumShown = 60;

    /// <summary>The name in quotes, on one line and shortened.</summary>
    public static string Quote(string name)
    {
        string shown = name.Length > MaximumShown ? $"{name[..MaximumShown]}…" : name;
        return $"'{string.Concat(shown.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c))}'";
    }
}
