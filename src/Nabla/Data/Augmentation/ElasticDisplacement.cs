namespace Nabla.Data.Augmentation;

/// <summary>
/// Displaces every pixel by a smooth random field along each axis (Simard, Steinkraus and Platt 2003).
/// </summary>
internal sealed class ElasticDisplacement : IDistortion
{
    /// <summary>σ in pixels where only the strength is given.</summary>
    public const double DefaultSmoothing = 4;

    /// <inheritdoc/>
    public string Name => "elastic";

    /// <inheritdoc/>
    public IReadOnlyList<DistortionNumber> Numbers { get; } =
    [
        new(
            "elastic_strength",
            nameof(DistortionOptions.ElasticStrength),
            "STRENGTH",
            "0 to 1000 pixels",
            value => value is >= 0 and <= 1000,
            options => options.ElasticStrength,
            (options, value) => options with { ElasticStrength = value }),
        new(
            "elastic_smoothing",
            nameof(DistortionOptions.ElasticSmoothing),
            "SMOOTHING",
            "above 0 to 100 pixels",
            value => value is > 0 and <= 100,
            options => options.ElasticSmoothing,
            (options, value) => options with { ElasticSmoothing = value }),
    ];

    /// <inheritdoc/>
    public DrawDistortion Prepare(DistortionOptions options, ImageShape shape)
    {
        if (options.ElasticStrength == 0)
        {
            return (ref _, ref _) => { };
        }

        var x = new ElasticField(shape, options.ElasticStrength, options.ElasticSmoothing);
        var y = new ElasticField(shape, options.ElasticStrength, options.ElasticSmoothing);
        return (ref random, ref drawn) =>
        {
            x.Draw(ref random);
            y.Draw(ref random);
            drawn.DisplacementX = x.Values;
            drawn.DisplacementY = y.Values;
        };
    }
}
