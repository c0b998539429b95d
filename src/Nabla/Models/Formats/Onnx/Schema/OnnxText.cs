namespace Nabla.Models.Formats.Onnx.Schema;

/// <summary>Names out of a file, as they may stand in a message.</summary>
internal static class OnnxText
{
    private const int MaximumShown = 60;

    /// <summary>The name in quotes, on one line and not too long.</summary>
    public static string Quote(string name)
    {
        string shown = name.Length > MaximumShown ? $"{name[..MaximumShown]}…" : name;
        return $"'{string.Concat(shown.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c))}'";
    }
}
