using System.Globalization;

namespace Nabla.Data.Augmentation;

/// <summary>Random distortions of training images, drawn anew for every image and epoch and applied in one resampling.</summary>
public sealed record DistortionOptions
{
    private const string None = "none";

    /// <summary>Largest shift along each axis in pixels, at least 0.</summary>
    public double Shift { get; init; }

    /// <summary>Largest rotation in degrees, 0 to 360.</summary>
    public double Rotate { get; init; }

    /// <summary>Largest relative change of size, 0 to below 1: factors from 1 − s to 1 + s.</summary>
    public double Scale { get; init; }

    /// <summary>Largest shear in degrees, 0 to below 90.</summary>
    public double Shear { get; init; }

    /// <summary>Strength α of the elastic displacement in pixels, at least 0 (Simard, Steinkraus and Platt 2003).</summary>
    public double ElasticStrength { get; init; }

    /// <summary>Width σ in pixels of the Gaussian that smooths the displacement, above 0. Default 4.</summary>
    public double ElasticSmoothing { get; init; } = 4;

    /// <summary>Reads the form of the command line, such as <c>shift:2,rotate:15,scale:0.1,shear:10,elastic:8/4</c>, or <c>none</c>.</summary>
    /// <param name="text">The distortions, each at most once, separated by commas.</param>
    /// <exception cref="ArgumentException">A part is unknown, given twice, no number, or out of range; the message says which.</exception>
    public static DistortionOptions Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var options = new DistortionOptions();
        if (text.Trim() == None)
        {
            return options;
        }

        var seen = new HashSet<string>();
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            string[] pair = part.Split(':', 2);
            string[] numbers = pair.Length == 2 ? pair[1].Split('/') : [];
            double[] values = [.. numbers.Select(number => ParseNumber(number, part))];
            options = (pair[0], values) switch
            {
                ("shift", [var value]) => options with { Shift = value },
                ("rotate", [var value]) => options with { Rotate = value },
                ("scale", [var value]) => options with { Scale = value },
                ("shear", [var value]) => options with { Shear = value },
                ("elastic", [var strength]) => options with { ElasticStrength = strength },
                ("elastic", [var strength, var smoothing]) => options with { ElasticStrength = strength, ElasticSmoothing = smoothing },
                _ => throw new ArgumentException($"'{part}' is no distortion: expected shift:PIXELS, rotate:DEGREES, scale:SHARE, shear:DEGREES or elastic:STRENGTH/SMOOTHING, separated by commas, or none."),
            };
            if (!seen.Add(pair[0]))
            {
                throw new ArgumentException($"'{part}': {pair[0]} is given twice: leave one of them out.");
            }
        }

        options.Validate();
        return options;
    }

    /// <summary>Checks every range.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message says which.</exception>
    public void Validate()
    {
        Require(Shift is >= 0 and <= 1000, nameof(Shift), Shift, "0 to 1000 pixels");
        Require(Rotate is >= 0 and <= 360, nameof(Rotate), Rotate, "0 to 360 degrees");
        Require(Scale is >= 0 and < 1, nameof(Scale), Scale, "0 to below 1");
        Require(Shear is >= 0 and < 90, nameof(Shear), Shear, "0 to below 90 degrees");
        Require(ElasticStrength is >= 0 and <= 1000, nameof(ElasticStrength), ElasticStrength, "0 to 1000 pixels");
        Require(ElasticSmoothing is > 0 and <= 100, nameof(ElasticSmoothing), ElasticSmoothing, "above 0 to 100 pixels");
    }

    /// <summary>The form of the command line, which <see cref="Parse"/> reads back.</summary>
    public override string ToString()
    {
        var parts = new List<string>();
        Add("shift", Shift);
        Add("rotate", Rotate);
        Add("scale", Scale);
        Add("shear", Shear);
        if (ElasticStrength > 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"elastic:{ElasticStrength}/{ElasticSmoothing}"));
        }

        return parts.Count > 0 ? string.Join(',', parts) : None;

        void Add(string name, double value)
        {
            if (value > 0)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{name}:{value}"));
            }
        }
    }

    private static double ParseNumber(string text, string part) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
        ? value
        : throw new ArgumentException($"'{part}': '{text}' is no number.");

    private static void Require(bool holds, string name, double value, string range)
    {
        if (!holds)
        {
            throw new ArgumentException($"{name} of the distortion is {value.ToString(CultureInfo.InvariantCulture)}: expected {range}.");
        }
    }
}
