namespace Nabla.Data.Augmentation;

/// <summary>Moves an image by up to s pixels along each axis.</summary>
internal sealed class Shift : IDistortion
{
    /// <inheritdoc/>
    public string Name => "shift";

    /// <inheritdoc/>
    public IReadOnlyList<DistortionNumber> Numbers { get; } =
    [
        new(
            "shift",
            nameof(DistortionOptions.Shift),
            "PIXELS",
            "0 to 1000 pixels",
            value => value is >= 0 and <= 1000,
            options => options.Shift,
            (options, value) => options with { Shift = value }),
    ];

    /// <inheritdoc/>
    public DrawDistortion Prepare(DistortionOptions options, ImageShape shape) => (ref random, ref drawn) =>
    {
        drawn.ShiftX = random.NextDouble(-options.Shift, options.Shift);
        drawn.ShiftY = random.NextDouble(-options.Shift, options.Shift);
    };
}
