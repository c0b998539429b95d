using Nabla.Diagnosis;
using Nabla.Theory.Plots;
using Nabla.Theory.Recipes;

namespace Nabla.Theory.QuadraticBowl;

/// <summary>The reason why descent is slow in a narrow valley.</summary>
internal static class ConditionChecks
{
    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T78",
            Title = "Large a/b makes descent slow",
            Status = ClaimStatus.Imprecise,
            Sources = ["Jacobian sheet, 2.4"],
            Claim = "a/b → ∞ forces η → 0 and therefore makes convergence slow.",
            Correction =
                "η → 0 only if a grows with b fixed. In every case the best factor (κ−1)/(κ+1) tends to 1, which " +
                "means about (κ/2)·ln(1/ε) steps.",
            Formula = @"t_\varepsilon = \left\lceil \frac{\ln\varepsilon}{\ln\frac{\kappa-1}{\kappa+1}} \right\rceil \approx \frac{\kappa}{2}\ln\frac1\varepsilon, \qquad \kappa=\frac{\max(a,b)}{\min(a,b)}",
            Derivation = """
                If we multiply the cost by any number and $\eta$ by its inverse, the path does not change. So the size
                of $\eta$ alone says nothing about speed. With $b$ fixed and $a\to\infty$ the limit $2/a$ does tend to
                0. With $a$ fixed and $b\to0$ it does not change, but descent still becomes slow, because
                $1-\eta b\to1$: the valley is flat.

                The invariant quantity is the condition number $\kappa$. By T77 the best factor is
                $(\kappa-1)/(\kappa+1)$. Since
                $\ln\frac{\kappa-1}{\kappa+1}=-2\left(\frac1\kappa+\frac1{3\kappa^3}+\dots\right)$, a reduction by
                $\varepsilon$ takes about $\frac\kappa2\ln\frac1\varepsilon$ steps. With $\eta=1/a$ it takes twice as
                many. Momentum replaces $\kappa$ by $\sqrt\kappa$ (T79).
                """,
            Run = SlowValley,
            Plot = StepsOverCondition,
        },
    ];

    private static void SlowValley(Findings findings)
    {
        (double Condition, double Best, double Inverse)[] rows = [(10, 69, 132), (100, 691, 1375), (1e4, 69078, 138149), (1e6, 6907756, 13815504)];
        findings.Given("b, initial w1 = w2, reduction ε", 1, 1, Condition.Shrinkage);
        foreach ((double condition, double best, double inverse) in rows)
        {
            string kappa = $"κ = {Findings.Text(condition)}";
            findings.Equal($"{kappa}: factor per step at η* = 2/(a+b)", Condition.Rate(condition, Best(condition)), (condition - 1) / (condition + 1));
            findings.Exactly($"{kappa}: steps at η*, from the factor", Condition.Steps(Condition.Rate(condition, Best(condition))), best);
            findings.Exactly($"{kappa}: steps at η = 1/a, from the factor", Condition.Steps(Condition.Rate(condition, 1 / condition)), inverse);
            if (condition <= 100)
            {
                findings.Exactly($"{kappa}: steps at η*, counted in training", Condition.StepsOfTraining(condition, Best(condition), (int)best + 10), best);
                findings.Exactly($"{kappa}: steps at η = 1/a, counted in training", Condition.StepsOfTraining(condition, 1 / condition, (int)inverse + 10), inverse);
            }
        }

        findings.Equal("κ = 1000000: steps divided by (κ/2)·ln(1/ε)", Condition.Steps(Condition.Rate(1e6, Best(1e6))) / (5e5 * -Math.Log(Condition.Shrinkage)), 1, 1e-6);
        double steep = StepLimit(1e4, 1), flat = StepLimit(1, 1e-4);
        findings.Equal("limit 2/λmax of η for a = 10⁴, b = 1", steep, 2e-4, 1e-9);
        findings.Equal("limit 2/λmax of η for a = 1, b = 10⁻⁴, the same κ", flat, 2, 1e-9);
        findings.Refuted("a/b → ∞ forces η → 0", $"with a = 1 and b = 10⁻⁴ the limit of η is still {Findings.Text(Math.Round(flat, 6))}", flat > 1.9);
    }

    private static Plot StepsOverCondition()
    {
        double[] conditions = [.. Enumerable.Range(0, 23).Select(i => 3 * Math.Pow(10, i / 4.0)).Where(condition => condition < 1e6), 1e6];
        double[] trained = [10, 30, 100, 300];
        return new Plot
        {
            Title = "Steps until the distance is a millionth",
            X = "condition number κ",
            Y = "steps",
            LogarithmicX = true,
            LogarithmicY = true,
            Curves =
            [
                new Curve("η = 1/a", conditions, [.. conditions.Select(condition => Condition.Steps(Condition.Rate(condition, 1 / condition)))], CurveStyle.Dashed),
                new Curve("η* = 2/(a+b)", conditions, [.. conditions.Select(condition => Condition.Steps(Condition.Rate(condition, Best(condition))))]),
                new Curve("η*, counted in training", trained, [.. trained.Select(condition => (double)Condition.StepsOfTraining(condition, Best(condition), 10 * (int)condition))], CurveStyle.Points),
                new Curve("best momentum", conditions, [.. conditions.Select(condition => Condition.Steps(HeavyBall.BestRadius(condition, 1)))]),
            ],
        };
    }

    private static double Best(double condition) => 2 / (condition + 1);

    private static double StepLimit(double a, double b)
    {
        var bowl = Bowl.Of(a, b);
        return 2 / Curvature.Largest(bowl.Network.Options, bowl.Network.Parameters, bowl.Inputs, bowl.Targets);
    }
}
