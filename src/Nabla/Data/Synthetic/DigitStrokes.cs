using Nabla.Numerics.Functions;

namespace Nabla.Data.Synthetic;

/// <summary>The strokes of the ten digits: chains of points in the unit square, x to the right and y down.</summary>
internal static class DigitStrokes
{
    /// <summary>Creates the strokes of each variant of each digit: [digits][variants][strokes][points].</summary>
    public static (double X, double Y)[][][][] Create() =>
    [
        [[Arc(0.5, 0.5, 0.30, 0.42, -100, 262)], [Arc(0.5, 0.5, 0.24, 0.42, -60, 300)]],
        [[Line(0.5, 0.08, 0.5, 0.92)], [Line(0.33, 0.28, 0.55, 0.08, 0.55, 0.92)], [Line(0.33, 0.26, 0.52, 0.08, 0.52, 0.92), Line(0.3, 0.92, 0.74, 0.92)]],
        [
            [[.. Arc(0.5, 0.30, 0.27, 0.22, -170, 40), .. Line(0.66, 0.50, 0.22, 0.92, 0.80, 0.92)]],
            [[.. Arc(0.5, 0.28, 0.26, 0.20, -160, 50), .. Arc(0.33, 0.84, 0.13, 0.09, -40, -330), .. Line(0.50, 0.88, 0.66, 0.93, 0.82, 0.86)]],
        ],
        [
            [[.. Arc(0.48, 0.29, 0.25, 0.21, -150, 85), .. Arc(0.48, 0.71, 0.29, 0.22, -85, 150)]],
            [[.. Line(0.24, 0.10, 0.74, 0.10, 0.48, 0.42), .. Arc(0.47, 0.67, 0.27, 0.25, -80, 150)]],
        ],
        [
            [Line(0.32, 0.08, 0.22, 0.55, 0.78, 0.55), Line(0.64, 0.22, 0.60, 0.92)],
            [Line(0.60, 0.92, 0.60, 0.08, 0.18, 0.64, 0.84, 0.64)],
        ],
        [
            [[.. Line(0.34, 0.10, 0.30, 0.45), .. Arc(0.48, 0.66, 0.28, 0.25, -125, 145)], Line(0.34, 0.10, 0.76, 0.10)],
            [[.. Line(0.76, 0.09, 0.32, 0.11, 0.27, 0.47), .. Arc(0.46, 0.67, 0.29, 0.24, -110, 150)]],
        ],
        [
            [[.. Line(0.66, 0.07, 0.42, 0.30, 0.26, 0.62), .. Arc(0.50, 0.69, 0.25, 0.22, 190, -170)]],
            [[.. Arc(0.62, 0.50, 0.38, 0.43, -80, -180), .. Arc(0.50, 0.70, 0.25, 0.21, 180, -160)]],
        ],
        [
            [Line(0.20, 0.10, 0.80, 0.10, 0.42, 0.92)],
            [Line(0.20, 0.12, 0.78, 0.12, 0.44, 0.92), Line(0.34, 0.50, 0.74, 0.50)],
            [Line(0.22, 0.24, 0.24, 0.10, 0.80, 0.10, 0.56, 0.48, 0.46, 0.92)],
        ],
        [
            [[.. Arc(0.5, 0.29, 0.22, 0.20, 90, -270), .. Arc(0.5, 0.71, 0.27, 0.22, -90, 270)]],
            [[.. Arc(0.5, 0.29, 0.21, 0.20, -30, -210), .. Line(0.33, 0.40, 0.70, 0.60), .. Arc(0.5, 0.72, 0.25, 0.20, -30, 200), .. Line(0.28, 0.62, 0.62, 0.43, 0.69, 0.32, 0.68, 0.20)]],
        ],
        [
            [[.. Arc(0.48, 0.31, 0.25, 0.23, 0, -360), .. Line(0.73, 0.34, 0.66, 0.92)]],
            [[.. Arc(0.48, 0.31, 0.25, 0.22, 0, -350), .. Arc(0.40, 0.45, 0.33, 0.46, -10, 110)]],
        ],
    ];

    private static (double X, double Y)[] Line(params ReadOnlySpan<double> coordinates)
    {
        var points = new (double X, double Y)[coordinates.Length / 2];
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = (coordinates[2 * i], coordinates[(2 * i) + 1]);
        }

        return Refined(points);
    }

    /// <summary>An arc of an ellipse. Angles are in degrees, 0 to the right, clockwise as seen.</summary>
    private static (double X, double Y)[] Arc(double x, double y, double radiusX, double radiusY, double from, double to)
    {
        int steps = Math.Max(3, (int)Math.Ceiling(Math.Abs(to - from) / 22.5));
        var points = new (double X, double Y)[steps + 1];
        for (int i = 0; i <= steps; i++)
        {
            (double sin, double cos) = ScalarMath.SinCos((from + ((to - from) * i / steps)) * (Math.PI / 180));
            points[i] = (x + (radiusX * cos), y + (radiusY * sin));
        }

        return points;
    }

    /// <summary>Cuts long straight segments, so that the wobble can bend them.</summary>
    private static (double X, double Y)[] Refined((double X, double Y)[] points)
    {
        const double Longest = 0.15;
        var refined = new List<(double X, double Y)> { points[0] };
        for (int i = 1; i < points.Length; i++)
        {
            double dx = points[i].X - points[i - 1].X, dy = points[i].Y - points[i - 1].Y;
            int pieces = Math.Max(1, (int)Math.Ceiling(Math.Sqrt((dx * dx) + (dy * dy)) / Longest));
            for (int piece = 1; piece <= pieces; piece++)
            {
                refined.Add((points[i - 1].X + (dx * piece / pieces), points[i - 1].Y + (dy * piece / pieces)));
            }
        }

        return [.. refined];
    }
}
