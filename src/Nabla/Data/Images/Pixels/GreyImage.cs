namespace Nabla.Data.Images.Pixels;

/// <summary>A grey picture with 8 bits per pixel.</summary>
public sealed class GreyImage
{
    private readonly byte[] pixels;

    /// <param name="shape">Rows × columns.</param>
    /// <param name="pixels">Row by row from the top left, [rows · columns]; 0 is black, 255 white. Not copied.</param>
    /// <exception cref="ArgumentException">The number of pixels does not match the shape.</exception>
    public GreyImage(ImageShape shape, byte[] pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        if (shape.Rows < 1 || shape.Columns < 1 || pixels.Length != (long)shape.Rows * shape.Columns)
        {
            throw new ArgumentException($"{pixels.Length} pixels do not make an image of {shape}.", nameof(pixels));
        }

        Shape = shape;
        this.pixels = pixels;
    }

    /// <summary>Rows × columns.</summary>
    public ImageShape Shape { get; }

    /// <summary>Row by row from the top left, [rows · columns]; 0 is black, 255 white.</summary>
    public ReadOnlySpan<byte> Pixels => pixels;
}
