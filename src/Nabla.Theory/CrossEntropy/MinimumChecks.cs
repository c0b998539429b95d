using Nabla.Network.Activations;
using Nabla.Network.Study;
using Nabla.Theory.Plots;
using Nabla.Theory.Recipes;

namespace Nabla.Theory.CrossEntropy;

/// <summary>Cross-entropy as a function of the activation: the minimum and the cost there.</summary>
internal static class MinimumChecks
{
    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T10",
            Title = "Stationary at a=y",
            Status = ClaimStatus.Imprecise,
            Sources = ["Book exercises I, §2.2", "Book exercises II, 2b"],
            Claim = "∂C/∂a = −(1/n)Σ(y/a − (1−y)/(1−a)) vanishes exactly at a = y.",
            Correction =
                "The derivative is that of one sample and one output, without the sum. For y = 0 or 1 there is no " +
                "stationary point: the infimum 0 is approached but never attained.",
            Formula = @"\frac{\partial C_x}{\partial a} = -\frac{y}{a}+\frac{1-y}{1-a} = \frac{a-y}{a(1-a)}",
            Derivation = """
                Over a common denominator,
                $-\frac ya+\frac{1-y}{1-a} = \frac{-y(1-a)+(1-y)a}{a(1-a)} = \frac{a-y}{a(1-a)}$. For $0 < y < 1$ this
                is 0 exactly at $a = y$.

                **The sum is wrong.** Each sample has its own activation $a_x$. The derivative of the mean with respect
                to $a_x$ contains only one of the terms (times $1/n$). A sum of such terms can vanish although none of
                them vanishes, because the errors of two samples can cancel.

                **At the ends.** For $y = 1$ the derivative is $-1/a$, which is never 0: the cost keeps falling and has
                no minimum inside $(0,1)$. For this reason the weights of a unit with targets 0 and 1 may grow without
                end unless something else, such as weight decay, limits them.
                """,
            Run = StationaryPoint,
        },
        new()
        {
            Id = "T11",
            Title = "Second derivative at a=y",
            Status = ClaimStatus.Imprecise,
            Sources = ["Book exercises I, §2.2", "Book exercises II, 2b"],
            Claim = "∂²C/∂a² = y/a² + (1−y)/(1−a)² is positive at a = y, hence this is a minimum.",
            Correction =
                "It is positive for every a in (0, 1): C is strictly convex in a, so the minimum is global, not " +
                "only local.",
            Formula = @"\frac{\partial^2 C}{\partial a^2} = \frac{y}{a^2}+\frac{1-y}{(1-a)^2} > 0 \quad (0<a<1), \qquad \left.\frac{\partial^2 C}{\partial a^2}\right|_{a=y} = \frac{1}{y(1-y)}",
            Derivation = """
                We differentiate $-y/a+(1-y)/(1-a)$ once more. For $0\le y\le 1$ both terms are non-negative and at
                least one is positive, for every $a$. At $a = y$ they are $1/y$ and $1/(1-y)$, together
                $\frac{1}{y(1-y)}$.

                A positive second derivative at the stationary point proves only a *local* minimum and says nothing
                about the rest of the interval. But a second derivative that is positive everywhere makes the function
                strictly convex, and a strictly convex function lies above each of its tangents. The tangent at $a = y$
                is horizontal, so every other $a$ has a higher cost.
                """,
            Run = SecondDerivative,
        },
        new()
        {
            Id = "T12",
            Title = "Value at the minimum: binary entropy",
            Status = ClaimStatus.Correct,
            Sources = ["Book exercises II, 2b, (64)", "Book exercises I, §2.2"],
            Claim = "With σ(z) = y the cost equals −[y ln y + (1−y) ln(1−y)].",
            Formula = @"C(y,y) = H(y) = -\left[y\ln y+(1-y)\ln(1-y)\right], \qquad C(y,a)-H(y) = y\ln\frac ya+(1-y)\ln\frac{1-y}{1-a} \ge 0",
            Derivation = """
                Set $a = y$. What remains is the entropy of a coin that shows *yes* with probability $y$. It measures
                the uncertainty of the targets themselves, which no answer can remove. It is 0 for $y \in \{0,1\}$ and
                largest, $\ln 2$, for a fair coin.

                The excess, $C(y,a)-H(y)$, is the Kullback–Leibler divergence of the answer from the truth. By T11 it is
                positive for $a\ne y$. So with soft targets a cost that does not approach 0 is not a sign of bad
                training: it should be compared with $H(y)$.
                """,
            Run = Entropy,
            Plot = Valleys,
        },
        new()
        {
            Id = "T13",
            Title = "Cost without its minus sign",
            Status = ClaimStatus.Wrong,
            Sources = ["Book exercises II, 2b"],
            Claim = "Minimise C = y ln a + (1−y) ln(1−a); its second derivative is positive.",
            Correction =
                "C = −[y ln a + (1−y) ln(1−a)]. Without the minus sign the second derivative is negative and a = y " +
                "is the maximum.",
            Formula = @"\frac{\partial^2}{\partial a^2}\left[y\ln a+(1-y)\ln(1-a)\right] = -\frac{y}{a^2}-\frac{1-y}{(1-a)^2} < 0",
            Derivation = """
                The stationary point does not depend on the sign: $f$ and $-f$ have the same one, so the slip is easy to
                miss. The second derivative does depend on it. $(\ln a)'' = -1/a^2$, so the printed expression is
                concave, and $a = y$ is its maximum.

                A cost should be small for good answers. At $y = 0.3$ the printed one is higher for the perfect answer
                $0.3$ than for the answer $0.5$. Descent on it moves away from the target, and its value tends to
                $-\infty$ at the ends.
                """,
            Run = MissingMinus,
        },
    ];

    private static void StationaryPoint(Findings findings)
    {
        foreach (double y in (double[])[0.01, 0.3, 0.5, 0.9])
        {
            findings.Equal($"∂C/∂a at a = y = {Findings.Text(y)}", OneOutput.Slope(y, y), 0, 1e-14);
        }

        double slope = OneOutput.Slope(0.3, 0.31), z = Math.Log(0.31 / 0.69);
        findings.Equal("∂C/∂a at y = 0.3, a = 0.31", slope, 0.0467508181393174);
        findings.Equal("the same times σ′, equal to δ = a − y", slope * ActivationMath.Derivative(Activation.Sigmoid, z), 0.01);
        findings.Equal("δ of the trainer at the same point", OneOutput.Delta(0.3, z), 0.01);
        findings.Equal("∂C/∂a at y = 1, a = 0.25", OneOutput.Slope(1, 0.25), -4);
        double sum = OneOutput.Slope(0.3, 0.31) + OneOutput.Slope(0.7, 0.69);
        findings.Refuted(
            "the sum over samples vanishes only at a = y",
            "for the samples (y, a) = (0.3, 0.31) and (0.7, 0.69) the sum is 0, but the derivatives are ±0.0467508181393174",
            Math.Abs(sum) < 1e-14 && slope > 0.04);
        findings.Refuted(
            "a = y is a stationary point for every y",
            "for y = 1, ∂C/∂a = −1/a < 0 on all of (0, 1), and C = 0.0100503 is still falling at a = 0.99",
            OneOutput.Grid.All(a => OneOutput.Slope(1, a) < 0 && OneOutput.Slope(0, a) > 0));
    }

    private static void SecondDerivative(Findings findings)
    {
        foreach ((double y, double curvature) in ((double, double)[])[(0.3, 4.761904761904762), (0.01, 101.0101010101010), (0.5, 4), (0.9, 11.11111111111111)])
        {
            findings.EqualRelative($"∂²C/∂a² at a = y = {Findings.Text(y)}", OneOutput.Curvature(y, y), curvature, 1e-6);
        }

        findings.EqualRelative("∂²C/∂a² at y = 0.3, a = 0.31", OneOutput.Curvature(0.3, 0.31), 4.592027532057314, 1e-6);
        double[] targets = [0, 0.01, 0.3, 0.5, 0.9, 1];
        double least = targets.Min(y => OneOutput.Grid.Min(a => OneOutput.Curvature(y, a)));
        findings.AtLeast("least ∂²C/∂a² over a = 0.01 to 0.99 and y = 0, 0.01, 0.3, 0.5, 0.9, 1", least, 1);
        findings.Holds("no a of the grid has a lower cost than a = y", targets.All(y => OneOutput.Grid.All(a => OneOutput.Value(y, a) >= OneOutput.Value(y, y))));
        findings.Refuted("the second derivative is positive only at a = y", "it is positive at every a: for y = 0.3 it is never below 3.777", OneOutput.Grid.Min(a => OneOutput.Curvature(0.3, a)) > 3.777);
    }

    private static void Entropy(Findings findings)
    {
        foreach ((double y, double entropy) in ((double, double)[])[(0.3, 0.6108643020548935), (0.01, 0.05600153435484734), (0.5, 0.6931471805599453), (0.9, 0.3250829733914482), (0, 0), (1, 0)])
        {
            findings.Equal($"C(y, y), y = {Findings.Text(y)}", OneOutput.Value(y, y), entropy);
        }

        findings.Equal("C(y, y) from z, y = 0.3", OneOutput.Fused(0.3, Math.Log(0.3 / 0.7)).Cost, 0.6108643020548935);
        findings.Equal("C(y, a) − H(y), y = 0.3, a = 0.5", OneOutput.Value(0.3, 0.5) - OneOutput.Value(0.3, 0.3), 0.08228287850505185);
        GivenNetwork unit = Networks.Of(Cost.CrossEntropy, Networks.Layer(new[,] { { 0.0 } }, [0], Activation.Sigmoid));
        Parameters trained = Descent.Train(unit, [1], [0.3], Descent.Options(2, 1, 40)).Parameters;
        Trace after = (unit with { Parameters = trained }).Trace([1], [0.3]);
        findings.Given("experiment", "one unit, x = 1, target 0.3, from w = b = 0, 40 updates with η = 2");
        findings.Equal("a after training", after.Outputs()[0], 0.3, 1e-10);
        findings.Equal("cost after training", after.Cost, 0.6108643020548935, 1e-10);
    }

    private static void MissingMinus(Findings findings)
    {
        findings.Holds("the library's cost is lower at a = y = 0.3 than at a = 0.5", OneOutput.Value(0.3, 0.3) < OneOutput.Value(0.3, 0.5));
        findings.Equal("C(y=0.3, a=0.3), C(y=0.3, a=0.5)", [OneOutput.Value(0.3, 0.3), OneOutput.Value(0.3, 0.5)], [0.6108643020548935, 0.6931471805599453]);
        findings.Refuted("printed expression at a = y = 0.3", Published(0.3, 0.3), -0.6108643020548935, OneOutput.Value(0.3, 0.3));
        findings.Refuted("printed expression at a = 0.5", Published(0.3, 0.5), -0.6931471805599453, OneOutput.Value(0.3, 0.5));
        findings.Refuted("the printed expression has its minimum at a = y", "it has its maximum there", OneOutput.Grid.All(a => Published(0.3, a) <= Published(0.3, 0.3)));
        findings.Refuted("second derivative of the printed expression at a = y = 0.3, said to be positive", NumericJacobian.Of(a => [PublishedSlope(0.3, a[0])], [0.3], 1e-6)[0, 0], -4.761904761904762, OneOutput.Curvature(0.3, 0.3), 1e-9);

        static double Published(double y, double a) => (y * Math.Log(a)) + ((1 - y) * Math.Log(1 - a));
        static double PublishedSlope(double y, double a) => (y / a) - ((1 - y) / (1 - a));
    }

    private static Plot Valleys()
    {
        var curves = new List<Curve>();
        double[] answers = [.. Enumerable.Range(5, 491).Select(i => i / 500.0)], targets = [.. Enumerable.Range(0, 501).Select(i => i / 500.0)];
        foreach (double y in (double[])[0.1, 0.3, 0.5, 0.9])
        {
            curves.Add(new Curve($"C for y = {Findings.Text(y)}", answers, [.. answers.Select(a => OneOutput.Value(y, a))]));
        }

        curves.Add(new Curve("minimum: H(y) at a = y", targets, [.. targets.Select(y => OneOutput.Value(y, y))], CurveStyle.Dashed));
        return new Plot { Title = "Cross-entropy as a function of the activation", X = "a", Y = "cost", Curves = curves };
    }
}
