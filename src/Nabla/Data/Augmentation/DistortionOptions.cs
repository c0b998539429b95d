using System.Globalization;
using Nabla.Data.Augmentation;

namespace Nabla;

/// <summary>
/// Random distortions of training images, drawn anew for every image and epoch and applied in one resampling.
/// </summary>
public sealed record DistortionOptions
{
    private const string None = "none";

    /// <summary>Largest shift along each axis in pixels, 0 to 1000.</summary>
    public double Shift { get; init; }

    /// <summary>Largest rotation in degrees, 0 to 360.</summary>
    public double Rotate { get; init; }

    /// <summary>Largest relative change of size s, 0 to below 1: factors from 1 − s to 1 + s.</summary>
    public double Scale { get; init; }

    /// <summary>Largest shear in degrees, 0 to below 90.</summary>
    public double Shear { get; init; }

    /// <summary>
    /// Strength α of the elastic displacement in pixels, 0 to 1000 (Simard, Steinkraus and Platt 2003).
    /// </summary>
    public double ElasticStrength { get; init; }

    /// <summary>Width σ in pixels of the Gaussian that smooths the displacement, above 0 to 100. Default 4.</summary>
    public double ElasticSmoothing { get; init; } = ElasticDisplacement.DefaultSmoothing;

    /// <summary>
    /// Reads the form of the command line, such as
    /// <c>shift:2,rotate:15,scale:0.1,shear:10,elastic:8/4</c>, or <c>none</c>.
    /// </summary>
    /// <param name="text">The distortions, each at most once, separated by commas.</param>
    /// <exception cref="ArgumentException">
    /// A distortion is unknown, given twice, not a number, or out of range; the message says which.
    /// </exception>
    public static DistortionOptions Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var options = new DistortionOptions();
        if (text.Trim() == None)
        {
            return options;
        }

        var seen = new HashSet<IDistortion>();
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            string[] pair = part.Split(':', 2);
            string[] values = pair.Length == 2 ? pair[1].Split('/') : [];
            IDistortion? distortion = Distortions.All.FirstOrDefault(distortion => distortion.Name == pair[0]);
            if (distortion is null || values.Length == 0 || values.Length > distortion.Numbers.Count)
            {
                string[] forms = [.. Distortions.All.Select(Distortions.Form)];
                throw new ArgumentException($"'{part}' is not a distortion: expected {string.Join(", ", forms[..^1])} or {forms[^1]}, separated by commas, or none.");
            }

            if (!seen.Add(distortion))
            {
                throw new ArgumentException($"'{part}': {distortion.Name} is given twice: leave one of them out.");
            }

            for (int i = 0; i < values.Length; i++)
            {
                options = distortion.Numbers[i].Set(options, ParseNumber(values[i], part));
            }
        }

        options.Validate();
        return options;
    }

    /// <summary>Checks every range.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message says which.</exception>
    public void Validate()
    {
        foreach (DistortionNumber number in Distortions.Numbers)
        {
            double value = number.Get(this);
            if (!number.Allows(value))
            {
                throw new ArgumentException($"{number.Property} of the distortion is {value.ToString(CultureInfo.InvariantCulture)}: expected {number.Range}.");
            }
        }
    }

    /// <summary>The form of the command line, which <see cref="Parse"/> reads back.</summary>
    public override string ToString()
    {
        IEnumerable<string> parts = Distortions.All
            .Where(distortion => distortion.Numbers[0].Get(this) > 0)
            .Select(distortion => $"{distortion.Name}:{string.Join('/', distortion.Numbers.Select(number => number.Get(this).ToString(CultureInfo.InvariantCulture)))}");
        return parts.Any() ? string.Join(',', parts) : None;
    }

    private static double ParseNumber(string text, string part) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
        ? value
        : throw new ArgumentException($"'{part}': '{text}' is not a number.");
}
