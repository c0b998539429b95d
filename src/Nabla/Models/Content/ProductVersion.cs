namespace Nabla.Models.Content;

/// <summary>The version of Nabla, as written to files.</summary>
public static class ProductVersion
{
    /// <summary>Major, minor and patch.</summary>
    public static string Current { get; } = typeof(ProductVersion).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";
}
