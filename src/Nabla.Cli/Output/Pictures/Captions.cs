using Nabla.Data.Images.Drawing;

namespace Nabla.Cli.Output.Pictures;

/// <summary>Names on pictures.</summary>
internal static class Captions
{
    /// <summary>A name, cut and closed with … where it is longer than there is room.</summary>
    /// <param name="canvas">Where it is to be written.</param>
    /// <param name="name">The name.</param>
    /// <param name="height">Height of capitals.</param>
    /// <param name="room">Pixels that it may take.</param>
    public static string Shorten(Canvas canvas, string name, double height, double room)
    {
        if (canvas.Measure(name, height) <= room)
        {
            return name;
        }

        int letters = name.Length - 1;
        while (letters > 1 && canvas.Measure(name[..letters] + "…", height) > room)
        {
            letters--;
        }

        return name[..letters] + "…";
    }
}
