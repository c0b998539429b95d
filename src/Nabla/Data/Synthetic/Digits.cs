using Nabla.Numerics.Functions;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Random;
using Nabla.Numerics.Threads;

namespace Nabla.Data.Synthetic;

/// <summary>Digits that look handwritten, drawn with strokes: 28×28 grey images, white on black, ten classes.</summary>
/// <remarks>
/// Every image has its own slant, rotation, size, shift, pen and wobble. A linear classifier stays below 93%; a network
/// exceeds 98%. An image is a pure function of seed and index.
/// </remarks>
public static class Digits
{
    private const int Side = 28;

    // All pixels lie in one array.
    private static readonly int LargestCount = Array.MaxLength / (Side * Side);

    private static readonly string[] Names = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    /// <summary>Draws images.</summary>
    /// <param name="count">Number of images, 1 to some 2.7 million.</param>
    /// <param name="seed">Decides every image.</param>
    /// <param name="threads">Worker threads, at least 1; no bit depends on it.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static Dataset Generate(int count, ulong seed, int threads = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, LargestCount);
        var work = new Drawing(count, seed);
        using var team = new WorkerTeam(threads);
        team.Run(work, Math.Min(8 * threads, count));
        return Dataset.FromImages("digits", work.Pixels, new ImageShape(Side, Side), work.Labels, Names);
    }

    private sealed class Drawing(int count, ulong seed) : IParallelWork
    {
        private readonly (double X, double Y)[][][][] strokes = DigitStrokes.Create();

        public byte[] Pixels { get; } = HugePages.NewArray<byte>(count * Side * Side);

        public int[] Labels { get; } = new int[count];

        public void Run(int part, int parts)
        {
            var renderer = new StrokeRenderer(Side, Side);
            var points = new (double X, double Y)[128];
            for (int i = (int)((long)count * part / parts); i < (int)((long)count * (part + 1) / parts); i++)
            {
                var random = new CounterRandom(seed, RandomPurpose.SyntheticSamples, 0, (ulong)i);
                Labels[i] = random.NextInt32(10);
                Draw(ref random, Labels[i], renderer, points, Pixels.AsSpan(i * Side * Side, Side * Side));
            }
        }

        private void Draw(ref CounterRandom random, int digit, StrokeRenderer renderer, (double X, double Y)[] points, Span<byte> pixels)
        {
            (double X, double Y)[][] variant = strokes[digit][random.NextInt32(strokes[digit].Length)];
            var handwriting = new Handwriting(ref random);
            double pen = random.NextDouble(1.4, 3.2), ink = random.NextDouble(0.75, 1);
            renderer.Clear();
            foreach ((double X, double Y)[] stroke in variant)
            {
                for (int i = 0; i < stroke.Length; i++)
                {
                    points[i] = handwriting.Place(stroke[i].X, stroke[i].Y);
                }

                renderer.Add(points.AsSpan(0, stroke.Length), (pen / 2) + 1);
            }

            renderer.Write(pen, ink, pixels);
        }
    }

    /// <summary>One handwriting: a smooth wobble, then an affine map from the unit square to pixels.</summary>
    private readonly struct Handwriting
    {
        private readonly double xx, xy, yx, yy, shiftX, shiftY;
        private readonly double waveX, waveY, phaseX, phaseY, bendX, bendY;

        public Handwriting(ref CounterRandom random)
        {
            (double sin, double cos) = ScalarMath.SinCos(ClampedNormal(ref random, 0.16));
            double slant = ClampedNormal(ref random, 0.22);
            double height = 19 * (1 + ClampedNormal(ref random, 0.09)), width = height * 0.86 * (1 + ClampedNormal(ref random, 0.14));
            xx = cos * width;
            xy = ((cos * -slant) - sin) * height;
            yx = sin * width;
            yy = ((sin * -slant) + cos) * height;
            shiftX = ((Side - 1) / 2.0) + ClampedNormal(ref random, 1.1);
            shiftY = ((Side - 1) / 2.0) + ClampedNormal(ref random, 1.1);
            waveX = ClampedNormal(ref random, 0.045);
            waveY = ClampedNormal(ref random, 0.045);
            phaseX = random.NextDouble(0, 2 * Math.PI);
            phaseY = random.NextDouble(0, 2 * Math.PI);
            bendX = random.NextDouble(3, 7);
            bendY = random.NextDouble(3, 7);
        }

        public (double X, double Y) Place(double x, double y)
        {
            double u = x - 0.5 + (waveX * ScalarMath.SinCos((bendX * y) + phaseX).Sin);
            double v = y - 0.5 + (waveY * ScalarMath.SinCos((bendY * x) + phaseY).Sin);
            return ((xx * u) + (xy * v) + shiftX, (yx * u) + (yy * v) + shiftY);
        }

        /// <summary>
        /// Normally distributed with a deviation, clamped to 2.5 deviations, so that a digit stays readable.
        /// </summary>
        private static double ClampedNormal(ref CounterRandom random, double deviation) => deviation * Math.Clamp(random.NextNormal(), -2.5, 2.5);
    }
}
