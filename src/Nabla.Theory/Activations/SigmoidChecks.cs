using Nabla.Network;
using Nabla.Network.Activations;

namespace Nabla.Theory.Activations;

/// <summary>The sigmoid: its slope and its ends.</summary>
internal static class SigmoidChecks
{
    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T01",
            Title = "Sigmoid derivative",
            Status = ClaimStatus.Correct,
            Sources = ["000_c927b73e9f8ed7a6.txt §1", "004_e3855a7dd8c664cd.txt 1"],
            Claim = "σ(z) = 1/(1+e^−z) has the derivative σ′(z) = e^−z/(1+e^−z)² = σ(z)(1−σ(z)).",
            Formula = @"\sigma'(z) = \frac{e^{-z}}{(1+e^{-z})^2} = \sigma(z)\,(1-\sigma(z)) = \sigma(z)\,\sigma(-z)",
            Derivation = """
                Write $\sigma = u^{-1}$ with $u = 1+e^{-z}$. Then $u' = -e^{-z}$ and $\sigma' = -u^{-2}u' = e^{-z}/u^2$.
                Since $e^{-z} = u-1$, this is $1/u - 1/u^2 = \sigma - \sigma^2$.

                In floating point $1-\sigma(z)$ loses its digits where $\sigma(z)$ is close to 1, so the library computes $\sigma(z)\,\sigma(-z)$.
                """,
            Run = SigmoidDerivative,
        },
    ];

    private static void SigmoidDerivative(Findings findings)
    {
        double product = 0, difference = 0;
        for (int i = -300; i <= 300; i++)
        {
            double z = i / 10.0, slope = ActivationMath.Derivative(Activation.Sigmoid, z);
            product = Math.Max(product, Math.Abs(slope - (Sigmoid(z) * Sigmoid(-z))));
            double central = NumericJacobian.Of(x => [Sigmoid(x[0])], [z])[0, 0];
            difference = Math.Max(difference, Math.Abs(slope - central));
        }

        findings.Given("z", "−30 to 30 in steps of 0.1");
        findings.AtMost("largest |σ′ − σ(z)σ(−z)|", product, 1e-15);
        findings.AtMost("largest |σ′ − central difference|", difference, 1e-10);
        findings.Equal("σ(0.5)", Sigmoid(0.5), 0.6224593312018546);
        findings.Equal("σ′(0.5)", ActivationMath.Derivative(Activation.Sigmoid, 0.5), 0.2350037122015945);
        findings.Exactly("σ′(0), the maximum", ActivationMath.Derivative(Activation.Sigmoid, 0), 0.25);
        findings.EqualRelative("σ′(30)", ActivationMath.Derivative(Activation.Sigmoid, 30), 9.357622968839299e-14, 1e-10);
    }

    private static double Sigmoid(double z) => ActivationMath.Value(Activation.Sigmoid, z);
}
