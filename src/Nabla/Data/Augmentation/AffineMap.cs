using Nabla.Numerics.Functions;

namespace Nabla.Data.Augmentation;

/// <summary>
/// A map of the plane, (x, y) ↦ (Xx·x + Xy·y + X0, Yx·x + Yy·y +
/// Y0), x to the right and y down from the centre of an image.
/// </summary>
internal readonly record struct AffineMap(double Xx, double Xy, double X0, double Yx, double Yy, double Y0)
{
    /// <summary>
    /// The map from result to source, for an image that is sheared
    /// along x, scaled, turned clockwise as seen, then shifted.
    /// </summary>
    /// <param name="shiftX">Pixels to the right.</param>
    /// <param name="shiftY">Pixels down.</param>
    /// <param name="degrees">Angle of the rotation.</param>
    /// <param name="scale">Factor of the size, above 0.</param>
    /// <param name="shearDegrees">Angle of the shear.</param>
    public static AffineMap Inverse(double shiftX, double shiftY, double degrees, double scale, double shearDegrees)
    {
        (double sin, double cos) = ScalarMath.SinCos(degrees * (Math.PI / 180));
        (double shearSin, double shearCos) = ScalarMath.SinCos(shearDegrees * (Math.PI / 180));
        double shear = shearSin / shearCos;

        // Forward: p = R·S·H·q + t with H = [1 h; 0 1]. Backward: q = H⁻¹·S⁻¹·R⁻¹·(p − t).
        double xx = (cos - (shear * -sin)) / scale, xy = (sin - (shear * cos)) / scale;
        double yx = -sin / scale, yy = cos / scale;
        return new AffineMap(xx, xy, -((xx * shiftX) + (xy * shiftY)), yx, yy, -((yx * shiftX) + (yy * shiftY)));
    }

    public (double X, double Y) At(double x, double y) => ((Xx * x) + (Xy * y) + X0, (Yx * x) + (Yy * y) + Y0);
}
