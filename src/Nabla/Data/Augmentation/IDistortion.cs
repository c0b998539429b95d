using Nabla.Numerics.Random;

namespace Nabla.Data.Augmentation;

/// <summary>Draws the random numbers of a distortion for one image.</summary>
/// <param name="random">The random stream of the image, shared by all distortions.</param>
/// <param name="drawn">Receives the numbers.</param>
internal delegate void DrawDistortion(ref CounterRandom random, ref DrawnDistortion drawn);

/// <summary>One kind of random distortion: a row of <see cref="Distortions"/>.</summary>
internal interface IDistortion
{
    /// <summary>The name in the text of options, such as <c>shift</c>.</summary>
    string Name { get; }

    /// <summary>
    /// The numbers that set the distortion, in the order of the text. The
    /// first is its size: 0 switches it off. The others may be left out.
    /// </summary>
    IReadOnlyList<DistortionNumber> Numbers { get; }

    /// <summary>
    /// Prepares the drawing for images of one shape. The result serves one thread at a time and allocates nothing.
    /// </summary>
    DrawDistortion Prepare(DistortionOptions options, ImageShape shape);
}
