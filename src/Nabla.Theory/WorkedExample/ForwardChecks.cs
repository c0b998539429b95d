using Nabla.Network.Prediction;
using Nabla.Network.Study;
using Nabla.Theory.Recipes;

namespace Nabla.Theory.WorkedExample;

/// <summary>Each number of the forward pass of the 2-2-2 example.</summary>
internal static class ForwardChecks
{
    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T80",
            Title = "net_h1",
            Status = ClaimStatus.Correct,
            Sources = ["Homework, 3.3 (21)–(22)"],
            Claim = "The first hidden unit has the weighted input 0.15·0.05 + 0.2·0.1 + 0.35 = 0.3775.",
            Formula = @"z_{h_1} = w_1 i_1 + w_2 i_2 + b = 0.0075 + 0.02 + 0.35 = 0.3775",
            Derivation = """
                The first row of $W_1$ is $(w_1,w_2)=(0.15,0.20)$, the inputs are $(0.05,0.10)$, and the bias is $0.35$.
                Since the inputs are small, the bias is the largest part of the sum.
                """,
            Run = findings =>
            {
                GivenInputs(findings);
                findings.Equal("net_h1", Example.Pass.WeightedInputs(0)[0], 0.3775);
            },
        },
        new()
        {
            Id = "T81",
            Title = "net_h2",
            Status = ClaimStatus.Wrong,
            Sources = ["Homework, 3.3 (23)"],
            Claim = "The second weighted input, again labelled h1, is 0.2·0.05 + 0.3·0.1 + 0.35 = 0.39.",
            Correction = "The weights of h2 are w3 = 0.25 and w4 = 0.30: net_h2 = 0.25·0.05 + 0.30·0.10 + 0.35 = 0.3925.",
            Formula = @"z_{h_2} = w_3 i_1 + w_4 i_2 + b = 0.0125 + 0.03 + 0.35 = 0.3925",
            Derivation = """
                The second row of $W_1$ is $(w_3,w_4)=(0.25,0.30)$. The document uses $w_2=0.20$, a weight of the
                *first* unit, in place of $w_3$. Everything computed from h2 inherits the error: out_h2, out_o2, the
                cost and half of the gradients.
                """,
            Run = findings =>
            {
                GivenInputs(findings);
                double net = Example.Pass.WeightedInputs(0)[1];
                findings.Equal("net_h2", net, 0.3925);
                findings.Refuted("0.2·0.05 + 0.3·0.1 + 0.35", (0.2 * 0.05) + (0.3 * 0.1) + 0.35, 0.39, net);
            },
        },
        new()
        {
            Id = "T82",
            Title = "Sigmoid with 1−e^−z",
            Status = ClaimStatus.Wrong,
            Sources = ["Homework, 3.3 (25), (26), (28)"],
            Claim = "The activation is out = 1/(1−e^−z).",
            Correction = "The denominator is 1+e^−z.",
            Formula = @"\sigma(z) = \frac{1}{1+e^{-z}}",
            Derivation = """
                With the minus sign the expression has a pole at $z=0$, and for $z>0$ its values are above 1, so it
                cannot be the activation of a sigmoid unit. The printed number, $0.59327$, belongs to $1+e^{-z}$. So the
                formula is a misprint, and the calculation is right.
                """,
            Run = SigmoidSign,
        },
        new()
        {
            Id = "T83",
            Title = "out_h2",
            Status = ClaimStatus.Wrong,
            Sources = ["Homework, 3.3 (26)"],
            Claim = "out_h2 = 0.596282.",
            Correction = "out_h2 = σ(0.3925) = 0.596884. The printed number is σ(0.39).",
            Formula = @"h_2 = \sigma(0.3925) = 0.596884378259767",
            Derivation = """
                The sigmoid was evaluated correctly, but at the wrong argument. The error of net_h2 (T81), $0.0025$,
                times $\sigma'\approx0.24$ is $0.0006$, and this is the error of the printed value.
                """,
            Run = findings =>
            {
                double h2 = Example.Pass.Activations(0)[1];
                findings.Equal("out_h2", h2, 0.596884378259767);
                findings.Equal("σ(0.3925)", Example.Sigmoid(0.3925), 0.596884378259767);
                findings.Refuted("σ(0.39), printed as 0.596282", Example.Sigmoid(0.39), 0.596282699296788, h2);
            },
        },
        new()
        {
            Id = "T84",
            Title = "out_o1",
            Status = ClaimStatus.Correct,
            Sources = ["Homework, 3.3 (27)"],
            Claim = "out_o1 = σ(1.105905967) = 0.75137.",
            Formula = @"o_1 = \sigma(0.40\,h_1+0.45\,h_2+0.60) = \sigma(1.10590596705977) = 0.751365069552316",
            Derivation = """
                All printed digits are right, which is surprising: the value needs the right $h_2=0.596884$, although
                the line before prints the wrong one. With $\sigma(0.39)$ instead, $o_1$ would be $0.751314$. So the
                numbers of the document do not all come from the same calculation.
                """,
            Run = findings =>
            {
                Trace trace = Example.Pass;
                findings.Equal("net_o1", trace.WeightedInputs(1)[0], 1.10590596705977);
                findings.Equal("net_o1 to the printed digits", trace.WeightedInputs(1)[0], 1.105905967, 5e-10);
                findings.Equal("out_o1", trace.Outputs()[0], 0.751365069552316);
                findings.Equal("out_o1 to the printed digits", trace.Outputs()[0], Example.PrintedO1, 5e-6);
                findings.Equal("out_o1 with h2 = σ(0.39)", Example.OutputLayerOfTheDocument.Outputs()[0], 0.751314484751996);
            },
        },
        new()
        {
            Id = "T85",
            Title = "out_o2",
            Status = ClaimStatus.Wrong,
            Sources = ["Homework, 3.3 (28)"],
            Claim = "out_o2 = 1/(1−e^−0.39) = 0.77287.",
            Correction = "out_o2 = σ(1.22492140409647) = 0.772928465321463.",
            Formula = @"o_2 = \sigma(0.50\,h_1+0.55\,h_2+0.60) = \sigma(1.22492140409647) = 0.772928465321463",
            Derivation = """
                This line has two independent errors. The expression has the wrong sign (T82) and the weighted input of
                a *hidden* unit; its value is about 3.1, not 0.77. The printed number, on the other hand, is the result
                of the output layer with the wrong $h_2=\sigma(0.39)$.
                """,
            Run = SecondOutput,
        },
    ];

    private static void GivenInputs(Findings findings)
    {
        findings.Given("i1, i2", Mazur.Input);
        findings.Given("w1..w4", 0.15, 0.20, 0.25, 0.30);
        findings.Given("bias of the hidden units", 0.35);
    }

    private static void SigmoidSign(Findings findings)
    {
        double h1 = Example.Pass.Activations(0)[0];
        findings.Equal("out_h1", h1, 0.593269992107187);
        findings.Equal("out_h1 to the printed digits", h1, Example.PrintedH1, 5e-6);
        findings.Holds("0 < σ(z) < 1 for z = −30 to 30", Enumerable.Range(-30, 61).All(z => Example.Sigmoid(z) is > 0 and < 1));
        findings.Refuted("1/(1−e^−0.3775)", 1 / (1 - Math.Exp(-0.3775)), 3.18039049164598, h1);
    }

    private static void SecondOutput(Findings findings)
    {
        Trace trace = Example.Pass;
        double o2 = trace.Outputs()[1], inherited = Example.OutputLayerOfTheDocument.Outputs()[1];
        double[] prediction = new double[2];
        GivenNetwork network = Mazur.Network(Cost.CrossEntropy);
        new ForwardPass(network.Options, network.Parameters).Run(Mazur.Input, prediction);
        findings.Equal("net_o2", trace.WeightedInputs(1)[1], 1.22492140409647);
        findings.Equal("out_o2", o2, 0.772928465321463);
        findings.Equal("both outputs from the forward pass of the predictor", prediction, [0.751365069552316, 0.772928465321463]);
        findings.Refuted("1/(1−e^−0.39)", 1 / (1 - Math.Exp(-0.39)), 3.09652047383284, o2);
        findings.Refuted("o2 with h2 = σ(0.39), printed as 0.77287", inherited, 0.772870379687175, o2);
    }
}
