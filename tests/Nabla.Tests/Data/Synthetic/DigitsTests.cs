using Nabla.Data.Synthetic;
using Xunit;

namespace Nabla.Tests.Data.Synthetic;

public class DigitsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_bit_depends_on_the_threads_or_on_the_number_of_images(int threads)
    {
        Dataset one = Digits.Generate(101, 42), other = Digits.Generate(100 + threads, 42, threads);
        for (int sample = 0; sample < 101; sample++)
        {
            Assert.Equal(one.Label(sample), other.Label(sample));
            Assert.True(one.Pixels(sample).SequenceEqual(other.Pixels(sample)), $"image {sample} differs");
        }
    }

    [Fact]
    public void Another_seed_draws_other_images()
    {
        Dataset one = Digits.Generate(20, 1), other = Digits.Generate(20, 2);
        Assert.DoesNotContain(Enumerable.Range(0, 20), sample => one.Pixels(sample).SequenceEqual(other.Pixels(sample)));
    }

    [Fact]
    public void An_image_has_28_by_28_pixels_and_one_of_ten_classes()
    {
        Dataset digits = Digits.Generate(1, 0);
        Assert.Equal("digits", digits.Name);
        Assert.Equal(new ImageShape(28, 28), digits.Image);
        Assert.Equal(784, digits.InputCount);
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], digits.Classes);
    }

    [Fact]
    public void The_classes_are_equally_likely()
    {
        Dataset digits = Digits.Generate(5000, 0, 2);
        int[] counts = new int[10];
        for (int sample = 0; sample < digits.Count; sample++)
        {
            counts[digits.Label(sample)]++;
        }

        // Binomial: 500 ± 4·√(5000·0.1·0.9).
        Assert.All(counts, count => Assert.InRange(count, 415, 585));
    }

    [Fact]
    public void Every_image_is_mostly_black_with_a_clear_stroke_and_the_mean_is_that_of_handwriting()
    {
        Dataset digits = Digits.Generate(2000, 0, 2);
        double sum = 0;
        for (int sample = 0; sample < digits.Count; sample++)
        {
            int ink = 0, black = 0, brightest = 0;
            foreach (byte pixel in digits.Pixels(sample))
            {
                sum += pixel / 255.0;
                ink += pixel > 64 ? 1 : 0;
                black += pixel == 0 ? 1 : 0;
                brightest = Math.Max(brightest, pixel);
            }

            // A stroke is at least 12 pixels long, and no digit fills a third of the image.
            Assert.InRange(ink, 12, 784 / 3);
            Assert.True(black > 784 / 2, $"image {sample} has only {black} black pixels");
            Assert.True(brightest > 150, $"image {sample} is faint: {brightest}");
        }

        // Scanned handwritten digits at 28×28 have a mean near 0.13, with thin pens less.
        Assert.InRange(sum / (digits.Count * 784.0), 0.06, 0.16);
    }

    [Fact]
    public void The_label_says_what_is_drawn_but_the_mean_image_of_a_class_is_no_good_classifier()
    {
        const int Train = 2000, Test = 1000;
        Dataset digits = Digits.Generate(Train + Test, 0, 2);
        double[][] means = [.. Enumerable.Range(0, 10).Select(_ => new double[784])];
        int[] counts = new int[10];
        for (int sample = 0; sample < Train; sample++)
        {
            int label = digits.Label(sample);
            counts[label]++;
            ReadOnlySpan<byte> pixels = digits.Pixels(sample);
            for (int i = 0; i < 784; i++)
            {
                means[label][i] += (pixels[i] - means[label][i]) / counts[label];
            }
        }

        int correct = 0;
        for (int sample = Train; sample < Train + Test; sample++)
        {
            byte[] pixels = digits.Pixels(sample).ToArray();
            int nearest = Enumerable.Range(0, 10).MinBy(label => means[label].Zip(pixels, (mean, pixel) => (mean - pixel) * (mean - pixel)).Sum());
            correct += nearest == digits.Label(sample) ? 1 : 0;
        }

        // Chance is 100. Every image has its own slant, size and position, so class means blur.
        Assert.InRange(correct, 500, 900);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void A_count_that_no_array_can_hold_is_refused(int count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Digits.Generate(count, 0));
}
