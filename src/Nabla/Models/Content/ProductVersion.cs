namespace Nabla.Models.Content;

/// <summary>The version of Nabla, as it stands in the files that it writes.</summary>
public static class ProductVersion
{
    /// <summary>Major, minor and patch.</summary>
    public static string Current { get; } = typeof(ProductVersion).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";
}
