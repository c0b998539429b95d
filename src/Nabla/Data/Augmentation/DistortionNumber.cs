namespace Nabla.Data.Augmentation;

/// <summary>A number that sets a distortion, and its place in <see cref="DistortionOptions"/>.</summary>
/// <param name="Key">The key in JSON.</param>
/// <param name="Property">The property of the options, for messages.</param>
/// <param name="Unit">The unit of the number, as help shows it: <c>PIXELS</c>.</param>
/// <param name="Range">The allowed range, for messages.</param>
/// <param name="Allows">Whether a value lies in the range.</param>
/// <param name="Get">Reads the value from options.</param>
/// <param name="Set">Copies options with another value.</param>
internal sealed record DistortionNumber(
    string Key,
    string Property,
    string Unit,
    string Range,
    Func<double, bool> Allows,
    Func<DistortionOptions, double> Get,
    Func<DistortionOptions, double, DistortionOptions> Set);
