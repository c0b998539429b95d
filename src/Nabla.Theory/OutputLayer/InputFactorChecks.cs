using Nabla.Data.Synthetic;
using Nabla.Network.Costs;
using Nabla.Network.Registries;
using Nabla.Network.Study;
using Nabla.Theory.Recipes;

namespace Nabla.Theory.OutputLayer;

/// <summary>The factor x_j of ∂C/∂w_j: why no cost removes it, and what a unit without it can learn.</summary>
internal static class InputFactorChecks
{
    private const int XorSamples = 40;

    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T30",
            Title = "x_j cannot be removed from ∂C/∂w_j",
            Status = ClaimStatus.Imprecise,
            Sources = ["Book exercises II, 5"],
            Claim =
                "∂C/∂a depends only on a and y, so no cost cancels x_j. This is said to follow because the cost is " +
                "a function of a − y.",
            Correction =
                "The cost is a function of (a, y), not of a − y alone. The proof: if x_j = 0, C does not depend on " +
                "w_j, so ∂C/∂w_j = 0, whereas an expression without x_j would not vanish.",
            Formula = @"\frac{\partial C}{\partial w_j} = \delta\,x_j, \qquad x_j = 0 \;\Rightarrow\; \frac{\partial C}{\partial w_j} = 0",
            Derivation = """
                We have $\partial C/\partial w_j = \frac{\partial C}{\partial a}f'(z)\,x_j$. The cost determines only
                the first factor. Cross-entropy is chosen so that it cancels the second. To cancel the third, it would
                have to be a function of $a$ and $y$ that equals $1/x_j$ up to a factor without $x_j$. This is
                impossible, because different inputs can give the same $a$.

                A shorter proof: let $x_j = 0$. Then $w_j$ is multiplied by 0 and does not influence the output, so
                $\partial C/\partial w_j$ must be 0 for every cost. An expression $g(a,y)$ without $x_j$ cannot express
                this.

                The document's reason is neither needed nor true: cross-entropy at $(y,a) = (0.3,0.31)$ and at
                $(0.5,0.51)$ has the same difference $a-y$ but different values.
                """,
            Run = InputFactor,
        },
        new()
        {
            Id = "T31",
            Title = "What an x-free gradient would mean",
            Status = ClaimStatus.Imprecise,
            Sources = ["Book exercises I, §3.5"],
            Claim =
                "Without x_k in the gradient the weights would act as constants that merge with b_j. Such a network " +
                "can be trained and still reacts to its input.",
            Correction =
                "The gradient lacks x_k if and only if z depends on w_k additively. The unit then learns a single " +
                "number, its threshold; the differences of z between inputs never change.",
            Formula = @"\frac{\partial z}{\partial w_k} = 1 \iff z = w_k + g(x,\dots), \qquad z = \sum_k (w_k+x_k)+b \;\Rightarrow\; \frac{\partial C}{\partial w_k} = \frac{\partial C}{\partial b} = \delta",
            Derivation = """
                We have $\partial C/\partial w_k = \delta\cdot\partial z/\partial w_k$. This is free of $x_k$ exactly if
                $\partial z/\partial w_k$ is. Integration gives $z = w_k+g$ with a $g$ that does not contain $w_k$. All
                such weights act only through the sum $B = \sum_k w_k+b$, and each has the same gradient $\delta$: they
                are one parameter under many names.

                Such a unit can train its threshold, and the cost falls. But $z(x)-z(x') = g(x)-g(x')$ contains no
                parameter at all. The order of any two samples is fixed before the first step and never changes. The
                experiment trains one unit on `xor` twice: first only its bias, then weights and bias. In the first run
                the differences stay the same up to rounding; in the second they change.
                """,
            Run = ThresholdOnly,
        },
    ];

    private static void InputFactor(Findings findings)
    {
        (Activation Activation, Cost Cost)[] pairs =
        [
            .. NetworkChoices.BuiltIn.Activations.Select(row => row.Create()).Where(activation => activation != Activation.Step).Select(activation => (activation, Cost.Quadratic)),
            (Activation.Sigmoid, Cost.CrossEntropy),
            (Activation.Softmax, Cost.LogLikelihood),
        ];
        double spread = 0, atZero = 0, smallest = double.PositiveInfinity;
        foreach ((Activation activation, Cost cost) in pairs)
        {
            // Both z are positive, where every activation has a nonzero slope.
            GivenNetwork unit = Networks.Of(cost, Networks.Layer(new[,] { { 0.4, 0.3, 0.2 }, { 0.5, -0.2, 0.6 } }, [0.15, -0.35], activation));
            double[] x = [2, -1, 0.5];
            Trace trace = unit.Trace(x, [1, 0]), blind = unit.Trace([2, 0, 0.5], [1, 0]);
            for (int output = 0; output < 2; output++)
            {
                double delta = trace.Deltas(0)[output];
                smallest = Math.Min(smallest, Math.Abs(blind.Deltas(0)[output]));
                atZero = Math.Max(atZero, Math.Abs(blind.WeightGradient(0)[output, 1]));
                for (int j = 0; j < 3; j++)
                {
                    spread = Math.Max(spread, Math.Abs((trace.WeightGradient(0)[output, j] / x[j]) - delta));
                }
            }
        }

        findings.Given("units", $"{pairs.Length} pairs of activation and cost; 3 inputs, 2 outputs; x = (2, −1, 0.5) and x = (2, 0, 0.5)");
        findings.AtMost("largest |(∂C/∂w_j)/x_j − δ|", spread, 1e-15);
        findings.Exactly("largest |∂C/∂w_j| for x_j = 0", atZero, 0);
        findings.AtLeast("least |δ| for x_j = 0", smallest, 1e-4);
        double one = CostMath.Value(Cost.CrossEntropy, [0.31], [0.3]), other = CostMath.Value(Cost.CrossEntropy, [0.51], [0.5]);
        findings.Refuted("the cost is a function of a − y", $"cross-entropy at (y, a) = (0.3, 0.31) is {Findings.Text(one)}, at (0.5, 0.51) {Findings.Text(other)}", Math.Abs(one - other) > 0.05);
        findings.Refuted("some g(a, y) without x_j could be ∂C/∂w_j", "for x_j = 0 the derivative is exactly 0, but δ is not", atZero == 0 && smallest > 0);
    }

    private static void ThresholdOnly(Findings findings)
    {
        Additive(findings);
        var data = PlaneSets.Generate("xor", XorSamples, seed: 0);
        double[] inputs = new double[2 * XorSamples], targets = new double[XorSamples];
        for (int sample = 0; sample < XorSamples; sample++)
        {
            data.CopyInputs(sample, inputs.AsSpan(2 * sample, 2));
            targets[sample] = data.Label(sample);
        }

        GivenNetwork unit = Networks.Of(Cost.CrossEntropy, Networks.Layer(new[,] { { 0.7, -0.4 } }, [3], Activation.Sigmoid));
        double[][] frozen = Descent.Path(unit, inputs, targets, Descent.Options(0.5, XorSamples, 100) with { Frozen = ["layers.0.weight"] });
        double[][] free = Descent.Path(unit, inputs, targets, Descent.Options(0.5, XorSamples, 100));
        Trace start = unit.Trace(inputs, targets), end = At(frozen[^1]);
        findings.Given("experiment", $"{XorSamples} samples of xor, one sigmoid unit, w = (0.7, −0.4), b = 3; 100 full-batch steps, η = 0.5");
        findings.Reported("only the bias trained: cost before and after", start.Cost, end.Cost);
        findings.AtMost("only the bias trained: cost after", end.Cost, start.Cost - 0.1);
        double movedGap = frozen.Max(row => Gap(At(row), start));
        findings.AtMost("only the bias trained: largest change of z(x) − z(x′) in 100 steps", movedGap, 1e-12);
        findings.AtLeast("weights trained, too: largest change of z(x) − z(x′)", Gap(At(free[^1]), start), 0.1);
        findings.Equal("∂C/∂b at the start, the mean of δ", start.BiasGradient(0), [Enumerable.Range(0, XorSamples).Average(sample => start.Outputs(sample)[0] - targets[sample])]);
        findings.Refuted("with its bias alone, the unit still learns how to react to its input", "only the threshold changes: no two samples ever change their order", movedGap <= 1e-12 && Order(start).SequenceEqual(Order(end)));

        Trace At(double[] row) => unit.With(parameters =>
        {
            parameters.SetWeight(0, 0, 0, row[0]);
            parameters.SetWeight(0, 0, 1, row[1]);
            parameters.SetBias(0, 0, row[2]);
        }).Trace(inputs, targets);
    }

    /// <summary>Checks z = Σ_k(w_k + x_k) + b, written as a unit with weights 1 and bias w₁ + w₂ + b.</summary>
    private static void Additive(Findings findings)
    {
        double delta = Unit([0.2, -0.5, 0.3]).BiasGradient(0)[0];
        double[,] gradient = NumericJacobian.Of(p => [Unit(p).Cost], [0.2, -0.5, 0.3]);
        findings.Given("additive unit", "z = (w₁+x₁) + (w₂+x₂) + b with w = (0.2, −0.5), b = 0.3, x = (2, −1), y = 1, cross-entropy");
        findings.Equal("∂C/∂w₁, ∂C/∂w₂, ∂C/∂b, all equal to δ", gradient, new[,] { { delta, delta, delta } }, 1e-9);

        static Trace Unit(double[] p) => Networks.Of(Cost.CrossEntropy, Networks.Layer(new[,] { { 1.0, 1.0 } }, [p[0] + p[1] + p[2]], Activation.Sigmoid)).Trace([2, -1], [1]);
    }

    /// <summary>The largest change of z(x) − z(x₀) between two passes, where x₀ is the first sample.</summary>
    private static double Gap(Trace one, Trace other) =>
        Enumerable.Range(0, one.Samples).Max(sample => Math.Abs(Z(one, sample) - Z(one, 0) - (Z(other, sample) - Z(other, 0))));

    private static int[] Order(Trace trace) => [.. Enumerable.Range(0, trace.Samples).OrderBy(sample => Z(trace, sample)).ThenBy(sample => sample)];

    private static double Z(Trace trace, int sample) => trace.WeightedInputs(0, sample)[0];
}
