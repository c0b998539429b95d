namespace Nabla.Data.Augmentation;

/// <summary>Turns an image about its centre by up to d degrees in either direction.</summary>
internal sealed class Rotation : IDistortion
{
    /// <inheritdoc/>
    public string Name => "rotate";

    /// <inheritdoc/>
    public IReadOnlyList<DistortionNumber> Numbers { get; } =
    [
        new(
            "rotate",
            nameof(DistortionOptions.Rotate),
            "DEGREES",
            "0 to 360 degrees",
            value => value is >= 0 and <= 360,
            options => options.Rotate,
            (options, value) => options with { Rotate = value }),
    ];

    /// <inheritdoc/>
    public DrawDistortion Prepare(DistortionOptions options, ImageShape shape) =>
        (ref random, ref drawn) => drawn.Rotation = random.NextDouble(-options.Rotate, options.Rotate);
}
