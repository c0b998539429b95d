using Nabla.Data.Synthetic;
using Nabla.Diagnosis;
using Nabla.Network.Activations;
using Nabla.Theory.Plots;

namespace Nabla.Theory.Initialisation;

/// <summary>The effect of large initial weights on the slopes of the units and on the first epochs.</summary>
internal static class SaturationChecks
{
    private static readonly NetworkOptions Network = NetworkOptions.FeedForward(784, [30], 10, Activation.Sigmoid, Activation.Sigmoid, Cost.CrossEntropy);

    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T97",
            Title = "Spread under N(0,1) weights; \"almost surely saturated\"",
            Status = ClaimStatus.Imprecise,
            Sources = ["Book exercises I, §8.1", "Book exercises II, 14 (1)"],
            Claim = "With weights N(0, 1) the hidden units are almost certainly saturated, σ′ → 0.",
            Correction =
                "About 84% of the units are saturated, and the mean of σ′ is smaller by a factor of 10.85. Learning " +
                "starts slowly, but it does not stand still.",
            Formula = @"\sqrt{\operatorname{Var} z} = \sqrt{501} = 22.38, \qquad P(\sigma'(z)<0.01) = 0.8377, \qquad \frac{E\,\sigma'_{\text{scaled}}}{E\,\sigma'_{\text{large}}} = \frac{0.19276}{0.01777} = 10.85",
            Derivation = """
                With the inputs of T95, $\operatorname{Var}z=500\cdot1+1=501$. Near 0 such a wide normal distribution
                has the nearly constant density $1/(22.4\sqrt{2\pi})=0.0178$, and $\int\sigma'(z)\,dz=1$. So
                $E\,\sigma'\approx0.0178$. The slope is below $0.01$ if $|z|>4.595$, which has the probability $0.838$.

                "Almost surely" would mean a probability of 1, and $\sigma'\to0$ would mean that the slope has no
                positive lower bound. In fact a sixth of the units have a useful slope, and five sixths hardly learn.
                Training shows the same: with large weights the network starts with a much larger cost on the same
                digits. Only its fourth epoch ends with a lower cost than the first epoch of scaled weights.
                """,
            Run = Saturation,
            Plot = SlowStart,
        },
    ];

    private static void Saturation(Findings findings)
    {
        const int Draws = 20_000 / Spread.UnitsOfADraw;
        double large = Math.Sqrt(501), scaled = Math.Sqrt(1.5);
        findings.Given("number of inputs, number of inputs equal to 1", Spread.Inputs, Spread.HalfOnes.Count(x => x == 1));
        findings.Equal("√501", large, 22.3830292855994);
        findings.Equal("P(σ′ < 0.01), large", SaturatedShare(large), 0.837699800274995);
        findings.Equal("P(σ′ < 0.01), scaled", SaturatedShare(scaled), 0.000181456365190867);
        findings.Equal("E σ′, large", MeanSlope(large), 0.0177653063105761);
        findings.Equal("E σ′, scaled", MeanSlope(scaled), 0.192762698419394);
        findings.Equal("quotient of the two", MeanSlope(scaled) / MeanSlope(large), 10.85, 5e-4);

        double[] z = Spread.WeightedInputs(Initializer.Large, Spread.HalfOnes, Draws);
        double[] slopes = [.. z.Select(Slope)];
        double share = slopes.Count(slope => slope < LayerProbe.SaturationLimit) / (double)slopes.Length;
        findings.Given("number of units drawn", z.Length);
        findings.Equal("standard deviation of z, within four standard errors", Spread.StandardDeviation(z), 22.3830292855994, 0.448 / 22.3830292855994);
        findings.Equal("share of σ′ < 0.01, within four standard errors", share, 0.837699800274995, 0.011);
        findings.Reported("mean σ′ of these units", slopes.Average());
        findings.Refuted("probability of saturation, published as 1", 1, 1, share);
        findings.Refuted("mean σ′, published as → 0", 0, 0, slopes.Average());

        Dataset digits = Digits.Generate(500, 0);
        double[] slow = Costs(Initializer.Large, digits), fast = Costs(Initializer.Scaled, digits);
        LayerProbe before = Probe(Initializer.Large, digits), reference = Probe(Initializer.Scaled, digits);
        findings.Given("experiment", "784-30-10, 500 digits, cross-entropy, η = 0.1, mini-batches of 10");
        findings.Reported("share of saturated hidden units on digits at the start, large and scaled", before.SaturatedShare, reference.SaturatedShare);
        findings.Reported("mean σ′ on digits at the start, large and scaled", before.MeanDerivative, reference.MeanDerivative);
        findings.Reported("cost of each epoch, large", slow);
        findings.Reported("cost of each epoch, scaled", fast);
        findings.Holds("large weights have the smaller mean σ′ and more saturated units", before.MeanDerivative < reference.MeanDerivative && before.SaturatedShare > reference.SaturatedShare);
        findings.Holds("large weights have the larger cost in every epoch", slow.Zip(fast, (s, f) => s > f).All(larger => larger));
        findings.Holds("the cost with large weights falls below that of the first epoch with scaled weights in the fourth epoch", slow[2] > fast[0] && slow[3] < fast[0]);
        findings.Holds("the cost with large weights falls in every epoch", slow.Zip(slow.Skip(1), (last, next) => next < last).All(falls => falls));
    }

    private static Plot SlowStart()
    {
        Dataset digits = Digits.Generate(500, 0);
        return new Plot
        {
            Title = "The slow start of large weights: 784-30-10 on 500 digits",
            X = "epoch",
            Y = "training cost",
            Curves =
            [
                Curve.OverSteps("large: N(0, 1)", Costs(Initializer.Large, digits, epochs: 20), first: 1),
                Curve.OverSteps("scaled: N(0, 1/n)", Costs(Initializer.Scaled, digits, epochs: 20), first: 1),
            ],
        };
    }

    /// <summary>The training cost of each epoch.</summary>
    private static double[] Costs(Initializer initializer, Dataset digits, int epochs = 6) =>
    [
        .. Trainer.Train(Network, new DataSplit(digits, null, null), new TrainingOptions
        {
            Initializer = initializer,
            LearningRate = 0.1,
            Epochs = epochs,
            Threads = 1,
        }).Epochs.Select(epoch => epoch.TrainCost),
    ];

    private static LayerProbe Probe(Initializer initializer, Dataset digits) =>
        LayerProbe.Of(Network, ParameterInitializer.Draw(Network, initializer, Precision.Single, 0), digits.Take(100))[0];

    private static double MeanSlope(double deviation) => Spread.Integral(Slope, deviation, 12 * deviation);

    /// <summary>P(σ′(z) &lt; 0.01): the probability beyond the z at which the library's σ′ is 0.01.</summary>
    private static double SaturatedShare(double deviation)
    {
        double inside = 0, outside = 30;
        for (int bisection = 0; bisection < 100; bisection++)
        {
            double middle = (inside + outside) / 2;
            (inside, outside) = Slope(middle) < LayerProbe.SaturationLimit ? (inside, middle) : (middle, outside);
        }

        return 1 - Spread.Integral(_ => 1, deviation, inside);
    }

    private static double Slope(double z) => ActivationMath.Derivative(Activation.Sigmoid, z);
}
