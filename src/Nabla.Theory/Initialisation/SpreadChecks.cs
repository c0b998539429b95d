using Nabla.Theory.Plots;

namespace Nabla.Theory.Initialisation;

/// <summary>The spread of the weighted inputs under scaled weights.</summary>
internal static class SpreadChecks
{
    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T95",
            Title = "Spread of z under scaled weights",
            Status = ClaimStatus.Correct,
            Sources = ["Book exercises I, §7.1", "Book exercises II, 13"],
            Claim = "With 1000 inputs, 500 of them 1 and 500 of them 0, weights N(0, 1/1000) and a bias N(0, 1), z has the standard deviation √(3/2).",
            Formula = @"\operatorname{Var} z = \sum_j x_j^2\operatorname{Var} w_j+\operatorname{Var} b = \frac{500}{1000}+1 = \frac32, \qquad \sqrt{3/2} = 1.22474487139159",
            Derivation = """
                $z=\sum_jw_jx_j+b$ is a sum of independent normal variables. So it is normal with mean 0, and the
                variances of the summands add up. Only the 500 inputs that are 1 contribute, each $1/1000$. The bias
                contributes 1, twice as much as all weights together. So $|z|$ is rarely above 3, and $\sigma'(z)$ is
                rarely below $0.05$: the units start with slopes at which they can learn.
                """,
            Run = ScaledSpread,
            Plot = Distributions,
        },
        new()
        {
            Id = "T96",
            Title = "What is set to 1",
            Status = ClaimStatus.Imprecise,
            Sources = ["Book exercises II, 13"],
            Claim = "Half of the weights are set to 1.",
            Correction =
                "Half of the inputs x_j are 1; the weights remain random. For any inputs Var z = Σx_j²/n_in + 1.",
            Formula = @"\operatorname{Var} z = \frac{1}{n_{\text{in}}}\sum_j x_j^2 + 1",
            Derivation = """
                The calculation that follows in the document is right, so this is only a slip. If 500 *weights* were 1,
                and their inputs as well, their sum would add 500 to every $z$, and no unit would ever learn.

                With the factor $1/n_{\text{in}}$ of the scaled initialisation, the first summand is the mean square of
                the inputs, whatever their number is. It is at most 1 for inputs in $[0,1]$, such as pixels.
                """,
            Run = WhatIsOne,
        },
    ];

    private static void ScaledSpread(Findings findings)
    {
        const int Draws = 20_000 / Spread.UnitsOfADraw;
        double[] z = Spread.WeightedInputs(Initializer.Scaled, Spread.HalfOnes, Draws);
        findings.Given("number of inputs, number of inputs equal to 1", Spread.Inputs, Spread.HalfOnes.Count(x => x == 1));
        findings.Given("number of units drawn", z.Length);
        findings.Equal("√(3/2)", Math.Sqrt(1.5), 1.22474487139159);
        findings.Equal("standard deviation of z, within four standard errors", Spread.StandardDeviation(z), 1.22474487139159, 0.0245 / 1.22474487139159);
        findings.Equal("mean of z, within four standard errors", z.Average(), 0, 0.035);
    }

    private static void WhatIsOne(Findings findings)
    {
        double[] weights = Spread.Weights(Initializer.Scaled);
        double[] x = [.. Enumerable.Range(0, Spread.Inputs).Select(j => j % 4 == 0 ? 2.0 : 0.0)];
        double[] z = Spread.WeightedInputs(Initializer.Scaled, x, 2000 / Spread.UnitsOfADraw);
        double deviation = Spread.StandardDeviation(weights);
        findings.Given("number of weights drawn", weights.Length);
        findings.Equal("standard deviation of the weights, 1/√1000 within four standard errors", deviation, 0.0316227766016838, 4 * 0.0316227766016838 / Math.Sqrt(2.0 * weights.Length));
        findings.Equal("250 inputs equal to 2: standard deviation of z, √(Σx²/1000+1) within four standard errors", Spread.StandardDeviation(z), Math.Sqrt(2), 4 / Math.Sqrt(2.0 * z.Length));
        int ones = weights.Count(w => w == 1);
        findings.Refuted("half of the weights are 1", $"{ones} of {weights.Length} weights are 1; the largest is {Findings.Text(Math.Round(weights.Max(), 4))}", ones == 0 && weights.Max() < 1);
    }

    private static Plot Distributions()
    {
        const int Draws = 4000 / Spread.UnitsOfADraw;
        return new Plot
        {
            Title = "Distribution of the weighted inputs before the first step",
            X = "z",
            Y = "density",
            Curves =
            [
                Histogram("scaled, 4000 units", Spread.WeightedInputs(Initializer.Scaled, Spread.HalfOnes, Draws), 0.25),
                Normal("N(0, 3/2)", Math.Sqrt(1.5)),
                Histogram("large, 4000 units", Spread.WeightedInputs(Initializer.Large, Spread.HalfOnes, Draws), 0.5),
                Normal("N(0, 501)", Math.Sqrt(501)),
            ],
        };
    }

    private static Curve Histogram(string name, double[] z, double width)
    {
        double[] centres = [.. Enumerable.Range(0, (int)(16 / width) + 1).Select(i => -8 + (i * width))];
        return new Curve(name, centres, [.. centres.Select(centre => z.Count(value => Math.Abs(value - centre) < width / 2) / (z.Length * width))], CurveStyle.Points);
    }

    private static Curve Normal(string name, double deviation)
    {
        double[] z = [.. Enumerable.Range(-80, 161).Select(i => i / 10.0)];
        return new Curve(name, z, [.. z.Select(value => Spread.Density(value, deviation))]);
    }
}
