using System.Globalization;

namespace Nabla.Models.Formats;

/// <summary>The version of Nabla's own files.</summary>
internal static class FormatVersion
{
    /// <summary>The version that is written, and the newest one that can be read.</summary>
    public const int Current = 1;

    /// <summary>The metadata key that holds it.</summary>
    public const string Key = "nabla";

    /// <exception cref="InvalidDataException">The version is newer, or is not a version.</exception>
    public static void Check(string file, string text)
    {
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int version) || version < 1)
        {
            throw new InvalidDataException($"{file}: '{text}' is not a format version of Nabla; expected a whole number from 1.");
        }

        Check(file, version);
    }

    /// <inheritdoc cref="Check(string, string)"/>
    public static void Check(string file, int version)
    {
        if (version > Current)
        {
            throw new InvalidDataException($"{file}: This file was written by a newer version of Nabla (format {version.ToString(CultureInfo.InvariantCulture)}); this version reads up to {Current}.");
        }

        if (version < 1)
        {
            throw new InvalidDataException($"{file}: {version} is not a format version of Nabla; expected 1.");
        }
    }
}
