using Nabla.Theory.Plots;

namespace Nabla.Theory.Momentum;

/// <summary>Momentum outside its usual range: μ above 1 and below 0.</summary>
internal static class FrictionChecks
{
    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T122",
            Title = "μ>1",
            Status = ClaimStatus.Correct,
            Sources = ["Book exercises II, 21"],
            Claim = "With μ > 1 friction is negative: the velocity grows, and minima are overshot.",
            Formula = @"\begin{pmatrix} w \\ v \end{pmatrix} \mapsto \begin{pmatrix} 1-\eta h & -\eta\mu \\ h & \mu \end{pmatrix} \begin{pmatrix} w \\ v \end{pmatrix}, \qquad \det = \mu",
            Derivation = """
                On curvature $h$ the gradient is $hw$, and a step $v \leftarrow \mu v + hw$, $w \leftarrow w - \eta v$
                is a linear map of $(w, v)$. Its determinant is $(1-\eta h)\mu + \eta\mu h = \mu$. So for all $\eta$ and
                $h$ each step multiplies the area of any region of states by $\mu$. The determinant is also the product
                of the two eigenvalues, so the larger one has at least the magnitude $\sqrt{|\mu|}$. For $\mu \ge 1$
                this is at least 1, and no learning rate makes descent converge. For $\mu > 1$ the area, and with it the
                amplitude of the ball, grows without bound.

                At $\mu = 1$ there is no friction: each step preserves the energy $hw^2 + \eta h\,wv + \eta v^2$ (insert
                the step to verify this). From $w = 1$ at rest the energy is $h$. For a given $w$ the energy is smallest
                at $v = -hw/2$, where it is $hw^2(1-\eta h/4)$. So the ball oscillates forever and never exceeds
                $|w| = 1/\sqrt{1-\eta h/4}$.
                """,
            Run = NegativeFriction,
            Plot = () => new Plot
            {
                Title = "T122: the ball on ½w² with η = 0.1",
                X = "step",
                Y = "w",
                Curves =
                [
                    Curve.OverSteps("μ = 0.9: friction", MomentumRuns.Path(0.1, 0.9, 60)),
                    Curve.OverSteps("μ = 1: no friction", MomentumRuns.Path(0.1, 1, 60), 0),
                    Curve.OverSteps("μ = 1.1: negative friction", MomentumRuns.Path(0.1, 1.1, 60)),
                ],
            },
        },
        new()
        {
            Id = "T123",
            Title = "μ<0, first answer",
            Status = ClaimStatus.Wrong,
            Sources = ["Book exercises II, 21"],
            Claim = "μ < 0 means strong friction: the velocity becomes very small and learning may halt.",
            Correction =
                "For −1 < μ < 0 the effective step is η/(1−μ), between η/2 and η: slower than plain descent, but it " +
                "does not halt. The stable range shrinks to ηh < 2(1+μ), and μ ≤ −1 diverges on any curvature h > " +
                "0.",
            Formula = @"v_t = \sum_{s=0}^{t-1}\mu^s\,g \to \frac{g}{1-\mu}, \qquad \eta_{\text{effective}} = \frac{\eta}{1-\mu} \in \left(\tfrac{\eta}{2}, \eta\right) \text{ for } -1<\mu<0",
            Derivation = """
                Under a constant gradient $g$ the velocity is a geometric series, $v_t = g\,(1-\mu^t)/(1-\mu)$. For
                $-1 < \mu < 0$ it converges to $g/(1-\mu)$, which lies between $g/2$ and $g$. So negative momentum is
                plain descent with a somewhat smaller step: two thirds of it at $\mu = -0.5$. It never halts while there
                is a gradient.

                The real cost is stability. The eigenvalues solve $x^2 - (1+\mu-\eta h)x + \mu = 0$. Both lie inside the
                unit circle exactly if $|\mu| < 1$ and $|1+\mu-\eta h| < 1+\mu$, that is, $0 < \eta h < 2(1+\mu)$. As
                $\mu \to -1$ this range becomes empty. At $\mu = -1$ the product of the eigenvalues is $-1$ and their
                sum is $-\eta h \neq 0$, so one of them lies outside for every $h > 0$. There is not too much friction;
                instead the ball is thrown back and forth.
                """,
            Run = NegativeMomentum,
            Plot = () => new Plot
            {
                Title = "T123: distance from the minimum of ½w² with η = 0.1",
                X = "step",
                Y = "|w|",
                LogarithmicY = true,
                Curves = [Distance("μ = 0", 0), Distance("μ = −0.5", -0.5), Distance("μ = −0.9", -0.9), Distance("μ = −1", -1)],
            },
        },
        new()
        {
            Id = "T124",
            Title = "μ<0, correction",
            Status = ClaimStatus.Imprecise,
            Sources = ["Book exercises II, 21 correction"],
            Claim = "With μ < 0 the velocity alternates in sign.",
            Correction =
                "The term μv changes its sign in each step. Without a gradient the velocity alternates. Under a " +
                "constant gradient it keeps its sign for −1 < μ < 0 and alternates for μ < −1.",
            Formula = @"v_t = \mu^t v_0 + g\,\frac{1-\mu^t}{1-\mu}",
            Derivation = """
                The solution of $v_t = \mu v_{t-1} + g$ is $\mu^t v_0$, which alternates for every $\mu < 0$, plus
                $g\,(1-\mu^t)/(1-\mu)$. In the second part $1-\mu^t$ lies between $1-\mu^2$ and $1-\mu$ for
                $-1 < \mu < 0$, so it is positive in every step: the new gradient always outweighs the reversed
                velocity. The velocity oscillates around $g/(1-\mu)$ but never changes its sign. At $\mu = -1$ it is
                $g, 0, g, 0, \ldots$ Only below $-1$ does the reversed velocity outweigh the gradient; then the sign
                alternates, and the size grows.
                """,
            Run = SignOfVelocity,
            Plot = () => new Plot
            {
                Title = "T124: velocity under a constant gradient 1, η = 0.1",
                X = "step",
                Y = "velocity",
                Curves = [Velocity("μ = −0.5", -0.5), Velocity("μ = −1", -1), Velocity("μ = −1.1", -1.1)],
            },
        },
    ];

    private static Curve Distance(string name, double mu) => Curve.OverSteps(name, [.. MomentumRuns.Path(0.1, mu, 100).Select(Math.Abs)]);

    private static Curve Velocity(string name, double mu) => Curve.OverSteps(name, MomentumRuns.Velocities(0.1, mu, 1, 20), 1);

    private static void NegativeFriction(Findings findings)
    {
        double[] w = MomentumRuns.Path(0.1, 1.1, 200);
        findings.Given("cost, η, initial w", "½w², 0.1, w = 1");
        findings.Equal("w after 10, 50, 200 steps, μ = 1.1", [w[10], w[50], w[200]], [-1.64561, -11.3197463724517, 4280.80880716833]);
        findings.Equal("velocity under a constant gradient 1, μ = 1.1", MomentumRuns.Velocities(0.1, 1.1, 1, 5), [-0.1, -0.21, -0.331, -0.4641, -0.61051]);

        double smallest = double.PositiveInfinity, deviation = 0;
        foreach (double eta in new[] { 0.001, 0.01, 0.1, 0.5, 1, 2, 4, 8 })
        {
            foreach (double mu in new[] { 1, 1.1, 2 })
            {
                double[,] matrix = MomentumRuns.StepMatrix(eta, mu, 1);
                deviation = Math.Max(deviation, Math.Abs(MomentumRuns.Determinant(matrix) - mu));
                smallest = Math.Min(smallest, MomentumRuns.Radius(matrix) / Math.Sqrt(mu));
            }
        }

        findings.AtMost("largest |det − μ| of a step for η from 0.001 to 8, μ = 1, 1.1, 2", deviation, 1e-14);
        findings.AtLeast("smallest radius/√μ for the same η and μ", smallest, 1 - 1e-15);
        double[] swings = MomentumRuns.Path(0.1, 1, 2000);
        double swing = swings.Max(Math.Abs);
        findings.AtMost("largest |w| in 2000 steps, μ = 1", swing, 1.01273936708367 + 1e-12);
        findings.AtLeast("largest |w| in 2000 steps, μ = 1: the bound is reached", swing, 1.0127);
        findings.AtLeast("largest |w| in the last 100 of these steps", swings.TakeLast(100).Max(Math.Abs), 1);
    }

    private static void NegativeMomentum(Findings findings)
    {
        double[] velocities = MomentumRuns.Velocities(0.1, -0.5, 1, 60), w = MomentumRuns.Path(0.1, -0.5, 200), plain = MomentumRuns.Path(0.1, UpdateRule.Sgd, 200);
        findings.Given("η", 0.1);
        findings.Equal("velocity under a constant gradient 1, μ = −0.5", velocities.AsSpan(0, 5), [-0.1, -0.05, -0.075, -0.0625, -0.06875]);
        findings.Equal("limit of this velocity, −η/(1−μ)", velocities[^1], -0.0666666666666667);
        findings.Equal("w on ½w² after 10, 50, 200 steps, μ = −0.5", [w[10], w[50], w[200]], [0.4977638496, 0.0336204743881062, 1.37302758642771e-6]);
        findings.EqualRelative("w after 200 steps of plain descent", plain[200], 7.05507910865e-10, 1e-11);
        findings.Refuted(
            "learning may halt",
            "|w| falls in each of 200 steps, and the velocity under a constant gradient converges to two thirds of that of plain descent",
            Enumerable.Range(1, 200).All(t => Math.Abs(w[t]) < Math.Abs(w[t - 1])) && velocities.All(v => v <= -0.05));

        foreach (double mu in new[] { -0.9, -0.5, -0.1 })
        {
            double limit = 2 * (1 + mu);
            findings.AtMost($"radius at 0.99 times the limit ηh = 2(1+μ), μ = {Findings.Text(mu)}", Radius(0.99 * limit, mu), 1 - 1e-6);
            findings.AtLeast($"radius at 1.01 times the limit, μ = {Findings.Text(mu)}", Radius(1.01 * limit, mu), 1 + 1e-6);
        }

        findings.AtLeast("radius for μ = −1 and ηh = 0.01", Radius(0.01, -1), 1.004);
        findings.AtLeast("radius for μ = −1.1 and ηh = 0.01", Radius(0.01, -1.1), 1.1);
        findings.AtLeast("|w| after 200 steps with μ = −1", Math.Abs(MomentumRuns.Path(0.1, -1, 200)[200]), 100);

        static double Radius(double etaH, double mu) => MomentumRuns.Radius(MomentumRuns.StepMatrix(etaH, mu, 1));
    }

    private static void SignOfVelocity(Findings findings)
    {
        double[] velocities = MomentumRuns.Velocities(0.1, -0.5, 1, 30);
        findings.Given("η, gradient", 0.1, 1);
        findings.Equal("velocity, μ = −0.5", velocities.AsSpan(0, 5), [-0.1, -0.05, -0.075, -0.0625, -0.06875]);
        findings.Equal("velocity, μ = −1", MomentumRuns.Velocities(0.1, -1, 1, 4), [-0.1, 0, -0.1, 0]);
        findings.Equal("velocity, μ = −1.1", MomentumRuns.Velocities(0.1, -1.1, 1, 5), [-0.1, 0.01, -0.111, 0.0221, -0.12431]);
        // With η = 1 the weight changes by −v.
        findings.Equal("v without a gradient from v = 1, μ = −0.5", [.. MomentumRuns.Velocities(1, -0.5, 0, 3, start: 1).Select(step => -step)], [-0.5, 0.25, -0.125]);
        findings.Refuted(
            "the velocity alternates in sign for every μ < 0",
            "under a constant gradient all thirty velocities for μ = −0.5 have the same sign",
            velocities.All(v => v < 0));
        findings.Holds("for μ = −1.1 the velocity alternates", Alternates(MomentumRuns.Velocities(0.1, -1.1, 1, 30)));
        findings.Holds("without a gradient the velocity alternates for μ = −0.5", Alternates(MomentumRuns.Velocities(1, -0.5, 0, 30, start: 1)));

        static bool Alternates(double[] v) => v.Zip(v.Skip(1), (a, b) => a * b < 0).All(turns => turns);
    }
}
