using Nabla.Data.Images;

namespace Nabla.Data.Sources;

/// <summary>Says why no source serves a request, and which sources there are.</summary>
internal static class UnknownSource
{
    /// <summary>A suggestion differs from the text by at most this many letters.</summary>
    private const int MaxTypos = 3;

    /// <summary>The error for a request that no source serves.</summary>
    public static Exception Error(DataRequest request, ModelInputs? model, IReadOnlyList<IDataSource> sources)
    {
        RequestChecks.RequireNoColumns(request, model);
        return Directory.Exists(request.Source) ? EmptyFolder(request.Source) : UnknownName(request.Source, sources);
    }

    private static Exception EmptyFolder(string folder) => ImageFolder.HasPng(folder)
        ? new InvalidDataException($"{folder}: the images lie in the folder itself. Expected one subfolder for each class, with its PNG files in it.")
        : new FileNotFoundException(
            $"{folder}: no data in this folder. Expected train-images-idx3-ubyte, plain or .gz, and its companions; or one subfolder for each class, with PNG files in it.");

    private static ArgumentException UnknownName(string source, IReadOnlyList<IDataSource> sources)
    {
        string problem = File.Exists(source) ? "is a file of a kind that cannot be read" : "is neither a known data set nor a folder";
        IEnumerable<string> expected = sources.Select(source => source.Name ?? source.Form);
        return new ArgumentException($"'{source}' {problem}.{Suggestion(source, sources)} Expected one of {string.Join(", ", expected)}.");
    }

    private static string Suggestion(string source, IReadOnlyList<IDataSource> sources)
    {
        string typed = source.Split(':')[0].ToLowerInvariant();
        string? closest = sources.Select(source => source.Name).OfType<string>().MinBy(name => Distance(name, typed));
        return closest is not null && Distance(closest, typed) <= Math.Min(MaxTypos, closest.Length / 2) ? $" Did you mean {closest}?" : "";
    }

    /// <summary>Insertions, deletions and replacements from one word to the other (Levenshtein).</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = row[j];
                row[j] = cost;
            }
        }

        return row[b.Length];
    }
}
