using Nabla.Drawing;

namespace Nabla.Cli.Output.Pictures;

/// <summary>Images drawn with characters, side by side across the line.</summary>
internal static class ImageRows
{
    private const int LineWidth = 92;
    private const string Gap = "  ";

    /// <summary>Prints this many images: the first of each class, then the second of each class, and so on.</summary>
    public static void Print(Dataset images, int samples)
    {
        int[] chosen = Choose(images, samples);
        int width = images.Image!.Value.Columns, beside = Math.Max(1, (LineWidth + Gap.Length) / (width + Gap.Length));
        foreach (int[] row in chosen.Chunk(beside))
        {
            Screen.Line();
            Screen.Line(string.Join(Gap, row.Select(sample => Clip(images.Classes[images.Label(sample)], width))).TrimEnd());
            IReadOnlyList<string>[] pictures = [.. row.Select(sample => AsciiArt.Lines(images, sample))];
            for (int line = 0; line < pictures[0].Count; line++)
            {
                Screen.Line(string.Join(Gap, pictures.Select(picture => picture[line])).TrimEnd());
            }
        }
    }

    private static int[] Choose(Dataset images, int samples)
    {
        int[] seen = new int[images.Classes.Count];
        return [.. Enumerable.Range(0, images.Count)
            .Select(sample => (Sample: sample, Label: images.Label(sample), Round: seen[images.Label(sample)]++))
            .OrderBy(choice => choice.Round).ThenBy(choice => choice.Label)
            .Take(samples).Select(choice => choice.Sample)];
    }

    private static string Clip(string name, int width) => name.Length > width ? name[..width] : name.PadRight(width);
}
