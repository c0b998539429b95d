using FsCheck;
using FsCheck.Fluent;
using Nabla.Data.Augmentation;
using Xunit;

namespace Nabla.Tests.Data.Augmentation;

public class AffineMapTests
{
    [Fact]
    public void The_inverse_undoes_shear_then_scale_then_rotation_then_shift()
    {
        Gen<double[]> cases = Gen.Choose(-1000, 1000).Select(n => n / 1000.0).ArrayOf(7);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            double shiftX = 5 * c[0], shiftY = 5 * c[1], degrees = 360 * c[2], scale = 1 + (0.9 * c[3]), shear = 80 * c[4], x = 14 * c[5], y = 14 * c[6];

            // Forward, one distortion after the other, in the documented order.
            double shearedX = scale * (x + (Math.Tan(shear * Math.PI / 180) * y)), shearedY = scale * y;
            double angle = degrees * Math.PI / 180;
            double turnedX = (Math.Cos(angle) * shearedX) - (Math.Sin(angle) * shearedY);
            double turnedY = (Math.Sin(angle) * shearedX) + (Math.Cos(angle) * shearedY);

            (double backX, double backY) = AffineMap.Inverse(shiftX, shiftY, degrees, scale, shear).At(turnedX + shiftX, turnedY + shiftY);
            // With a scale of 0.1 and a tangent of 5.7 the error is some 60 times the rounding of numbers up to 30.
            return Math.Abs(backX - x) < 1e-11 && Math.Abs(backY - y) < 1e-11;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Nothing_at_all_is_the_identity_to_the_bit() =>
        Assert.Equal((3.7, -2.1), AffineMap.Inverse(0, 0, 0, 1, 0).At(3.7, -2.1));
}
