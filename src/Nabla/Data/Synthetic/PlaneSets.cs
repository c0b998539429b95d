using Nabla.Numerics.Functions;
using Nabla.Numerics.Random;

namespace Nabla.Data.Synthetic;

/// <summary>Draws a point of a class.</summary>
internal delegate (double X, double Y) DrawPoint(ref CounterRandom random, int label);

/// <summary>A set of points in the plane.</summary>
/// <param name="Name">The name.</param>
/// <param name="Description">A short description of the points.</param>
/// <param name="ClassCount">Number of classes.</param>
/// <param name="Draw">Draws a point of a class.</param>
internal sealed record PlaneSet(string Name, string Description, int ClassCount, DrawPoint Draw);

/// <summary>Small sets of points in the plane, for a first look and for tests.</summary>
public static class PlaneSets
{
    /// <summary>The registry of the sets.</summary>
    internal static IReadOnlyList<PlaneSet> All { get; } =
    [
        new("moons", "two interleaved half circles in the plane", 2, Moon),
        new("spirals", "three spiral arms in the plane", 3, Spiral),
        new("circles", "a ring around a disc in the plane", 2, Circle),
        new("blobs", "three normal clouds in the plane", 3, Blob),
        new("xor", "the four quadrants of a square, two classes", 2, Quadrant),
    ];

    /// <summary>Draws a set. Each point is a pure function of seed and index. The classes take turns.</summary>
    /// <param name="name">
    /// <c>moons</c>: half circles of radius 1, the second turned and moved by (1, ½), noise 0.15.
    /// <c>circles</c>: a ring of radius 1 around a ring of radius ½, noise 0.08.
    /// <c>spirals</c>: three arms r = t, angle 4t + 2πk/3, noise 0.03.
    /// <c>blobs</c>: N(0, 0.4²) around the three corners of a triangle.
    /// <c>xor</c>: uniform in [−1, 1]²; the class tells whether the signs differ.
    /// </param>
    /// <param name="count">Number of points, 1 to 10⁹.</param>
    /// <param name="seed">Decides every point.</param>
    /// <exception cref="ArgumentException">The name is unknown.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The count is out of its range.</exception>
    public static Dataset Generate(string name, int count, ulong seed)
    {
        PlaneSet set = All.FirstOrDefault(set => set.Name == name)
            ?? throw new ArgumentException($"There is no set of points named '{name}': expected one of {string.Join(", ", All.Select(set => set.Name))}.", nameof(name));
        return Generate(set, count, seed);
    }

    /// <inheritdoc cref="Generate(string, int, ulong)" path="/summary"/>
    internal static Dataset Generate(PlaneSet set, int count, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 1_000_000_000);
        double[] points = new double[2 * count];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            var random = new CounterRandom(seed, RandomPurpose.SyntheticSamples, 1, (ulong)i);
            labels[i] = i % set.ClassCount;
            (points[2 * i], points[(2 * i) + 1]) = set.Draw(ref random, labels[i]);
        }

        return Dataset.FromRows(set.Name, points, 2, labels, [.. Enumerable.Range(0, set.ClassCount).Select(c => ((char)('A' + c)).ToString())]);
    }

    private static (double X, double Y) Moon(ref CounterRandom random, int label)
    {
        (double sin, double cos) = ScalarMath.SinCos(Math.PI * random.NextDouble());
        (double x, double y) = label == 0 ? (cos, sin) : (1 - cos, 0.5 - sin);
        return (x + (0.15 * random.NextNormal()), y + (0.15 * random.NextNormal()));
    }

    private static (double X, double Y) Circle(ref CounterRandom random, int label)
    {
        (double sin, double cos) = ScalarMath.SinCos(2 * Math.PI * random.NextDouble());
        double radius = label == 0 ? 1 : 0.5;
        return ((radius * cos) + (0.08 * random.NextNormal()), (radius * sin) + (0.08 * random.NextNormal()));
    }

    private static (double X, double Y) Spiral(ref CounterRandom random, int label)
    {
        double t = 0.1 + (0.9 * random.NextDouble());
        (double sin, double cos) = ScalarMath.SinCos((4 * t) + (2 * Math.PI * label / 3));
        return ((t * cos) + (0.03 * random.NextNormal()), (t * sin) + (0.03 * random.NextNormal()));
    }

    private static (double X, double Y) Blob(ref CounterRandom random, int label)
    {
        (double sin, double cos) = ScalarMath.SinCos((Math.PI / 2) + (2 * Math.PI * label / 3));
        return ((1.2 * cos) + (0.4 * random.NextNormal()), (1.2 * sin) + (0.4 * random.NextNormal()));
    }

    private static (double X, double Y) Quadrant(ref CounterRandom random, int label)
    {
        double x = random.NextDouble(-1, 1), y = Math.Abs(random.NextDouble(-1, 1));
        return (x, (x > 0) == (label == 0) ? y : -y);
    }
}
