namespace Nabla.Data.Augmentation;

/// <summary>Slants an image along x by up to d degrees in either direction.</summary>
internal sealed class Shear : IDistortion
{
    /// <inheritdoc/>
    public string Name => "shear";

    /// <inheritdoc/>
    public IReadOnlyList<DistortionNumber> Numbers { get; } =
    [
        new(
            "shear",
            nameof(DistortionOptions.Shear),
            "DEGREES",
            "0 to below 90 degrees",
            value => value is >= 0 and < 90,
            options => options.Shear,
            (options, value) => options with { Shear = value }),
    ];

    /// <inheritdoc/>
    public DrawDistortion Prepare(DistortionOptions options, ImageShape shape) =>
        (ref random, ref drawn) => drawn.Shear = random.NextDouble(-options.Shear, options.Shear);
}
