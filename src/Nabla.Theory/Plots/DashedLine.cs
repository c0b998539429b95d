using Nabla.Drawing;

namespace Nabla.Theory.Plots;

/// <summary>Cuts a polyline into dashes.</summary>
internal static class DashedLine
{
    /// <summary>Returns the dashes, each a polyline.</summary>
    /// <param name="chain">The points of the polyline.</param>
    /// <param name="dash">The length of a dash along the polyline, above 0.</param>
    /// <param name="gap">The length of a gap along the polyline, above 0.</param>
    public static IEnumerable<PixelPoint[]> Cut(IReadOnlyList<PixelPoint> chain, double dash, double gap)
    {
        var current = new List<PixelPoint>();
        double left = dash;
        bool down = true;
        for (int i = 1; i < chain.Count; i++)
        {
            PixelPoint from = chain[i - 1], to = chain[i];
            double length = Math.Sqrt(((to.X - from.X) * (to.X - from.X)) + ((to.Y - from.Y) * (to.Y - from.Y)));
            for (double at = 0; at < length;)
            {
                double next = Math.Min(length, at + left);
                if (down)
                {
                    if (current.Count == 0)
                    {
                        current.Add(Along(from, to, at / length));
                    }

                    current.Add(Along(from, to, next / length));
                }

                // Compared before the subtraction, whose rounding could leave a dash of almost no length.
                bool turns = next < length || left == length - at;
                left -= next - at;
                at = next;
                if (turns)
                {
                    if (down)
                    {
                        yield return [.. current];
                        current.Clear();
                    }

                    down = !down;
                    left = down ? dash : gap;
                }
            }
        }

        if (current.Count > 0)
        {
            yield return [.. current];
        }
    }

    private static PixelPoint Along(PixelPoint from, PixelPoint to, double share) => new(from.X + (share * (to.X - from.X)), from.Y + (share * (to.Y - from.Y)));
}
