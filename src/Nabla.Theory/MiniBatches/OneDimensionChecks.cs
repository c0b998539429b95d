using Nabla.Theory.Plots;
using Nabla.Theory.Recipes;

namespace Nabla.Theory.MiniBatches;

/// <summary>Descent in one variable, where the cost is a curve that can be drawn.</summary>
internal static class OneDimensionChecks
{
    // The targets are 0, so the data cost is exactly v².
    private static readonly double[] ParabolaInputs = [2, -2, 0, 0];
    private static readonly double[] ParabolaTargets = [0, 0, 0, 0];

    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T130",
            Title = "Descent in one dimension",
            Status = ClaimStatus.Question,
            Sources = ["Homework, 1.1"],
            Claim = "With one variable the cost is a curve, and descent lets a ball roll to its bottom.",
            Formula = @"v' = v - \eta\,C'(v), \qquad \Delta C = -\eta\,C'(v)^2 + O(\eta^2)",
            Derivation = """
                In one dimension the gradient is the slope of the curve. If the curve rises to the right, the ball moves
                left, and the steeper it is, the farther the ball moves. To first order $C$ changes by
                $C'\cdot\Delta v = -\eta C'^2$, which is never positive. So small enough steps never raise the cost. On
                $C = v^2$ with $\eta = 0.1$ each step multiplies $v$ by $1 - 2\eta = 0.8$.

                "The bottom" is the bottom of the valley in which the ball starts. Two linear units in a row with equal
                weights $v$ that should reproduce their input have the cost $\frac12(v^2-1)^2$. It has two valleys, at
                $1$ and at $-1$, with a hill at $0$ between them. The starting point decides which one the ball finds.
                From the top of the hill, where the slope is 0, it does not move at all.
                """,
            Run = RollingBall,
            Plot = () =>
            {
                double[] v = [.. Enumerable.Range(0, 141).Select(i => (i - 70) / 50.0)];
                double[] right = ValleyPath(0.3), left = ValleyPath(-0.1);
                return new Plot
                {
                    Title = "T130: two valleys; each ball ends in the valley of its start (η = 0.1)",
                    X = "v",
                    Y = "cost",
                    Curves =
                    [
                        new Curve("C(v) = ½(v² − 1)²", v, [.. v.Select(ValleyCost)]),
                        new Curve("from v = 0.3", right, [.. right.Select(ValleyCost)], CurveStyle.Points),
                        new Curve("from v = −0.1", left, [.. left.Select(ValleyCost)], CurveStyle.Points),
                    ],
                };
            },
        },
    ];

    private static void RollingBall(Findings findings)
    {
        GivenNetwork unit = Networks.Of(Cost.Quadratic, Networks.Layer(new[,] { { 1.0 } }, [0], Activation.Linear));
        double[][] path = Descent.Path(unit, ParabolaInputs, ParabolaTargets, Descent.Options(0.1, 4, 10));
        findings.Given("C, initial v, η", "v², v = 1, 0.1");
        findings.Equal("C(1)", unit.Trace(ParabolaInputs, ParabolaTargets).Cost, 1);
        findings.Equal("C′(1)", unit.Trace(ParabolaInputs, ParabolaTargets).WeightGradient(0)[0, 0], 2);
        findings.Equal("v after 10 steps, 0.8^10", path[10][0], 0.1073741824);

        double[][] small = Descent.Path(unit, ParabolaInputs, ParabolaTargets, Descent.Options(1e-4, 4, 1));
        double change = unit.With(p => p.SetWeight(0, 0, 0, small[1][0])).Trace(ParabolaInputs, ParabolaTargets).Cost - 1;
        findings.Equal("ΔC in one step with η = 0.0001", change, -3.9996e-4);
        findings.Equal("−η·C′², to first order", change, -4e-4, 1e-7);

        findings.Equal("two valleys, end of the path from 0.3", ValleyPath(0.3)[^1], 1);
        findings.Equal("two valleys, end of the path from −0.1", ValleyPath(-0.1)[^1], -1);
        findings.Exactly("two valleys, end of the path from 0, the top of the hill", ValleyPath(0)[^1], 0);
    }

    /// <summary>Two linear units in a row, both with the weight v. The output is v²·x.</summary>
    private static GivenNetwork Valley(double v) => Networks.Of(
        Cost.Quadratic,
        Networks.Layer(new[,] { { v } }, [0], Activation.Linear),
        Networks.Layer(new[,] { { v } }, [0], Activation.Linear));

    private static double ValleyCost(double v) => Valley(v).Trace([1], [1]).Cost;

    /// <summary>v after 0, 1, … 200 steps on ½(v² − 1)². The two weights start equal and remain equal.</summary>
    private static double[] ValleyPath(double start) => Descent
        .Path(Valley(start), [1], [1], Descent.Options(0.1, 1, 200) with { Frozen = ["layers.0.bias", "layers.1.bias"] })
        .Select(row => row[0])
        .ToArray();
}
