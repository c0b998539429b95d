namespace Nabla.Data.Augmentation;

/// <summary>Resamples an image through a map from destination to source, bilinear between pixels.</summary>
/// <param name="shape">The shape of source and destination.</param>
internal sealed class BilinearWarp(ImageShape shape)
{
    /// <summary>destination(p) ← source(map(p) + displacement(p)); outside the image, source is 0.</summary>
    /// <param name="source">The image, [rows · columns].</param>
    /// <param name="map">
    /// The point of the source for each point of the destination, from the centre of the image.
    /// </param>
    /// <param name="displacementX">Added to the source's x, [rows · columns]; empty for none.</param>
    /// <param name="displacementY">Added to the source's y, [rows · columns]; empty for none.</param>
    /// <param name="destination">The result, [rows · columns].</param>
    public void Apply(
        ReadOnlySpan<float> source, AffineMap map, ReadOnlySpan<double> displacementX, ReadOnlySpan<double> displacementY, Span<float> destination)
    {
        double centreX = (shape.Columns - 1) / 2.0, centreY = (shape.Rows - 1) / 2.0;
        for (int row = 0; row < shape.Rows; row++)
        {
            for (int column = 0; column < shape.Columns; column++)
            {
                int pixel = (row * shape.Columns) + column;
                (double x, double y) = map.At(column - centreX, row - centreY);
                if (!displacementX.IsEmpty)
                {
                    x += displacementX[pixel];
                    y += displacementY[pixel];
                }

                destination[pixel] = Sample(source, x + centreX, y + centreY);
            }
        }
    }

    /// <summary>The image at a point between its pixels. Over the one pixel around the image it fades to 0.</summary>
    private float Sample(ReadOnlySpan<float> source, double x, double y)
    {
        double left = Math.Floor(x), top = Math.Floor(y);
        if (!(left >= -1 && top >= -1 && left < shape.Columns && top < shape.Rows))
        {
            return 0;
        }

        int column = (int)left, row = (int)top;
        double fx = x - left, fy = y - top;
        double above = SampleRow(source, row, column, fx), below = SampleRow(source, row + 1, column, fx);
        return (float)(above + (fy * (below - above)));
    }

    /// <summary>The image between a pixel and its right neighbour.</summary>
    private double SampleRow(ReadOnlySpan<float> source, int row, int column, double fx)
    {
        if ((uint)row >= (uint)shape.Rows)
        {
            return 0;
        }

        double left = (uint)column < (uint)shape.Columns ? source[(row * shape.Columns) + column] : 0;
        double right = (uint)(column + 1) < (uint)shape.Columns ? source[(row * shape.Columns) + column + 1] : 0;
        return left + (fx * (right - left));
    }
}
