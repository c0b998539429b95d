using Nabla.Theory.Plots;
using Nabla.Training.UpdateRules;

namespace Nabla.Theory.Momentum;

/// <summary>Momentum outside its usual range: above 1 and below 0.</summary>
internal static class FrictionChecks
{
    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T122",
            Title = "μ>1",
            Status = ClaimStatus.Correct,
            Sources = ["004_e3855a7dd8c664cd.txt 21"],
            Claim = "With μ > 1 friction is negative: the velocity grows and minima are overshot.",
            Formula = @"\begin{pmatrix} w \\ v \end{pmatrix} \mapsto \begin{pmatrix} 1-\eta h & -\eta\mu \\ h & \mu \end{pmatrix} \begin{pmatrix} w \\ v \end{pmatrix}, \qquad \det = \mu",
            Derivation = """
                On a curvature $h$ the gradient is $hw$, and a step $v \leftarrow \mu v + hw$, $w \leftarrow w - \eta v$ is a linear map of $(w, v)$. Its
                determinant is $(1-\eta h)\mu + \eta\mu h = \mu$: whatever $\eta$ and $h$ are, each step multiplies the area of any patch of states by
                $\mu$. The determinant is also the product of the two eigenvalues, so the larger one has at least the magnitude $\sqrt{|\mu|}$. For
                $\mu \ge 1$ that is at least 1, and no learning rate makes descent converge. For $\mu > 1$ the area, and with it the ball's swing,
                grows for ever.

                At $\mu = 1$ there is no friction at all: each step keeps the ball's energy $hw^2 + \eta h\,wv + \eta v^2$ (insert the step to see
                it). From $w = 1$ at rest the energy is $h$. For a given $w$ it is smallest at $v = -hw/2$, with $hw^2(1-\eta h/4)$, so the ball
                swings for ever and never beyond $|w| = 1/\sqrt{1-\eta h/4}$.
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
                    Curve.OverSteps("μ = 1: none", MomentumRuns.Path(0.1, 1, 60), 0),
                    Curve.OverSteps("μ = 1.1: negative", MomentumRuns.Path(0.1, 1.1, 60)),
                ],
            },
        },
        new()
        {
            Id = "T123",
            Title = "μ<0, first answer",
            Status = ClaimStatus.Wrong,
            Sources = ["004_e3855a7dd8c664cd.txt 21"],
            Claim = "μ < 0 means a lot of friction: the velocity gets very small and learning may halt.",
            Correction = "For −1 < μ < 0 the effective step is η/(1−μ), between η/2 and η: slower than plain descent, but it goes on; the stable range shrinks to ηh < 2(1+μ), and μ ≤ −1 diverges on any curvature h > 0.",
            Formula = @"v_t = \sum_{s=0}^{t-1}\mu^s\,g \to \frac{g}{1-\mu}, \qquad \eta_{\text{effective}} = \frac{\eta}{1-\mu} \in \left(\tfrac{\eta}{2}, \eta\right) \text{ for } -1<\mu<0",
            Derivation = """
                Under a constant gradient $g$ the velocity is a geometric series, $v_t = g\,(1-\mu^t)/(1-\mu)$. For $-1 < \mu < 0$ it settles at
                $g/(1-\mu)$, between $g/2$ and $g$. So negative momentum is plain descent with a somewhat smaller step: at $\mu = -0.5$ two thirds of it.
                It never comes to a halt while there is a gradient.

                What it does cost is stability. The eigenvalues solve $x^2 - (1+\mu-\eta h)x + \mu = 0$; both lie inside the unit circle exactly if
                $|\mu| < 1$ and $|1+\mu-\eta h| < 1+\mu$, that is $0 < \eta h < 2(1+\mu)$. As $\mu \to -1$ this range closes. At $\mu = -1$ the product of
                the eigenvalues is $-1$ and their sum $-\eta h \neq 0$: one of them is outside, for every $h > 0$. Far from too much friction, the ball
                is thrown to and fro.
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
            Sources = ["004_e3855a7dd8c664cd.txt 21 correction"],
            Claim = "With μ < 0 the velocity alternates in sign.",
            Correction = "The carried term μv changes its sign each step. The velocity alternates without a gradient; under a constant gradient it keeps its sign for −1 < μ < 0 and alternates for μ < −1.",
            Formula = @"v_t = \mu^t v_0 + g\,\frac{1-\mu^t}{1-\mu}",
            Derivation = """
                Solve $v_t = \mu v_{t-1} + g$: it is $\mu^t v_0$, which alternates for every $\mu < 0$, plus $g\,(1-\mu^t)/(1-\mu)$. In the second part
                $1-\mu^t$ lies between $1-\mu^2$ and $1-\mu$ for $-1 < \mu < 0$, so it is positive at every step: the pull of the gradient is always
                stronger than the kick back. The velocity wobbles around $g/(1-\mu)$ but never turns round. At $\mu = -1$ it is $g, 0, g, 0, \ldots$ and
                only below $-1$ the kick wins and the sign alternates, with growing size.
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
        findings.Given("cost, η, start", "½w², 0.1, w = 1");
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

        findings.AtMost("|det − μ| of a step, η from 0.001 to 8, μ = 1, 1.1, 2", deviation, 1e-14);
        findings.AtLeast("smallest radius/√μ of these", smallest, 1 - 1e-15);
        double[] swings = MomentumRuns.Path(0.1, 1, 2000);
        double swing = swings.Max(Math.Abs);
        findings.AtMost("largest |w| in 2000 steps, μ = 1", swing, 1.01273936708367 + 1e-12);
        findings.AtLeast("and it comes as far as the bound", swing, 1.0127);
        findings.AtLeast("largest |w| of the last 100 of them", swings.TakeLast(100).Max(Math.Abs), 1);
    }

    private static void NegativeMomentum(Findings findings)
    {
        double[] velocities = MomentumRuns.Velocities(0.1, -0.5, 1, 60), w = MomentumRuns.Path(0.1, -0.5, 200), plain = MomentumRuns.Path(0.1, 0, 200, OptimizerKind.Sgd);
        findings.Given("η", 0.1);
        findings.Equal("velocity under a constant gradient 1, μ = −0.5", velocities.AsSpan(0, 5), [-0.1, -0.05, -0.075, -0.0625, -0.06875]);
        findings.Equal("its limit −η/(1−μ)", velocities[^1], -0.0666666666666667);
        findings.Equal("w on ½w² after 10, 50, 200 steps, μ = −0.5", [w[10], w[50], w[200]], [0.4977638496, 0.0336204743881062, 1.37302758642771e-6]);
        findings.EqualRelative("plain descent after 200 steps", plain[200], 7.05507910865e-10, 1e-11);
        findings.Refuted(
            "Learning may halt",
            "|w| falls at every one of 200 steps, and the velocity under a constant gradient settles at two thirds of plain descent's",
            Enumerable.Range(1, 200).All(t => Math.Abs(w[t]) < Math.Abs(w[t - 1])) && velocities.All(v => v <= -0.05));

        foreach (double mu in new[] { -0.9, -0.5, -0.1 })
        {
            double limit = 2 * (1 + mu);
            findings.AtMost($"radius at 0.99 of the limit ηh = 2(1+μ), μ = {Findings.Text(mu)}", Radius(0.99 * limit, mu), 1 - 1e-6);
            findings.AtLeast($"radius at 1.01 of it, μ = {Findings.Text(mu)}", Radius(1.01 * limit, mu), 1 + 1e-6);
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
        // With η = 1 the weight moves by −v.
        findings.Equal("v without a gradient, from v = 1, μ = −0.5", [.. MomentumRuns.Velocities(1, -0.5, 0, 3, start: 1).Select(step => -step)], [-0.5, 0.25, -0.125]);
        findings.Refuted(
            "The velocity alternates in sign for every μ < 0",
            "under a constant gradient all thirty velocities of μ = −0.5 have one sign",
            velocities.All(v => v < 0));
        findings.Holds("for μ = −1.1 it alternates", Alternates(MomentumRuns.Velocities(0.1, -1.1, 1, 30)));
        findings.Holds("without a gradient it alternates for μ = −0.5", Alternates(MomentumRuns.Velocities(1, -0.5, 0, 30, start: 1)));

        static bool Alternates(double[] v) => v.Zip(v.Skip(1), (a, b) => a * b < 0).All(turns => turns);
    }
}
