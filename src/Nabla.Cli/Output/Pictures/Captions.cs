using Nabla.Drawing;

namespace Nabla.Cli.Output.Pictures;

/// <summary>Captions in pictures.</summary>
internal static class Captions
{
    /// <summary>A name, shortened with … if it does not fit.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="name">The name.</param>
    /// <param name="height">Height of capitals.</param>
    /// <param name="room">The available pixels.</param>
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
