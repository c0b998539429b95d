using Nabla.Theory.Plots;
using Nabla.Theory.Recipes;

namespace Nabla.Theory.Regularisation;

/// <summary>The speed of weight decay without data, and what ends the decay.</summary>
internal static class DecayRateChecks
{
    private static readonly UpdateRule Plain = UpdateRule.Sgd;
    private static readonly int[] StepsPerEpoch = [2, 4, 10, 100];

    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T102",
            Title = "Factor exp(−ηλ/m) per epoch",
            Status = ClaimStatus.Imprecise,
            Sources = ["Book exercises I, §8.2", "Book exercises II, 14 (2)"],
            Claim =
                "(1−ηλ/n)^{n/m} → exp(−ηλ/m) as n → ∞, so an epoch of pure decay multiplies a weight by exp(−ηλ/m).",
            Correction =
                "For every n the factor lies a little below exp(−ηλ/m). For ηλ/n ≤ ½ the relative difference is " +
                "between (ηλ)²/(2nm) and (ηλ)²/(nm). The number of steps is ⌈n/m⌉. Above ηλ/n = 1 the sign " +
                "alternates, and above 2 the weights diverge.",
            Formula = @"e^{-(\eta\lambda)^2/(nm)} \;\le\; \frac{(1-\eta\lambda/n)^{n/m}}{e^{-\eta\lambda/m}} \;\le\; e^{-(\eta\lambda)^2/(2nm)} \qquad\text{for } \eta\lambda/n \le \tfrac12",
            Derivation = """
                Let $x = \eta\lambda/n$. In an epoch a weight is multiplied by $1-x$ in each of $n/m$ steps, and
                $\ln(1-x) = -x - x^2/2 - x^3/3 - \dots$. The first term gives $-\eta\lambda/m$, the published limit. All
                other terms are negative, so the true factor is always smaller. For $0 \le x \le \tfrac12$ their sum
                lies between $-x^2/2$ and $-x^2$. Multiplied by $n/m$ these are $-(\eta\lambda)^2/(2nm)$ and
                $-(\eta\lambda)^2/(nm)$, which are the two bounds.

                With the values of the book the difference is six parts in a million, too small to notice. It matters
                for small data sets. If $m$ is no divisor of $n$, the last, smaller mini-batch decays the weights as
                much as a full one, and if $x$ is above 1, the weights change sign in every step.
                """,
            Run = FactorPerEpoch,
            Plot = PlotFactors,
        },
        new()
        {
            Id = "T103",
            Title = "Exponent \"close to 1\"",
            Status = ClaimStatus.Wrong,
            Sources = ["Book exercises II, 14 (2)"],
            Claim = "The factor (1−ηλ/n) acts once per epoch, with a power near 1.",
            Correction = "It acts once per mini-batch: the power is ⌈n/m⌉.",
            Formula = @"w_{\text{epoch}+1} = \left(1-\frac{\eta\lambda}{n}\right)^{\lceil n/m\rceil} w_{\text{epoch}}",
            Derivation = """
                Each mini-batch makes a step, and each step multiplies by $1-\eta\lambda/n$. With $n = 50{,}000$ and
                $m = 10$ an epoch has 5,000 steps. A single factor of 0.99995 seems negligible, but its 5,000th power
                removes more than a fifth of the weight.
                """,
            Run = OnceAnEpoch,
        },
        new()
        {
            Id = "T104",
            Title = "Where decay tails off",
            Status = ClaimStatus.Wrong,
            Sources = ["Book exercises I, §8.3"],
            Claim = "Since Σw² = 1 at |w| = 1/√N, the decay ends there.",
            Correction =
                "Decay alone has no scale: its steps shrink with the weight, and its relative rate never changes. " +
                "It ends where the data gradient balances (λ/n)w.",
            Formula = @"\frac{\partial C_0}{\partial w}(w^*) = -\frac{\lambda}{n}\,w^*",
            Derivation = """
                $w_{t+1} = (1-\eta\lambda/n)\,w_t$ has the same form for every size of $w$, so no number such as
                $1/\sqrt N$ can be special. Without data the weight simply tends to zero.

                The other term ends the decay. Take $C_0 = (w-3)^2$ with $\lambda/n = \tfrac12$. The derivative
                $2(w-3) + w/2$ vanishes at $w^* = 2.4$, and with $\eta = 0.1$ the distance to $w^*$ is multiplied by
                $1-0.1\cdot2.5 = 0.75$ in each step, from below as well as from above. In a saturated layer the balance
                is reached when the weights are so small that $|z|$ is of order 1: then $\sigma'$ is no longer small,
                and the data gradient matters. With $n_{in}$ inputs of order 1 this means $|w|$ of order
                $1/\sqrt{n_{in}}$. So the published heuristic has the right order of magnitude, but for another reason.
                """,
            Run = TailOff,
            Plot = PlotTailOff,
        },
    ];

    /// <summary>The factor of a weight after a number of steps of pure decay, by the library's update rule.</summary>
    public static double Decayed(double rate, double lambdaOverN, int steps)
    {
        double[] w = [1];
        for (int step = 0; step < steps; step++)
        {
            Plain.Update(rate, w, [0], l2: lambdaOverN);
        }

        return w[0];
    }

    /// <summary>The factor of a weight after an epoch of the trainer on samples with inputs and targets 0.</summary>
    private static double DecayedByTrainer(int n, int m, double rate, double lambda)
    {
        GivenNetwork unit = Networks.Of(Cost.Quadratic, Networks.Layer(new[,] { { 1.0 } }, [0], Activation.Linear));
        return Descent.Train(unit, new double[n], new double[n], Descent.Options(rate, m) with { L2 = lambda }).Parameters.GetWeight(0, 0, 0);
    }

    private static void FactorPerEpoch(Findings findings)
    {
        findings.Given("data gradient", 0);
        (double Rate, double Lambda, int N, double Factor, double Limit, double Difference)[] rows =
        [
            (0.5, 5, 50_000, 0.778795915419466, 0.778800783071405, -6.25018880863469e-6),
            (0.1, 5, 50_000, 0.951229186691802, 0.951229424500714, -2.50001635428753e-7),
            (0.5, 5, 1000, 0.778557039589719, 0.778800783071405, -3.12972825637e-4),
        ];
        foreach ((double rate, double lambda, int n, double expected, double limit, double difference) in rows)
        {
            string name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"η = {rate}, λ = {lambda}, n = {n}, m = 10");
            double factor = Decayed(rate, lambda / n, n / 10), published = Math.Exp(-rate * lambda / 10), square = rate * lambda * rate * lambda / (n * 10.0);
            findings.EqualRelative($"(1−ηλ/n)^(n/m), {name}", factor, expected, 1e-11);
            findings.Refuted($"exp(−ηλ/m), {name}", published, limit, factor);
            findings.Equal($"relative difference, {name}", (factor / published) - 1, difference, 1e-11);
            findings.Holds($"the quotient lies within the bounds, {name}", factor / published >= Math.Exp(-square) && factor / published <= Math.Exp(-square / 2));
        }

        findings.EqualRelative("(1−ηλ/n)^(n/m), η = 0.5, λ = 0.1, n = 1000, m = 10", Decayed(0.5, 0.1 / 1000, 100), 0.995012354811984, 1e-11);
        findings.EqualRelative("factor per epoch of the trainer, η = 0.5, λ = 5, n = 1000, m = 10", DecayedByTrainer(1000, 10, 0.5, 5), 0.778557039589719, 1e-11);
        double uneven = DecayedByTrainer(1000, 32, 0.5, 5);
        findings.EqualRelative("m = 32: factor per epoch of the trainer, ⌈1000/32⌉ = 32 steps", uneven, 0.923023885241075, 1e-11);
        findings.Refuted("m = 32: factor per epoch with the exponent n/m = 31.25", Math.Pow(1 - (0.5 * 5 / 1000), 31.25), 0.924758349562322, uneven);
        findings.Equal("ηλ/n = 1.5: w after 1 and 2 steps, with alternating sign", [Decayed(0.5, 3, 1), Decayed(0.5, 3, 2)], [-0.5, 0.25]);
        findings.Equal("ηλ/n = 2.5: w after 1 and 2 steps, growing", [Decayed(0.5, 5, 1), Decayed(0.5, 5, 2)], [-1.5, 2.25]);
    }

    private static Plot PlotFactors()
    {
        double[] exponents = [.. Enumerable.Range(0, 81).Select(i => i / 20.0)];
        return new Plot
        {
            Title = "Pure decay in an epoch, compared with exp(−ηλ/m)",
            X = "ηλ/m",
            Y = "factor of a weight",
            Curves =
            [
                .. StepsPerEpoch.Select(steps => new Curve($"{steps} steps", exponents, [.. exponents.Select(x => Decayed(1, x / steps, steps))])),
                new Curve("exp(−ηλ/m)", exponents, [.. exponents.Select(x => Math.Exp(-x))], CurveStyle.Dashed),
            ],
        };
    }

    private static void OnceAnEpoch(Findings findings)
    {
        findings.Given("n, m, η, λ", 50_000, 10, 0.5, 5);
        double epoch = DecayedByTrainer(50_000, 10, 0.5, 5);
        findings.EqualRelative("factor per epoch of the trainer", epoch, 0.778795915419466, 1e-11);
        findings.Refuted("factor per epoch as 1−ηλ/n", 1 - (0.5 * 5 / 50_000), 0.99995, epoch);
        findings.Equal("power, ln(factor per epoch)/ln(factor per step)", Math.Log(epoch) / Math.Log(Decayed(0.5, 5.0 / 50_000, 1)), 5000, 1e-9);
    }

    private static void TailOff(Findings findings)
    {
        findings.Given("ηλ/n, no data", 0.01);
        double[] w = [Decayed(0.5, 0.02, 100), Decayed(0.5, 0.02, 600), Decayed(0.5, 0.02, 1200)];
        findings.EqualRelative("w after 100 steps from 1", w[0], 0.36603234127323, 1e-11);
        findings.EqualRelative("w after 600 steps", w[1], 0.00240500929131108, 1e-11);
        findings.EqualRelative("w after 1200 steps", w[2], 5.78406969129262e-6, 1e-11);
        double above = Decayed(0.5, 0.02, 101) / w[0], below = Decayed(0.5, 0.02, 601) / w[1];
        findings.Equal("factor of the next step, above and below 1/√784", [above, below], [0.99, 0.99]);
        findings.Refuted("decay ends at |w| = 1/√N", $"for N = 784 this is {Findings.Text(1 / Math.Sqrt(784))}; after 600 steps w is {Findings.Text(w[1])} and still decays", w[1] < 0.1 / Math.Sqrt(784) && Math.Abs(below - above) < 1e-12);

        (GivenNetwork unit, double[] inputs, double[] targets) = Pulled(0, 2, 6);
        TrainingOptions options = Descent.Options(0.1, 4, epochs: 200) with { L2 = 2 };
        findings.Given("with data, C₀ = (w−3)²", "x = (2, −2, 0, 0), y = (6, −6, 0, 0), λ = 2, η = 0.1, w = 0");
        double[][] path = Descent.Path(unit, inputs, targets, options);
        findings.Equal("w after 10 steps", path[10][0], 2.26484756469727);
        findings.Equal("w* after 200 steps", path[200][0], 2.4);
        double pull = unit.With(p => p.SetWeight(0, 0, 0, path[200][0])).Trace(inputs, targets).WeightGradient(0)[0, 0];
        findings.Equal("∂C₀/∂w at w* = −(λ/n)w*", pull, -1.2);
    }

    /// <summary>A linear unit with four samples (±x, 0, 0) → (±y, 0, 0), whose best weight is y/x.</summary>
    private static (GivenNetwork Unit, double[] Inputs, double[] Targets) Pulled(double w, double x, double y) =>
        (Networks.Of(Cost.Quadratic, Networks.Layer(new[,] { { w } }, [0], Activation.Linear)), [x, -x, 0, 0], [y, -y, 0, 0]);

    private static Plot PlotTailOff()
    {
        const int Steps = 600;
        (GivenNetwork alone, double[] zeros, double[] still) = Pulled(1, 0, 0);
        (GivenNetwork pulled, double[] inputs, double[] targets) = Pulled(1, 0.1, 0.06);
        TrainingOptions options = Descent.Options(1, 4, Steps) with { L2 = 0.04 };
        return new Plot
        {
            Title = "Decay with and without data, λ/n = 0.01, η = 1",
            X = "step",
            Y = "w",
            LogarithmicY = true,
            Curves =
            [
                Curve.OverSteps("decay alone", [.. Descent.Path(alone, zeros, still, options).Select(row => row[0])]),
                Curve.OverSteps("with data whose best w is 0.6", [.. Descent.Path(pulled, inputs, targets, options).Select(row => row[0])]),
                new Curve("1/√784", [0, Steps], [1 / Math.Sqrt(784), 1 / Math.Sqrt(784)], CurveStyle.Dashed),
            ],
        };
    }
}
