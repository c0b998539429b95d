using Nabla.Data.Synthetic;
using Xunit;

namespace Nabla.Tests.Data.Synthetic;

public class PlaneSetsTests
{
    private const int Count = 1200;

    [Theory]
    [InlineData("moons", 2)]
    [InlineData("circles", 2)]
    [InlineData("spirals", 3)]
    [InlineData("blobs", 3)]
    [InlineData("xor", 2)]
    public void A_set_has_two_inputs_its_classes_take_turns_and_a_point_depends_on_seed_and_index_alone(string name, int classes)
    {
        Dataset set = PlaneSets.Generate(name, 90, 5), longer = PlaneSets.Generate(name, 91, 5), other = PlaneSets.Generate(name, 90, 6);
        Assert.Equal((name, 90, 2, classes), (set.Name, set.Count, set.InputCount, set.Classes.Count));
        Assert.Null(set.Image);
        for (int sample = 0; sample < 90; sample++)
        {
            Assert.Equal(sample % classes, set.Label(sample));
            Assert.Equal(Point(set, sample), Point(longer, sample));
            Assert.NotEqual(Point(set, sample), Point(other, sample));
        }
    }

    [Fact]
    public void Moons_are_half_circles_of_radius_one_with_noise()
    {
        // The first half circle is around the origin, open below; the second around (1, ½), open above.
        foreach ((double x, double y, int label) in Points("moons"))
        {
            double fromX = label == 0 ? x : x - 1, fromY = label == 0 ? y : 0.5 - y;
            Assert.InRange(Radius(fromX, fromY), 1 - (6 * 0.15), 1 + (6 * 0.15));
            Assert.True(fromY > -6 * 0.15, $"({x}, {y}) lies on the wrong half");
        }

        AssertMoments([.. Points("moons").Select(p => p.Label == 0 ? Radius(p.X, p.Y) : Radius(p.X - 1, p.Y - 0.5))], 1, 0.15);
    }

    [Fact]
    public void Circles_are_rings_of_radius_one_and_one_half()
    {
        AssertMoments([.. Points("circles").Where(p => p.Label == 0).Select(p => Radius(p.X, p.Y))], 1, 0.08);
        AssertMoments([.. Points("circles").Where(p => p.Label == 1).Select(p => Radius(p.X, p.Y))], 0.5, 0.08);
    }

    [Fact]
    public void Spirals_turn_by_four_radians_on_the_way_out_a_third_of_a_turn_apart()
    {
        foreach ((double x, double y, int label) in Points("spirals"))
        {
            double radius = Radius(x, y), angle = (4 * radius) + (2 * Math.PI * label / 3);
            // The point on the arm at this radius. Noise along the arm changes the angle by at most four times the
            // noise times the radius.
            double distance = Radius(x - (radius * Math.Cos(angle)), y - (radius * Math.Sin(angle)));
            Assert.True(distance < 6 * 0.03 * 5, $"({x}, {y}) lies {distance} from arm {label}");
            Assert.InRange(radius, 0, 1 + (6 * 0.03));
        }
    }

    [Fact]
    public void Blobs_are_normal_clouds_around_the_corners_of_a_triangle()
    {
        // Corners at distance 1.2 and angles 90°, 210°, 330°.
        (double X, double Y)[] corners = [(0, 1.2), (-1.2 * Math.Sqrt(3) / 2, -0.6), (1.2 * Math.Sqrt(3) / 2, -0.6)];
        for (int label = 0; label < 3; label++)
        {
            AssertMoments([.. Points("blobs").Where(p => p.Label == label).Select(p => p.X)], corners[label].X, 0.4);
            AssertMoments([.. Points("blobs").Where(p => p.Label == label).Select(p => p.Y)], corners[label].Y, 0.4);
        }
    }

    [Fact]
    public void Xor_fills_the_square_and_its_class_is_whether_the_signs_differ()
    {
        foreach ((double x, double y, int label) in Points("xor"))
        {
            Assert.Equal(Math.Sign(x) != Math.Sign(y) ? 1 : 0, label);
        }

        // Uniform in [−1, 1]: mean 0, deviation 1/√3.
        AssertMoments([.. Points("xor").Select(p => p.X)], 0, 1 / Math.Sqrt(3));
        AssertMoments([.. Points("xor").Select(p => p.Y)], 0, 1 / Math.Sqrt(3));
    }

    [Fact]
    public void An_unknown_name_is_refused_with_the_known_ones()
    {
        string message = Assert.Throws<ArgumentException>(() => PlaneSets.Generate("moon", 10, 0)).Message;
        Assert.Contains("'moon'", message, StringComparison.Ordinal);
        Assert.Contains("moons, spirals, circles, blobs, xor", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(int.MaxValue)]
    public void A_count_out_of_range_is_refused(int count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PlaneSets.Generate("xor", count, 0));

    private static double Radius(double x, double y) => Math.Sqrt((x * x) + (y * y));

    private static (double X, double Y) Point(Dataset set, int sample)
    {
        double[] point = new double[2];
        set.CopyInputs(sample, point);
        return (point[0], point[1]);
    }

    private static List<(double X, double Y, int Label)> Points(string name)
    {
        Dataset set = PlaneSets.Generate(name, Count, 0);
        return [.. Enumerable.Range(0, Count).Select(sample => (Point(set, sample).X, Point(set, sample).Y, set.Label(sample)))];
    }

    /// <summary>
    /// Requires the mean within 4 standard errors, plus the small outward
    /// shift by noise across a ring (σ²/2r), and the deviation within a tenth.
    /// </summary>
    private static void AssertMoments(double[] values, double mean, double deviation)
    {
        double actual = values.Average(), spread = Math.Sqrt(values.Average(value => (value - actual) * (value - actual)));
        Assert.Equal(mean, actual, (4 * deviation / Math.Sqrt(values.Length)) + (deviation * deviation));
        // The standard error of the deviation is 1/√(2n) of it: from n = 450 on, a tenth is at least three of them.
        Assert.InRange(spread, 0.9 * deviation, 1.1 * deviation);
    }
}
