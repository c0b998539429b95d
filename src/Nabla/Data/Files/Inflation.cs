namespace Nabla.Data.Files;

/// <summary>How much a gzip file may unpack to.</summary>
internal static class Inflation
{
    /// <summary>Deflate makes up to 1032 to 1 of what says nothing; images and tables of measurements come to 3 to 30. More is a bomb.</summary>
    public const int Largest = 250;

    /// <summary>What is never too much.</summary>
    private const long HarmlessLength = 1 << 26;

    /// <summary>Whether so much content of so short a file was packed to fill the memory.</summary>
    public static bool IsBomb(long length, long packedLength) => length > HarmlessLength && length / Largest > packedLength;
}
