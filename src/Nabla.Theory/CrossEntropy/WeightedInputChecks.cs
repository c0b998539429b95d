using Nabla.Network.Activations;
using Nabla.Network.Study;
using Nabla.Theory.Plots;
using Nabla.Theory.Recipes;

namespace Nabla.Theory.CrossEntropy;

/// <summary>Cross-entropy as a function of the weighted input: slope and curvature.</summary>
internal static class WeightedInputChecks
{
    private static readonly double[] Grid = [.. Enumerable.Range(-100, 201).Select(i => i / 10.0)];

    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T14",
            Title = "∂C/∂z of one sample before simplification",
            Status = ClaimStatus.Correct,
            Sources = ["Homework, 3.2 (11)–(12)"],
            Claim = "∂C/∂z = −(y/σ)σ′ + ((1−y)/(1−σ))σ′, which is σ(z) − y.",
            Formula = @"\frac{\partial C}{\partial z} = -\frac{y}{\sigma}\,\sigma' + \frac{1-y}{1-\sigma}\,\sigma' = \sigma(z) - y",
            Derivation = """
                By the chain rule, $\partial C/\partial z = (\partial C/\partial a)\,\sigma'(z)$. With
                $\sigma' = \sigma(1-\sigma)$ the first term is $-y(1-\sigma)$ and the second is $(1-y)\sigma$. The
                products $y\sigma$ cancel, and $\sigma-y$ remains.

                The factor that stalls learning, $\sigma'$, is cancelled by its reciprocal in $\partial C/\partial a$.
                The library computes the error in both ways: the plain form multiplies two derivatives, and the fused
                form, which training uses, subtracts the target from the activation.
                """,
            Run = BeforeSimplification,
        },
        new()
        {
            Id = "T15",
            Title = "σ′ moved to the left side",
            Status = ClaimStatus.Wrong,
            Sources = ["Homework, 3.2 (13)–(14)"],
            Claim = "σ′(z) = ∂C/∂z = −y/σ + (1−y)/(1−σ).",
            Correction =
                "∂C/∂z = σ′(z)·[−y/σ + (1−y)/(1−σ)] = σ(z) − y. Only the zeros agree, so the conclusion y = σ(z) is " +
                "right.",
            Formula = @"\frac{\partial C}{\partial z} = \sigma'(z)\left[-\frac{y}{\sigma}+\frac{1-y}{1-\sigma}\right] = \sigma(z)-y",
            Derivation = """
                A factor of the right side was moved to the left and then taken for the left side itself, so the printed
                line equates three different quantities. At $z = 1$, $y = 0.3$ they are $0.197$, $0.431$ and $2.192$.

                The document then looks for the zero of the derivative. There the slip does no harm: $\sigma'$ is
                positive everywhere, so the product is 0 exactly when the other factor is 0. The following lines, with
                $y = \sigma(z)$, are right.
                """,
            Run = FactorMoved,
        },
        new()
        {
            Id = "T16",
            Title = "Second derivative in z",
            Status = ClaimStatus.Wrong,
            Sources = ["Homework, 3.2 (19)"],
            Claim = "∂²C/∂z² = σ″(z) = y/σ² + (1−y)/(1−σ)².",
            Correction =
                "∂²C/∂z² = σ(z)(1−σ(z)) for every y; it is positive and at most 1/4. The printed expression is " +
                "∂²C/∂a².",
            Formula = @"\frac{\partial^2 C}{\partial z^2} = \frac{d}{dz}\left(\sigma(z)-y\right) = \sigma'(z) = \sigma(z)\,(1-\sigma(z)) \in \left(0, \tfrac14\right]",
            Derivation = """
                The first derivative is $\sigma(z)-y$, so the second is $\sigma'(z)$: the target drops out. It is
                positive, so $C$ is convex in $z$. For a single unit $z$ is linear in the weights and the bias, so $C$
                is convex in these as well and has no local minima other than the global one.

                $\sigma''$ is the second derivative of the *activation*, which changes sign at $z = 0$. And
                $y/\sigma^2+(1-y)/(1-\sigma)^2$ is $\partial^2 C/\partial a^2$ (T11): it is the curvature of the cost
                over $a$, not over $z$. At the minimum the two differ by the factor $\sigma'^2$:
                $0.21 = 4.76\cdot 0.21^2$.
                """,
            Run = CurvatureInZ,
            Plot = Curvatures,
        },
        new()
        {
            Id = "T17",
            Title = "\"Since 0<z<1 the second derivative is ≥1\"",
            Status = ClaimStatus.Wrong,
            Sources = ["Homework, 3.2 after (20)"],
            Claim = "From 0 < σ < 1 and 0 < z < 1 it follows that the second derivative is at least 1.",
            Correction =
                "z is any real number (it is y that lies in [0, 1]), and ∂²C/∂z² never exceeds 1/4. The proof needs " +
                "only that it is positive, which is true. The bound does hold for ∂²C/∂a².",
            Formula = @"0 < \frac{\partial^2 C}{\partial z^2} \le \frac14, \qquad \min_{0<a<1}\frac{\partial^2 C}{\partial a^2} = \left(y^{1/3}+(1-y)^{1/3}\right)^3 \ge 1",
            Derivation = """
                For $z$ the bound $\sigma(1-\sigma)\le 1/4$ settles the question. For the printed expression, the second
                derivative in $a$, the bound 1 is true, but not for the reason given. Set its derivative
                $-2y/a^3+2(1-y)/(1-a)^3$ to 0: $\frac{a}{1-a} = \left(\frac{y}{1-y}\right)^{1/3}$. With $p = y^{1/3}$,
                $q = (1-y)^{1/3}$ this means $a = \frac{p}{p+q}$, and the value there is $(p+q)^2(p+q) = (p+q)^3$. Since
                $p+q\ge p^3+q^3 = 1$, it is at least 1, with equality for $y \in \{0,1\}$.

                The size of the second derivative does not matter for the conclusion: a minimum needs a positive second
                derivative, not a large one.
                """,
            Run = Bound,
        },
    ];

    private static void BeforeSimplification(Findings findings)
    {
        findings.Given("z, y", [1, 0.3]);
        double a = OneOutput.Sigmoid(1), plain = OneOutput.Slope(0.3, a) * ActivationMath.Derivative(Activation.Sigmoid, 1);
        findings.Equal("fused δ", OneOutput.Delta(0.3, 1), 0.4310585786300049, 1e-14);
        findings.Equal("∂C/∂a·σ′", plain, 0.4310585786300049, 1e-14);
        findings.Equal("σ(z) − y", a - 0.3, 0.4310585786300049, 1e-14);
        double slope = NumericJacobian.Of(x => [OneOutput.Fused(0.3, x[0]).Cost], [1])[0, 0];
        findings.EqualRelative("central difference of the cost", slope, 0.4310585786300049, 1e-7);
    }

    private static void FactorMoved(Findings findings)
    {
        findings.Given("z, y", [1, 0.3]);
        double delta = OneOutput.Delta(0.3, 1), slope = ActivationMath.Derivative(Activation.Sigmoid, 1), printed = OneOutput.Slope(0.3, OneOutput.Sigmoid(1));
        findings.Equal("∂C/∂z", delta, 0.4310585786300049);
        findings.Equal("σ′·[−y/σ + (1−y)/(1−σ)]", slope * printed, 0.4310585786300049);
        findings.Refuted("∂C/∂z = σ′(z)", slope, 0.1966119332414819, delta);
        findings.Refuted("∂C/∂z = −y/σ + (1−y)/(1−σ)", printed, 2.192433447569899, delta);
        findings.Holds("∂C/∂z and the bracket have the same sign, and so the same zero, for z = −10 to 10", Grid.All(z => Math.Sign(OneOutput.Delta(0.3, z)) == Math.Sign(OneOutput.Slope(0.3, OneOutput.Sigmoid(z)))));
        double zero = Math.Log(0.3 / 0.7);
        findings.Equal("∂C/∂z and the bracket at z = ln(0.3/0.7)", [OneOutput.Delta(0.3, zero), OneOutput.Slope(0.3, OneOutput.Sigmoid(zero))], [0, 0], 1e-14);
    }

    private static void CurvatureInZ(Findings findings)
    {
        double zero = Math.Log(0.3 / 0.7);
        findings.Given("z, y", [1, 0.3]);
        findings.EqualRelative("∂²C/∂z²", OneOutput.CurvatureInZ(0.3, 1), 0.1966119332414819, 1e-7);
        findings.Equal("σ′(1)", ActivationMath.Derivative(Activation.Sigmoid, 1), 0.1966119332414819);
        findings.EqualRelative("∂²C/∂z² for y = 0", OneOutput.CurvatureInZ(0, 1), 0.1966119332414819, 1e-7);
        findings.EqualRelative("∂²C/∂z² for y = 1", OneOutput.CurvatureInZ(1, 1), 0.1966119332414819, 1e-7);
        findings.Equal("z* with σ(z*) = 0.3", zero, -0.8472978603872036);
        findings.EqualRelative("∂²C/∂z² at the minimum z*", OneOutput.CurvatureInZ(0.3, zero), 0.21, 1e-7);
        findings.AtMost("largest ∂²C/∂z² for z = −10 to 10", Grid.Max(z => OneOutput.CurvatureInZ(0.3, z)), 0.25 + 1e-9);
        findings.AtLeast("least ∂²C/∂z² for z = −10 to 10, above 0", Grid.Min(z => OneOutput.CurvatureInZ(0.3, z)), 1e-5);
        double second = NumericJacobian.Of(x => [ActivationMath.Derivative(Activation.Sigmoid, x[0])], [1])[0, 0];
        findings.Refuted("∂²C/∂z² = σ″(z) at z = 1", second, -0.09085774767294841, OneOutput.CurvatureInZ(0.3, 1), 1e-9);
        findings.Refuted("the printed y/σ² + (1−y)/(1−σ)² at z = 1", Published(OneOutput.Sigmoid(1)), 10.23926207876797, OneOutput.CurvatureInZ(0.3, 1));
        findings.Refuted("the printed expression at the minimum z*", Published(OneOutput.Sigmoid(zero)), 4.761904761904762, OneOutput.CurvatureInZ(0.3, zero));

        static double Published(double a) => (0.3 / (a * a)) + (0.7 / ((1 - a) * (1 - a)));
    }

    private static void Bound(Findings findings)
    {
        const double Minimiser = 0.4298574880007685;
        double least = OneOutput.Curvature(0.3, Minimiser);
        findings.EqualRelative("∂²C/∂z² at z = 1, y = 0.3", OneOutput.CurvatureInZ(0.3, 1), 0.1966119332414819, 1e-7);
        findings.EqualRelative("∂²C/∂a² for y = 0.3 at a = 0.4298574880007685", least, 3.777006788740141, 1e-7);
        findings.Equal("the closed form (∛0.3 + ∛0.7)³", Math.Pow(Math.Cbrt(0.3) + Math.Cbrt(0.7), 3), 3.777006788740141);
        findings.AtLeast("least ∂²C/∂a² for a = 0.01 to 0.99", OneOutput.Grid.Min(a => OneOutput.Curvature(0.3, a)), least * (1 - 1e-7));
        findings.Refuted("∂²C/∂z² ≥ 1", "it is at most 0.25, and 0.1966 at z = 1, so it is below 1 everywhere", Grid.All(z => OneOutput.CurvatureInZ(0.3, z) < 0.2501));
        findings.Refuted("0 < z < 1", "for y = 0.3 the minimum is at z = −0.847297860387204", Math.Abs(OneOutput.Delta(0.3, -0.8472978603872036)) < 1e-15);
    }

    private static Plot Curvatures()
    {
        double[] z = [.. Enumerable.Range(-60, 121).Select(i => i / 20.0)];
        return new Plot
        {
            Title = "Second derivatives of the cross-entropy (y = 0.3)",
            X = "z",
            Y = "second derivative",
            LogarithmicY = true,
            Curves =
            [
                new Curve("in z: σ(1 − σ)", z, [.. z.Select(value => OneOutput.CurvatureInZ(0.3, value))]),
                new Curve("in a: the printed expression", z, [.. z.Select(value => OneOutput.Curvature(0.3, OneOutput.Sigmoid(value)))]),
                new Curve("the document's bound, 1", [-3, 3], [1, 1], CurveStyle.Dashed),
            ],
        };
    }
}
