namespace Nabla.Data.Augmentation;

/// <summary>Changes the size of an image by a factor from 1 − s to 1 + s.</summary>
internal sealed class Scaling : IDistortion
{
    /// <inheritdoc/>
    public string Name => "scale";

    /// <inheritdoc/>
    public IReadOnlyList<DistortionNumber> Numbers { get; } =
    [
        new(
            "scale",
            nameof(DistortionOptions.Scale),
            "SHARE",
            "0 to below 1",
            value => value is >= 0 and < 1,
            options => options.Scale,
            (options, value) => options with { Scale = value }),
    ];

    /// <inheritdoc/>
    public DrawDistortion Prepare(DistortionOptions options, ImageShape shape) =>
        (ref random, ref drawn) => drawn.Scale = 1 + random.NextDouble(-options.Scale, options.Scale);
}
