namespace Nabla.Drawing;

/// <summary>A colour with 8 bits per channel.</summary>
/// <param name="Red">0 to 255.</param>
/// <param name="Green">0 to 255.</param>
/// <param name="Blue">0 to 255.</param>
public readonly record struct Colour(byte Red, byte Green, byte Blue)
{
    /// <summary>The background.</summary>
    public static Colour White => new(255, 255, 255);

    /// <summary>For text and strong lines.</summary>
    public static Colour Ink => new(34, 34, 40);

    /// <summary>For the frame of a picture.</summary>
    public static Colour Frame => new(120, 120, 128);

    /// <summary>For faint guide lines.</summary>
    public static Colour Grid => new(226, 228, 232);

    /// <summary>
    /// The colour of the curve with an index. Colour-blind readers can
    /// tell them apart, too (Okabe and Ito 2008). They repeat after eight.
    /// </summary>
    public static Colour OfCurve(int index) => (index % 8) switch
    {
        0 => new(0, 114, 178),
        1 => new(213, 94, 0),
        2 => new(0, 158, 115),
        3 => new(204, 121, 167),
        4 => new(230, 159, 0),
        5 => new(86, 180, 233),
        6 => new(90, 90, 96),
        _ => new(146, 84, 30),
    };

    /// <summary>Blends this colour over another one with an opacity in [0, 1].</summary>
    public Colour Over(Colour below, double opacity)
    {
        return new(Mix(below.Red, Red), Mix(below.Green, Green), Mix(below.Blue, Blue));

        byte Mix(byte from, byte to) => (byte)Math.Round(from + (opacity * (to - from)));
    }
}
