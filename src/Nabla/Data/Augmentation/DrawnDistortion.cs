namespace Nabla.Data.Augmentation;

/// <summary>The numbers that the distortions have drawn for one image. The initial value distorts nothing.</summary>
internal ref struct DrawnDistortion
{
    public DrawnDistortion()
    {
    }

    /// <summary>Pixels to the right.</summary>
    public double ShiftX { get; set; }

    /// <summary>Pixels down.</summary>
    public double ShiftY { get; set; }

    /// <summary>Angle of the rotation in degrees, clockwise as seen.</summary>
    public double Rotation { get; set; }

    /// <summary>Factor of the size.</summary>
    public double Scale { get; set; } = 1;

    /// <summary>Angle of the shear in degrees.</summary>
    public double Shear { get; set; }

    /// <summary>Displacement of each pixel along x, [rows · columns]; empty for none.</summary>
    public ReadOnlySpan<double> DisplacementX { get; set; }

    /// <summary>Displacement of each pixel along y, [rows · columns]; empty for none.</summary>
    public ReadOnlySpan<double> DisplacementY { get; set; }
}
