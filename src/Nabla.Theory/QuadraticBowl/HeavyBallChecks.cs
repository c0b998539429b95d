using Nabla.Theory.Plots;

namespace Nabla.Theory.QuadraticBowl;

/// <summary>Momentum on the quadratic bowl.</summary>
internal static class HeavyBallChecks
{
    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T79",
            Title = "Momentum on the bowl (completes the exercise)",
            Status = ClaimStatus.Correct,
            Sources = ["Jacobian sheet, 2.4", "Book exercises II, 21–22"],
            Claim = "The heavy ball w ← w−ηv, v ← μv+g on curvature h has the characteristic polynomial x²−(1+μ−ηh)x+μ.",
            Formula = @"x^2-(1+\mu-\eta h)\,x+\mu=0, \qquad \text{convergent} \iff |\mu|<1,\; 0<\eta h<2(1+\mu), \qquad \mu^*=\left(\frac{\sqrt\kappa-1}{\sqrt\kappa+1}\right)^2",
            Derivation = """
                With $g=hw$ one step is linear: $v'=\mu v+hw$ and $w'=w-\eta v'=(1-\eta h)w-\eta\mu v$. The matrix has
                the trace $1-\eta h+\mu$ and the determinant $(1-\eta h)\mu+\eta\mu h=\mu$, which gives the polynomial.
                Both roots lie inside the unit circle exactly if $|\mu|<1$ and $|1+\mu-\eta h|<1+\mu$, that is,
                $0<\eta h<2(1+\mu)$. So $\mu=0.9$ allows nearly twice the step of plain descent, and a negative $\mu$
                reduces the range.

                If the roots are complex, their product $\mu$ is $|x|^2$. Then the factor per step is $\sqrt\mu$,
                whatever the curvature is. So we choose the smallest $\mu$ for which the roots are still complex at both
                ends of the spectrum, $(1-\sqrt\mu)^2\le\eta h\le(1+\sqrt\mu)^2$ for $h=b$ and $h=a$. Equality at both
                ends gives $\eta=4/(\sqrt a+\sqrt b)^2$ and $\sqrt\mu=(\sqrt\kappa-1)/(\sqrt\kappa+1)$. The condition
                number is replaced by its square root, and $\kappa=10^6$ needs 6908 steps instead of 6.9 million.

                At this best $\mu$ the two roots coincide, and the distance behaves like $t\cdot x^t$, which is a little
                slower at the beginning.
                """,
            Run = Momentum,
            Plot = Race,
        },
    ];

    private static void Momentum(Findings findings)
    {
        (double trace, double determinant) = HeavyBall.Map(4, 0.2, 0.9);
        findings.Equal("h = 4, η = 0.2, μ = 0.9: trace 1+μ−ηh and determinant μ of the step", [trace, determinant], [1.1, 0.9]);
        (double Momentum, double Limit)[] limits = [(0.9, 0.95), (0.5, 0.75), (0, 0.5), (-0.5, 0.25), (-0.9, 0.05)];
        foreach ((double momentum, double limit) in limits)
        {
            string name = $"h = 4, μ = {Findings.Text(momentum)}";
            findings.Equal($"{name}: radius at η = {Findings.Text(limit)}, the limit", HeavyBall.Radius(4, limit, momentum), 1);
            findings.AtMost($"{name}: radius at 0.99 times the limit", HeavyBall.Radius(4, 0.99 * limit, momentum), 1 - 1e-4);
            findings.AtLeast($"{name}: radius at 1.01 times the limit", HeavyBall.Radius(4, 1.01 * limit, momentum), 1 + 1e-4);
        }

        findings.Equal("h = 4, μ = 0.5: radius at 0.99 and 1.01 times 0.75", [HeavyBall.Radius(4, 0.7425, 0.5), HeavyBall.Radius(4, 0.7575, 0.5)], [0.935561711201316, 1.0569332115399]);
        findings.Equal("complex roots, h = 4, η = 0.1, μ = 0.9: radius √μ", HeavyBall.Radius(4, 0.1, 0.9), Math.Sqrt(0.9));

        findings.Equal("a = 4, b = 1: best η, best μ", [HeavyBall.Best(4, 1).LearningRate, HeavyBall.Best(4, 1).Momentum], [4.0 / 9, 1.0 / 9]);
        findings.Equal("a = 4, b = 1: radius in each coordinate", [HeavyBall.Radius(4, 4.0 / 9, 1.0 / 9), HeavyBall.Radius(1, 4.0 / 9, 1.0 / 9)], [1.0 / 3, 1.0 / 3], 1e-7);
        findings.Equal("κ = 100: best μ", HeavyBall.Best(100, 1).Momentum, 0.669421487603306);
        findings.Equal("κ = 100: radius", HeavyBall.BestRadius(100, 1), 0.818181818181818, 1e-7);
        findings.Exactly("κ = 100: steps for 10⁻⁶, from the radius", Condition.Steps(HeavyBall.BestRadius(100, 1)), 69);
        findings.Exactly("κ = 100: steps of plain descent at its best η", Condition.Steps(Condition.Rate(100, 2.0 / 101)), 691);
        findings.Exactly("κ = 1000000: steps for 10⁻⁶, from the radius", Condition.Steps(HeavyBall.BestRadius(1e6, 1)), 6908);

        double[] path = Trained(100, 800);
        findings.Equal("κ = 100: factor per step in training, steps 400 to 800", Math.Pow(path[800] / path[400], 1.0 / 400), 0.818181818181818, 0.02);
        findings.Reported("κ = 100: steps for 10⁻⁶, counted in training", Array.FindIndex(path, distance => distance <= Condition.Shrinkage));
    }

    private static Plot Race() => new()
    {
        Title = "κ = 100: plain descent and the heavy ball",
        X = "step",
        Y = "larger of |w1| and |w2|",
        LogarithmicY = true,
        Curves =
        [
            Curve.OverSteps("plain, η = 1/a", Condition.Path(100, 0.01, 200)),
            Curve.OverSteps("plain, η* = 2/(a+b)", Condition.Path(100, 2.0 / 101, 200)),
            Curve.OverSteps("momentum 0.9, same η", Condition.Path(100, 2.0 / 101, 200, Rule(0.9))),
            Curve.OverSteps("best η and μ = 0.669", Trained(100, 200)),
        ],
    };

    private static double[] Trained(double condition, int steps)
    {
        (double learningRate, double momentum) = HeavyBall.Best(condition, 1);
        return Condition.Path(condition, learningRate, steps, Rule(momentum));
    }

    private static Training.UpdateRules.Momentum Rule(double momentum) => new Training.UpdateRules.Momentum(momentum);
}
