using Nabla.Cli.Failures;

namespace Nabla.Cli.Commands.Verification;

/// <summary>The published hashes: lines of <c>NAME=HASH</c>.</summary>
internal static class PublishedHashes
{
    private const string Resource = "published.txt";

    /// <summary>The hashes that were published with this version.</summary>
    public static IReadOnlyDictionary<string, string> BuiltIn()
    {
        using Stream stream = typeof(PublishedHashes).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The program lacks its resource {Resource}.");
        using var reader = new StreamReader(stream);
        return Read(Resource, reader);
    }

    /// <summary>The hashes of another list.</summary>
    /// <exception cref="UsageException">The file is missing, or is not such a list.</exception>
    public static IReadOnlyDictionary<string, string> Of(string file)
    {
        if (!File.Exists(file))
        {
            throw new UsageException($"--published {file}: there is no such file.");
        }

        using StreamReader reader = File.OpenText(file);
        return Read(file, reader);
    }

    private static Dictionary<string, string> Read(string source, StreamReader reader)
    {
        var hashes = new Dictionary<string, string>();
        for (int line = 1; reader.ReadLine() is { } text; line++)
        {
            if (text.Trim() is "")
            {
                continue;
            }

            if (text.Trim().Split('=') is not [var name, { Length: 64 } hash]
                || !hash.All(char.IsAsciiHexDigitLower)
                || !hashes.TryAdd(name, hash))
            {
                throw new UsageException(
                    $"{source}:{line}: expected a line NAME=HASH with a new name and 64 lowercase hexadecimal digits.");
            }
        }

        return hashes;
    }
}
