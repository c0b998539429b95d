using Nabla.Network.Activations;
using Nabla.Network.Study;
using Nabla.Theory.Plots;

namespace Nabla.Theory.Activations;

/// <summary>The slope of the sigmoid and its connection with logistic growth.</summary>
internal static class SigmoidChecks
{
    /// <summary>The time step of the fourth-order Runge-Kutta method. The error at t = 2 is below 1e−10.</summary>
    private const double TimeStep = 0.01;

    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T01",
            Title = "Sigmoid derivative",
            Status = ClaimStatus.Correct,
            Sources = ["Book exercises I, §1", "Book exercises II, 1"],
            Claim = "σ(z) = 1/(1+e^−z) has the derivative σ′(z) = e^−z/(1+e^−z)² = σ(z)(1−σ(z)).",
            Formula = @"\sigma'(z) = \frac{e^{-z}}{(1+e^{-z})^2} = \sigma(z)\,(1-\sigma(z)) = \sigma(z)\,\sigma(-z)",
            Derivation = """
                Write $\sigma = u^{-1}$ with $u = 1+e^{-z}$. Then $u' = -e^{-z}$ and $\sigma' = -u^{-2}u' = e^{-z}/u^2$.
                Since $e^{-z} = u-1$, this equals $1/u - 1/u^2 = \sigma - \sigma^2 = \sigma(1-\sigma)$.

                The slope of a unit therefore follows from its activation, without a second exponential. The product
                $\sigma(1-\sigma)$ is largest when its two factors are equal, at $\sigma = 1/2$, $z = 0$, and there it
                is $1/4$. So each sigmoid layer multiplies the error that passes back through it by at most a quarter.

                In floating point, $1-\sigma(z)$ loses digits when $\sigma(z)$ is close to 1: at $z = 30$ only three of
                sixteen are left. The library therefore uses $1-\sigma(z) = \sigma(-z)$, which keeps all of them.
                """,
            Run = SigmoidDerivative,
            Plot = () => Over(8, "The sigmoid and its slope", "z", ("σ(z)", Sigmoid), ("σ′(z)", Slope)),
        },
        new()
        {
            Id = "T02",
            Title = "Logistic-growth remark",
            Status = ClaimStatus.Imprecise,
            Sources = ["Book exercises II, 1 (remark)"],
            Claim = "Logistic growth: σ′ increases with the distance between σ and its upper asymptote 1.",
            Correction =
                "The rate is the level times the remaining distance, a(1−a). It is largest at a = 1/2 and vanishes " +
                "at both ends.",
            Formula = @"\frac{da}{dt} = a\,(1-a), \quad a(0) = \tfrac12 \quad\Longrightarrow\quad a(t) = \sigma(t)",
            Derivation = """
                Read as an equation for a growing quantity $a$, $\sigma' = \sigma(1-\sigma)$ says $\dot a = a(1-a)$. A
                small population grows slowly because it has few members, a large one because it has little room left.
                We separate the variables: $\int da/(a(1-a)) = \ln\frac{a}{1-a} = t + \text{const}$. The initial value
                $a(0) = 1/2$ makes the constant 0, and solving for $a$ gives $a = \sigma(t)$.

                The remark keeps the second factor and forgets the first. Far to the left, the distance to 1 is largest,
                yet there is almost no growth: at $z = -5$ the distance is $0.993$ and the slope $0.0066$. At $z = 0$
                the distance is only half as large, but the slope is $0.25$.
                """,
            Run = LogisticGrowth,
            Plot = () => Over(8, "Logistic growth: the rate is level × remaining distance", "t", ("level a = σ(t)", Sigmoid), ("remaining distance 1 − a", t => Sigmoid(-t)), ("rate σ′(t)", Slope)),
        },
    ];

    private static void SigmoidDerivative(Findings findings)
    {
        double product = 0, difference = 0, relative = 0;
        for (int i = -300; i <= 300; i++)
        {
            double z = i / 10.0, slope = Slope(z);
            product = Math.Max(product, Math.Abs(slope / (Sigmoid(z) * Sigmoid(-z)) - 1));
            double central = NumericJacobian.Of(x => [Sigmoid(x[0])], [z])[0, 0];
            difference = Math.Max(difference, Math.Abs(slope - central));
            relative = z > 0 ? relative : Math.Max(relative, Math.Abs((slope / central) - 1));
        }

        findings.Given("z", "−30 to 30 in steps of 0.1");
        findings.AtMost("largest relative deviation of σ′ from σ(z)σ(−z)", product, 4e-15);
        findings.AtMost("largest |σ′ − central difference|", difference, 1e-10);
        findings.AtMost("largest relative deviation of σ′ from the central difference, z ≤ 0", relative, 1e-7);
        findings.Equal("σ(0.5)", Sigmoid(0.5), 0.6224593312018546);
        findings.Equal("σ′(0.5)", Slope(0.5), 0.2350037122015945);
        findings.Equal("σ(1)", Sigmoid(1), 0.7310585786300049);
        findings.Equal("σ′(1), σ′(−1)", [Slope(1), Slope(-1)], [0.1966119332414819, 0.1966119332414819]);
        findings.Equal("σ(−5)", Sigmoid(-5), 0.006692850924284856);
        findings.Equal("σ′(5), σ′(−5)", [Slope(5), Slope(-5)], [0.006648056670790155, 0.006648056670790155]);
        findings.Exactly("σ′(0), the maximum", Slope(0), 0.25);
        findings.AtMost("largest σ′ at the other z", Enumerable.Range(1, 300).Max(i => Math.Max(Slope(i / 10.0), Slope(-i / 10.0))), 0.25);
        findings.EqualRelative("σ′(30)", Slope(30), 9.357622968839299e-14, 1e-10);
    }

    private static void LogisticGrowth(Findings findings)
    {
        findings.Given("equation", "a′ = a(1−a), a(0) = 1/2, Runge-Kutta with step 0.01");
        findings.Equal("a(2) by integration", Integrate(2), 0.8807970779778824, 1e-9);
        findings.Equal("σ(2)", Sigmoid(2), 0.8807970779778824);
        findings.Equal("σ′(−5)", Slope(-5), 0.006648056670790155);
        findings.Equal("remaining distance 1 − σ(−5)", Sigmoid(5), 0.9933071490757153);
        findings.Exactly("σ′(0)", Slope(0), 0.25);
        findings.Refuted(
            "the farther σ is from 1, the faster it grows",
            "the distance to 1 is larger at z = −5 than at z = 0 (0.9933 and 0.5), yet σ′(−5) = 0.0066 < σ′(0) = 0.25",
            Sigmoid(5) > Sigmoid(0) && Slope(-5) < Slope(0));
    }

    /// <summary>Solves a′ = a(1−a), a(0) = 1/2 by the classical Runge-Kutta method and returns a(time).</summary>
    private static double Integrate(double time)
    {
        double a = 0.5;
        for (int step = 0; step < (int)Math.Round(time / TimeStep); step++)
        {
            double k1 = Rate(a), k2 = Rate(a + (TimeStep / 2 * k1)), k3 = Rate(a + (TimeStep / 2 * k2)), k4 = Rate(a + (TimeStep * k3));
            a += TimeStep / 6 * (k1 + (2 * k2) + (2 * k3) + k4);
        }

        return a;

        static double Rate(double level) => level * (1 - level);
    }

    private static Plot Over(double limit, string title, string x, params ReadOnlySpan<(string Name, Func<double, double> Function)> functions)
    {
        double[] points = [.. Enumerable.Range(-100, 201).Select(i => i * limit / 100)];
        var curves = new List<Curve>();
        foreach ((string name, Func<double, double> function) in functions)
        {
            curves.Add(new Curve(name, points, [.. points.Select(function)]));
        }

        return new Plot { Title = title, X = x, Y = "value", Curves = curves };
    }

    private static double Sigmoid(double z) => ActivationMath.Value(Activation.Sigmoid, z);

    private static double Slope(double z) => ActivationMath.Derivative(Activation.Sigmoid, z);
}
