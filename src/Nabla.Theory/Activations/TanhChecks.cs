using Nabla.Network.Activations;
using Nabla.Network.Study;
using Nabla.Theory.Recipes;

namespace Nabla.Theory.Activations;

/// <summary>tanh as a rescaled sigmoid: the identity of the functions and of the networks.</summary>
internal static class TanhChecks
{
    private static readonly double[] Inputs = [0.5, -1, 2, -0.3, 0.8, -1.7, 0, 0, 0, 3, -2, 1];
    private static readonly double[] Targets = [1, 0, -0.5, 2, 0.3, 0.3, -1, 1];

    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T04",
            Title = "tanh identity",
            Status = ClaimStatus.Wrong,
            Sources = ["Book exercises I, §8.4", "Book exercises II, 23"],
            Claim =
                "σ(z) = (1+tanh(z/2))/2. The lines of the proof put e^{−z/2}+e^{z/2} over itself, then have a " +
                "numerator that sums to 3e^{−z/2}−e^{z/2}, and end with σ(z) = e^{−z/2}/(e^{z/2}+e^{−z/2}).",
            Correction =
                "The identity is true, but the proof is wrong: the numerator of tanh(z/2) is e^{z/2}−e^{−z/2}, and " +
                "the last line is σ(−z).",
            Formula = @"\frac{1+\tanh(z/2)}{2} = \frac{(e^{z/2}+e^{-z/2}) + (e^{z/2}-e^{-z/2})}{2\,(e^{z/2}+e^{-z/2})} = \frac{e^{z/2}}{e^{z/2}+e^{-z/2}} = \frac{1}{1+e^{-z}} = \sigma(z)",
            Derivation = """
                By definition $\tanh x = \frac{e^x-e^{-x}}{e^x+e^{-x}}$. We set $x = z/2$ and write 1 over the same
                denominator. In the numerator the terms $e^{-z/2}$ cancel and the terms $e^{z/2}$ add up: $2e^{z/2}$
                over $2(e^{z/2}+e^{-z/2})$. Dividing both by $e^{z/2}$ gives the sigmoid. The published lines have the
                two signs of the numerator the wrong way round. At $z = 1$ they give $1$, $0.038$ and $0.269$; only the
                last is a value of the sigmoid, namely at $-1$.

                **What it means for networks.** Solved for tanh, the identity is $\tanh z = 2\sigma(2z)-1$. A layer of
                tanh units with $(W_1, b_1)$ followed by $(W_2, b_2)$ computes
                $W_2\,(2\sigma(2W_1x+2b_1)-\mathbf 1)+b_2$. A layer of sigmoid units with $(2W_1, 2b_1)$, followed by
                $(2W_2,\; b_2-W_2\mathbf 1)$, computes the same. So both kinds of network represent the same functions.
                They learn differently, because equal steps in different parameters are different steps of the function,
                and because tanh activations are centred on 0.
                """,
            Run = Identity,
        },
    ];

    private static void Identity(Findings findings)
    {
        double identity = 0, slope = 0;
        for (int i = -4000; i <= 4000; i++)
        {
            double z = i / 100.0;
            identity = Math.Max(identity, Math.Abs(Sigmoid(z) - ((1 + Tanh(z / 2)) / 2)));
            slope = Math.Max(slope, Math.Abs(ActivationMath.Derivative(Activation.Tanh, z) - (4 * ActivationMath.Derivative(Activation.Sigmoid, 2 * z))));
        }

        findings.Given("z", "−40 to 40 in steps of 0.01");
        findings.AtMost("largest |σ(z) − (1+tanh(z/2))/2|, two ulp", identity, 2 * (Math.BitIncrement(1.0) - 1));
        findings.AtMost("largest |tanh′(z) − 4σ′(2z)|", slope, 1e-14);
        findings.Equal("σ(0.7)", Sigmoid(0.7), 0.668187772168166);
        findings.Equal("(1+tanh(0.35))/2", (1 + Tanh(0.35)) / 2, 0.668187772168166);
        double grow = Math.Exp(0.5), shrink = Math.Exp(-0.5);
        findings.Refuted("first line at z = 1, a sum divided by itself", (shrink + grow) / (grow + shrink), 1, Sigmoid(1));
        findings.Refuted("second line at z = 1, numerator 3e^{−z/2} − e^{z/2}", ((3 * shrink) - grow) / (2 * (grow + shrink)), 0.0378828427399902, Sigmoid(1));
        findings.Refuted("last line at z = 1, e^{−z/2}/(e^{z/2}+e^{−z/2})", shrink / (grow + shrink), 0.268941421369995, Sigmoid(1));
        findings.Equal("σ(−1), which equals the last line", Sigmoid(-1), 0.268941421369995);
        findings.Equal("σ(1)", Sigmoid(1), 0.731058578630005);
        TwoLayers(findings);
    }

    /// <summary>Compares a tanh network with the sigmoid network that computes the same function.</summary>
    private static void TwoLayers(Findings findings)
    {
        NetworkOptions options = NetworkOptions.FeedForward(3, [5], 2, Activation.Tanh, Activation.Linear, Cost.Quadratic);
        var tanh = new GivenNetwork(options, ParameterInitializer.Draw(options, Initializer.Large, Precision.Double, seed: 4));
        NetworkOptions sigmoidOptions = NetworkOptions.FeedForward(3, [5], 2, Activation.Sigmoid, Activation.Linear, Cost.Quadratic);
        var sigmoid = new GivenNetwork(sigmoidOptions, Stretched(tanh.Parameters, new Parameters(sigmoidOptions, Precision.Double)));
        Trace one = tanh.Trace(Inputs, Targets), other = sigmoid.Trace(Inputs, Targets);
        findings.Given("networks", "3-5-2: tanh with (W₁, b₁), (W₂, b₂); sigmoid with (2W₁, 2b₁), (2W₂, b₂ − row sums of W₂); four samples");
        for (int sample = 0; sample < one.Samples; sample++)
        {
            findings.Equal($"outputs of sample {sample + 1}, sigmoid network compared with tanh network", other.Outputs(sample), one.Outputs(sample));
        }

        double gradient = one.WeightGradient(0).Cast<double>().Zip(other.WeightGradient(0).Cast<double>(), (g, half) => Math.Abs(g - (2 * half))).Max();
        findings.AtMost("largest |∂C/∂W₁ of tanh − 2·∂C/∂(2W₁) of sigmoid|", gradient, 1e-13);
    }

    private static Parameters Stretched(Parameters tanh, Parameters sigmoid)
    {
        for (int layer = 0; layer < 2; layer++)
        {
            for (int unit = 0; unit < tanh.UnitsOf(layer); unit++)
            {
                double rowSum = 0;
                for (int input = 0; input < tanh.InputsOf(layer); input++)
                {
                    double w = tanh.GetWeight(layer, unit, input);
                    sigmoid.SetWeight(layer, unit, input, 2 * w);
                    rowSum += w;
                }

                sigmoid.SetBias(layer, unit, layer == 0 ? 2 * tanh.GetBias(0, unit) : tanh.GetBias(1, unit) - rowSum);
            }
        }

        return sigmoid;
    }

    private static double Sigmoid(double z) => ActivationMath.Value(Activation.Sigmoid, z);

    private static double Tanh(double z) => ActivationMath.Value(Activation.Tanh, z);
}
