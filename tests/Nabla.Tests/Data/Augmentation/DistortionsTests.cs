using Nabla.Data.Augmentation;
using Nabla.Numerics.Random;
using Xunit;

namespace Nabla.Tests.Data.Augmentation;

public class DistortionsTests
{
    private static readonly ImageShape Shape = new(4, 5);

    public static TheoryData<string> Names => [.. Distortions.All.Select(distortion => distortion.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_distortion_is_read_and_written_by_its_name(string name)
    {
        IDistortion distortion = Find(name);
        DistortionOptions options = distortion.Numbers.Aggregate(new DistortionOptions(), (options, number) => number.Set(options, 0.25));
        string text = $"{name}:{string.Join('/', distortion.Numbers.Select(_ => "0.25"))}";
        Assert.Equal(text, options.ToString());
        Assert.Equal(options, DistortionOptions.Parse(text));
        Assert.Contains(Distortions.Form(distortion), Assert.Throws<ArgumentException>(() => DistortionOptions.Parse("?")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_number_has_a_key_of_its_own_and_a_default_in_its_range()
    {
        Assert.Equal(["shift", "rotate", "scale", "shear", "elastic_strength", "elastic_smoothing"], Distortions.Numbers.Select(number => number.Key));
        Assert.All(Distortions.Numbers, number => Assert.True(number.Allows(number.Get(new DistortionOptions()))));
    }

    /// <summary>Otherwise a run with one more distortion could not be compared with the run before it.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Switching_the_others_on_leaves_what_a_distortion_draws(string name)
    {
        DistortionOptions all = DistortionOptions.Parse("shift:2,rotate:15,scale:0.1,shear:10,elastic:8/2");
        DistortionOptions alone = Find(name).Numbers.Aggregate(new DistortionOptions(), (options, number) => number.Set(options, number.Get(all)));
        double[] expected = Draw(alone, name), drawn = Draw(all, name);
        Assert.NotEqual(new double[expected.Length], expected);
        Assert.Equal(expected, drawn);
    }

    private static IDistortion Find(string name) => Distortions.All.Single(distortion => distortion.Name == name);

    /// <summary>The numbers that one distortion draws after those before it.</summary>
    private static double[] Draw(DistortionOptions options, string name)
    {
        var random = new CounterRandom(3, RandomPurpose.Distortion, 1, 7);
        foreach (IDistortion distortion in Distortions.All)
        {
            var drawn = new DrawnDistortion();
            distortion.Prepare(options, Shape)(ref random, ref drawn);
            if (distortion.Name == name)
            {
                return [drawn.ShiftX, drawn.ShiftY, drawn.Rotation, drawn.Scale - 1, drawn.Shear, .. drawn.DisplacementX, .. drawn.DisplacementY];
            }
        }

        return [];
    }
}
