namespace Nabla.Data.Files;

/// <summary>Limits how much a gzip file may unpack to.</summary>
internal static class Inflation
{
    /// <summary>
    /// Deflate shrinks constant bytes up to 1032 to 1; images and tables
    /// of measurements reach 3 to 30. A higher ratio is taken for a bomb.
    /// </summary>
    public const int LargestRatio = 250;

    /// <summary>Content of up to this length is never too much.</summary>
    private const long HarmlessLength = 1 << 26;

    /// <summary>
    /// Whether the ratio of content to file is so high that the file must have been made to fill the memory.
    /// </summary>
    public static bool IsBomb(long length, long packedLength) => length > HarmlessLength && length / LargestRatio > packedLength;
}
