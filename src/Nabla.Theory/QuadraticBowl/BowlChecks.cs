using Nabla.Diagnosis;
using Nabla.Network.Study;
using Nabla.Theory.Recipes;

namespace Nabla.Theory.QuadraticBowl;

/// <summary>The bowl, and the factor by which a step multiplies each coordinate.</summary>
internal static class BowlChecks
{
    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T74",
            Title = "Gradient and minimum",
            Status = ClaimStatus.Correct,
            Sources = ["Jacobian sheet, 2.1"],
            Claim = "L = ½(a·w1² + b·w2²) has the gradient (a·w1, b·w2) and its minimum at 0.",
            Formula = @"L(w) = \tfrac12\left(a\,w_1^2+b\,w_2^2\right), \qquad \nabla L = (a\,w_1,\; b\,w_2), \qquad a,b>0",
            Derivation = """
                Each summand contains one coordinate, so we can read off the gradient. With $a,b>0$ both summands are at
                least 0 and vanish only at $w=0$, so there is one minimum, and it is global. The condition is necessary
                (the text uses it without stating it): with $b<0$ the gradient at 0 is still 0, but the cost falls along
                $w_2$, and the point is a saddle.

                Every quadratic cost with a minimum has this form in the axes of its Hessian, with the curvatures $a$
                and $b$ as eigenvalues. In fact, a linear unit with the quadratic cost *is* a bowl. The eight samples
                $(\pm4,0)$, $(0,\pm2)$, $4\times(0,0)$ with target 0 give exactly $\tfrac12(4w_1^2+w_2^2)$. Two linear
                units in a row, $\hat y=w_2w_1x$, have a saddle at 0: $\tfrac12(1-w_1w_2)^2\approx\tfrac12-w_1w_2$.
                """,
            Run = Gradient,
        },
        new()
        {
            Id = "T75",
            Title = "Contraction factors",
            Status = ClaimStatus.Correct,
            Sources = ["Jacobian sheet, 2.2"],
            Claim = "Gradient descent on the bowl multiplies the coordinates by ρ1 = 1−ηa and ρ2 = 1−ηb in every step.",
            Formula = @"w_i(t+1) = \rho_i\,w_i(t), \qquad \rho_1 = 1-\eta a, \quad \rho_2 = 1-\eta b, \qquad w_i(t) = \rho_i^{\,t}\,w_i(0)",
            Derivation = """
                We have $w_1\leftarrow w_1-\eta\,a\,w_1=(1-\eta a)w_1$, and the same for $w_2$ with $b$: the coordinates
                do not influence each other. After $t$ steps $w_i(t)=\rho_i^t\,w_i(0)$, a geometric sequence. (The
                document calls the second factor $\rho_1$, too; it should be $\rho_2$.)
                """,
            Run = ContractionFactors,
        },
    ];

    private static void Gradient(Findings findings)
    {
        Bowl bowl = Bowl.Of(4, 1), bottom = Bowl.Of(4, 1, 0, 0);
        Trace trace = bowl.Network.Trace(bowl.Inputs, bowl.Targets), least = bottom.Network.Trace(bottom.Inputs, bottom.Targets);
        findings.Given("a, b", 4, 1);
        findings.Given("w", 1, 1);
        findings.Equal("L", trace.Cost, 2.5);
        findings.Equal("∇L", [.. trace.WeightGradient(0).Cast<double>()], [4, 1]);
        findings.Exactly("∂L/∂bias, by the symmetry of the samples", trace.BiasGradient(0)[0], 0);
        findings.Equal("L and ∇L at 0", [least.Cost, .. least.WeightGradient(0).Cast<double>()], [0, 0, 0]);
        findings.Equal("largest curvature", Curvature.Largest(bowl.Network.Options, bowl.Network.Parameters, bowl.Inputs, bowl.Targets), 4, 1e-9);

        Trace saddle = Product(0, 0);
        findings.Equal("two linear units in a row at 0: cost and gradient", [saddle.Cost, saddle.WeightGradient(0)[0, 0], saddle.WeightGradient(1)[0, 0]], [0.5, 0, 0]);
        findings.Equal("two linear units in a row: cost at (0.1, 0.1), lower, and at (0.1, −0.1), higher", [Product(0.1, 0.1).Cost, Product(0.1, -0.1).Cost], [0.49005, 0.51005]);
    }

    private static void ContractionFactors(Findings findings)
    {
        Bowl bowl = Bowl.Of(4, 1);
        double[][] path = Descent.Path(bowl.Network, bowl.Inputs, bowl.Targets, Descent.Options(0.1, 8, epochs: 10));
        findings.Given("a, b, η", 4, 1, 0.1);
        findings.Given("initial w", 1, 1);
        findings.Equal("ρ1, ρ2 of the first step", path[1].AsSpan(..2), [0.6, 0.9]);
        findings.Equal("ρ1, ρ2 of the tenth step", [path[10][0] / path[9][0], path[10][1] / path[9][1]], [0.6, 0.9]);
        findings.Equal("w after 10 steps", path[10].AsSpan(..2), [0.0060466176, 0.3486784401], 1e-14);
        findings.Exactly("bias after 10 steps", path[10][2], 0);
    }

    /// <summary>ŷ = w2·w1·x at x = 1 with target 1.</summary>
    private static Trace Product(double w1, double w2) => Networks.Of(
        Cost.Quadratic,
        Networks.Layer(new[,] { { w1 } }, [0], Activation.Linear),
        Networks.Layer(new[,] { { w2 } }, [0], Activation.Linear)).Trace([1], [1]);
}
