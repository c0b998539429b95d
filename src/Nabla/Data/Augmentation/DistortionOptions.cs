namespace Nabla.Data.Augmentation;

/// <summary>Random distortions of training images, drawn anew for every image and epoch and applied in one resampling.</summary>
public sealed record DistortionOptions
{
    /// <summary>Largest shift along each axis in pixels, at least 0.</summary>
    public double Shift { get; init; }

    /// <summary>Largest rotation in degrees, 0 to 180.</summary>
    public double Rotate { get; init; }

    /// <summary>Largest relative change of size, 0 to below 1: factors from 1 − s to 1 + s.</summary>
    public double Scale { get; init; }

    /// <summary>Largest shear in degrees, 0 to below 90.</summary>
    public double Shear { get; init; }

    /// <summary>Strength α of the elastic displacement in pixels, at least 0 (Simard, Steinkraus and Platt 2003).</summary>
    public double ElasticStrength { get; init; }

    /// <summary>Width σ in pixels of the Gaussian that smooths the displacement, above 0. Default 4.</summary>
    public double ElasticSmoothing { get; init; } = 4;
}
