namespace Nabla.Data.Augmentation;

/// <summary>The registry of distortions.</summary>
/// <remarks>
/// The order is the order of drawing, and so part of the bits: a new distortion goes to the end. All draw from one
/// stream, and they draw their numbers even when they are off, so that switching one on leaves the others as they were.
/// The last alone may draw nothing.
/// </remarks>
internal static class Distortions
{
    /// <summary>The distortions, in drawing order.</summary>
    public static IReadOnlyList<IDistortion> All { get; } = [new Shift(), new Rotation(), new Scaling(), new Shear(), new ElasticDisplacement()];

    /// <summary>The numbers of all distortions, in order.</summary>
    public static IReadOnlyList<DistortionNumber> Numbers { get; } = [.. All.SelectMany(distortion => distortion.Numbers)];

    /// <summary>The text that sets a distortion, as help shows it: <c>elastic:STRENGTH/SMOOTHING</c>.</summary>
    public static string Form(IDistortion distortion) => $"{distortion.Name}:{string.Join('/', distortion.Numbers.Select(number => number.Unit))}";
}
