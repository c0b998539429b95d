using Nabla.Network.Activations;
using Nabla.Network.Study;
using Nabla.Theory.Recipes;

namespace Nabla.Theory.WorkedExample;

/// <summary>The gradients of the example: first the output layer, then the hidden layer.</summary>
internal static class GradientChecks
{
    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T89",
            Title = "Output weight gradients",
            Status = ClaimStatus.Wrong,
            Sources = ["Homework, 3.3 (36)–(39)"],
            Claim = "The gradients of w5 … w8 are 0.4398, 0.44207, −0.1288 and −0.1295.",
            Correction =
                "The formula h(o−y) is right, and w5, w7 are right to four digits. w6 = 0.442509 and w8 = " +
                "−0.129567, since the printed values contain the wrong h2.",
            Formula = @"\frac{\partial C}{\partial W_2} = (o-y)\,h^{\mathsf T} = \begin{pmatrix} 0.439829648961847 & 0.442509228603243 \\ -0.128782027665431 & -0.129566608014492\end{pmatrix}",
            Derivation = """
                With cross-entropy $\sigma'$ cancels, and the output error is $\delta=o-y$. The gradient of the weight
                from $h_j$ to $o_i$ is $\delta_i h_j$. The document has this formula, but its numbers contain earlier
                errors: $w_6$ and $w_8$ use the wrong $h_2$ (T83), and $w_7$ and $w_8$ the error of the wrong $o_2$
                (T85). For $w_7$ the difference lies beyond the last printed digit.
                """,
            Run = OutputWeights,
        },
        new()
        {
            Id = "T90",
            Title = "Output bias gradients",
            Status = ClaimStatus.Wrong,
            Sources = ["Homework, 3.3 (40)–(41)"],
            Claim = "The gradients of the output biases are 0.74137 and −0.21713.",
            Correction =
                "The first is right to the printed digits. The second is −0.217072, since the printed value " +
                "contains the wrong o2.",
            Formula = @"\frac{\partial C}{\partial b_i} = \delta_i = o_i-y_i",
            Derivation = """
                A bias is a weight whose input is always 1, so its gradient is the error itself: $o_1-0.01$ and
                $o_2-0.99$. If both outputs shared a single bias, its gradient would be the sum of the two.
                """,
            Run = OutputBiases,
        },
        new()
        {
            Id = "T91",
            Title = "Hidden chain rule",
            Status = ClaimStatus.Correct,
            Sources = ["Homework, 3.3 (43)–(50)"],
            Claim =
                "For a hidden unit ∂C/∂z_j = Σ_i (a_i−y_i)·w_(i←j)·a_j(1−a_j), multiplied by the input i_k for a " +
                "weight.",
            Formula = @"\frac{\partial C}{\partial z_j} = h_j(1-h_j)\sum_i w_{i\leftarrow j}\,(o_i-y_i), \qquad \frac{\partial C}{\partial w_{j\leftarrow k}} = \frac{\partial C}{\partial z_j}\,i_k",
            Derivation = """
                The cost depends on $z_j$ only through $h_j$, and on $h_j$ through both outputs. So we multiply along
                each path and add the paths. The index is essential: $w_{i\leftarrow j}$ leads *from* hidden unit $j$
                *to* output $i$. The weights $w_5$ (to $o_1$) and $w_7$ (to $o_2$) start at $h_1$; $w_6$ and $w_8$ start
                at $h_2$. These are the columns of $W_2$, not its rows.
                """,
            Run = HiddenErrors,
        },
        new()
        {
            Id = "T92",
            Title = "Hidden weight gradients",
            Status = ClaimStatus.Wrong,
            Sources = ["Homework, 3.3 (51)–(55)"],
            Claim =
                "The gradients of w1 … w4 are 0.002399, 0.003024, 0.004798 and 0.00605, with w5, w6 for h1 and w7, " +
                "w8 for h2, and input 0.05 for w1, w2, 0.1 for w3, w4.",
            Correction =
                "h1 feeds w5 = 0.40 and w7 = 0.50, and h2 feeds w6 = 0.45 and w8 = 0.55. The input of w1, w3 is i1 " +
                "= 0.05, and that of w2, w4 is i2 = 0.10.",
            Formula = @"\frac{\partial C}{\partial W_1} = \bigl[(W_2^{\mathsf T}\delta)\odot\sigma'(z)\bigr]\,i^{\mathsf T} = \begin{pmatrix} 0.00226835045365457 & 0.00453670090730914 \\ 0.0025772697102895 & 0.00515453942057899\end{pmatrix}",
            Derivation = """
                The formula of T91 is right, but the document inserts the wrong weights. The errors are carried back
                through the *rows* of $W_2$, that is, through $W_2$ instead of $W_2^{\mathsf T}$, and in the last step
                the rows and columns of $\delta\,i^{\mathsf T}$ are exchanged. All printed digits follow from this
                wiring, so there is no other error.

                This is the classic error in backpropagation, and it is hard to notice: every number has the right size
                and the right sign, and the cost even falls. Only a gradient check finds it.
                """,
            Run = HiddenWeights,
        },
        new()
        {
            Id = "T93",
            Title = "Hidden bias gradients",
            Status = ClaimStatus.Wrong,
            Sources = ["Homework, 3.3 (56)–(61)"],
            Claim = "The gradients of the hidden biases are 0.04798 and 0.06049.",
            Correction = "They are 0.045367 and 0.051545. The wiring is wrong in the same way as for the weights.",
            Formula = @"\frac{\partial C}{\partial b_{h_j}} = \frac{\partial C}{\partial z_j}, \qquad (0.0453670090730914,\; 0.0515453942057899)",
            Derivation = """
                The gradient of a hidden bias is $\partial C/\partial z_j$ itself, and this is where the error of T92
                arises: the sum over the outputs was taken with $w_5,w_6$ and $w_7,w_8$. The gradient of a bias shared
                by both hidden units is the sum of the two.
                """,
            Run = HiddenBiases,
        },
    ];

    private static void OutputWeights(Findings findings)
    {
        Trace trace = Example.Pass;
        double[,] gradient = trace.WeightGradient(1);
        double[] h = trace.Activations(0), delta = trace.Deltas(1);
        findings.Equal("∂C/∂w5..w8", [.. gradient.Cast<double>()], [0.439829648961847, 0.442509228603243, -0.128782027665431, -0.129566608014492]);
        findings.Equal("δ = o−y times h", [delta[0] * h[0], delta[0] * h[1], delta[1] * h[0], delta[1] * h[1]], [.. gradient.Cast<double>()]);
        findings.Equal("w5 and w7 to the printed digits", [gradient[0, 0], gradient[1, 0]], [0.4398, -0.1288], 5e-5);
        findings.Refuted("w6 = 0.74137·0.596282, printed as 0.44207", (Example.PrintedO1 - 0.01) * Example.PrintedH2, 0.44207, gradient[0, 1], 5e-6);
        findings.Refuted("w8 = −0.21713·0.596282, printed as −0.1295", (Example.PrintedO2 - 0.99) * Example.PrintedH2, -0.1295, gradient[1, 1], 5e-5);
    }

    private static void OutputBiases(Findings findings)
    {
        Trace trace = Example.Pass;
        double[] gradient = trace.BiasGradient(1);
        findings.Equal("∂C/∂b_o1, ∂C/∂b_o2", gradient, [0.741365069552316, -0.217071534678537]);
        findings.Equal("δ of the outputs", trace.Deltas(1), [0.741365069552316, -0.217071534678537]);
        findings.Equal("∂C/∂b_o1 to the printed digits", gradient[0], 0.74137, 5e-6);
        findings.Equal("gradient of one bias shared by the layer", gradient.Sum(), 0.524293534873778);
        findings.Refuted("0.77287 − 0.99, printed as −0.21713", Example.PrintedO2 - 0.99, -0.21713, gradient[1]);
    }

    private static void HiddenErrors(Findings findings)
    {
        GivenNetwork network = Mazur.Network(Cost.CrossEntropy);
        Trace trace = Example.Pass;
        double[] expected = [0.0453670090730914, 0.0515453942057899], z = trace.WeightedInputs(0), h = trace.Activations(0);
        double[] overHidden = Example.OutputLayer(h[0], h[1]).InputGradient();
        double[,] difference = NumericJacobian.Of(biases => [network.With(parameters => SetBiases(parameters, biases)).Trace(Mazur.Input, Mazur.Target).Cost], [0.35, 0.35]);
        findings.Equal("∂C/∂z of h1, h2", trace.Deltas(0), expected);
        findings.Equal("W2ᵀδ times σ′(z)", [overHidden[0] * Slope(z[0]), overHidden[1] * Slope(z[1])], expected);
        findings.Equal("the same by central differences of the cost", [.. difference.Cast<double>()], expected, 1e-9);
        findings.Equal("∂C/∂w1..w4, the same times i1 and i2", [.. trace.WeightGradient(0).Cast<double>()], [expected[0] * 0.05, expected[0] * 0.10, expected[1] * 0.05, expected[1] * 0.10]);
    }

    private static void HiddenWeights(Findings findings)
    {
        GivenNetwork network = Mazur.Network(Cost.CrossEntropy);
        double[] gradient = [.. Example.Pass.WeightGradient(0).Cast<double>()];
        findings.Equal("∂C/∂w1..w4", gradient, [0.00226835045365457, 0.00453670090730914, 0.0025772697102895, 0.00515453942057899]);
        findings.AtMost("gradient check, largest relative error", GradientCheck.Run(network.Options, network.Parameters, Mazur.Input, Mazur.Target).LargestRelativeError, 1e-8);
        (double h1, double h2) = MiswiredErrors();
        findings.Refuted("w1: h1 with w5 and w6, input 0.05", h1 * 0.05, 0.00239900559747, gradient[0]);
        findings.Refuted("w2: h2 with w7 and w8, input 0.05", h2 * 0.05, 0.00302433030958, gradient[1]);
        findings.Refuted("w3: h1 with w5 and w6, input 0.1", h1 * 0.1, 0.00479801119494, gradient[2]);
        findings.Refuted("w4: h2 with w7 and w8, input 0.1", h2 * 0.1, 0.00604866061916, gradient[3]);
        double[] wrong = [h1 * 0.05, h2 * 0.05, h1 * 0.1, h2 * 0.1];
        double after = network.With(parameters => StepHiddenWeights(parameters, 0.5, wrong)).Trace(Mazur.Input, Mazur.Target).Cost;
        findings.Holds("a descent step along the printed gradients still lowers the cost", after < Example.Pass.Cost);
    }

    private static void HiddenBiases(Findings findings)
    {
        double[] gradient = Example.Pass.BiasGradient(0);
        findings.Equal("∂C/∂b_h1, ∂C/∂b_h2", gradient, [0.0453670090730914, 0.0515453942057899]);
        findings.Equal("gradient of one bias shared by the layer", gradient.Sum(), 0.0969124032788813);
        (double h1, double h2) = MiswiredErrors();
        findings.Refuted("h1 with w5 and w6, printed as 0.04798", h1, 0.04798, gradient[0], 5e-6);
        findings.Refuted("h2 with w7 and w8, printed as 0.06049", h2, 0.06049, gradient[1], 5e-6);
    }

    /// <summary>
    /// ∂C/∂z of the hidden units as in the document: through the rows of W2 and with the rounded activations.
    /// </summary>
    private static (double H1, double H2) MiswiredErrors()
    {
        double first = Example.PrintedO1 - 0.01, second = Example.PrintedO2 - 0.99;
        return (
            ((first * 0.40) + (second * 0.45)) * Example.PrintedH1 * (1 - Example.PrintedH1),
            ((first * 0.50) + (second * 0.55)) * Example.PrintedH2 * (1 - Example.PrintedH2));
    }

    private static void StepHiddenWeights(Parameters parameters, double learningRate, double[] gradient)
    {
        double[] w = [.. gradient.Select((_, i) => parameters.GetWeight(0, i / 2, i % 2))];
        UpdateRule.Sgd.Update(learningRate, w, gradient);
        for (int i = 0; i < w.Length; i++)
        {
            parameters.SetWeight(0, i / 2, i % 2, w[i]);
        }
    }

    private static double Slope(double z) => ActivationMath.Derivative(Activation.Sigmoid, z);

    private static void SetBiases(Parameters parameters, double[] biases)
    {
        parameters.SetBias(0, 0, biases[0]);
        parameters.SetBias(0, 1, biases[1]);
    }
}
