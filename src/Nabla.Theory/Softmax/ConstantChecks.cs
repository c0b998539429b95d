using Nabla.Network.Activations;
using Nabla.Network.Costs;
using Nabla.Network.Study;
using Nabla.Theory.Plots;
using Nabla.Theory.Recipes;

namespace Nabla.Theory.Softmax;

/// <summary>Softmax with a constant c, the reciprocal of the temperature.</summary>
internal static class ConstantChecks
{
    private static readonly double[] Three = [-5, 0, 1];

    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T55",
            Title = "Softmax with constant c is a distribution",
            Status = ClaimStatus.Imprecise,
            Sources = ["Book exercises I, §4.5", "Book exercises II, 11"],
            Claim = "a_j = e^{cz_j}/Σ_k e^{cz_k} with c > 0 is non-negative, never larger than 1, and sums to 1.",
            Correction =
                "With two or more units every output lies strictly between 0 and 1. The values 0 and 1 occur only " +
                "by rounding.",
            Formula = @"a_j = \frac{e^{cz_j}}{\sum_k e^{cz_k}},\qquad 0<a_j<1 \;(K\ge2),\qquad \sum_j a_j = 1",
            Derivation = """
                For all real $c$ and $z_j$ we have $e^{cz_j}>0$. Each exponential is smaller than the sum if the sum has
                another term, and the numerators add up to the denominator. "Non-negative and at most 1" is true but
                says too little: whatever $c$ is, no class is ever excluded and none is ever certain.

                The constant $c$ is the reciprocal of what physicists call the temperature. For $c$ near 0 all outputs
                are close to $1/K$. The larger $c$ is, the larger is the share of the largest $z$.
                """,
            Run = Distribution,
        },
        new()
        {
            Id = "T56",
            Title = "Derivative in c",
            Status = ClaimStatus.Correct,
            Sources = ["Book exercises I, §4.5"],
            Claim = "∂a_j/∂c = e^{cz_j}·Σ_k (z_j−z_k)e^{cz_k}/(Σ_k e^{cz_k})².",
            Formula = @"\frac{\partial a_j}{\partial c} = \frac{e^{cz_j}\sum_k (z_j-z_k)e^{cz_k}}{\left(\sum_k e^{cz_k}\right)^2} = a_j\Bigl(z_j-\sum_k a_k z_k\Bigr)",
            Derivation = """
                By the quotient rule: the numerator has the derivative $z_je^{cz_j}$ and the denominator
                $\sum_kz_ke^{cz_k}$. Collecting terms gives the long form.

                The short form on the right has a simple meaning. An output grows if its weighted input lies above
                $\bar z=\sum_ka_kz_k$, the mean weighted by the outputs themselves, and shrinks if it lies below. The
                changes sum to $\bar z-\bar z=0$.
                """,
            Run = InConstant,
        },
        new()
        {
            Id = "T57",
            Title = "The strongest grows and the weakest shrinks with c",
            Status = ClaimStatus.Imprecise,
            Sources = ["Book exercises I, §4.5"],
            Claim = "∂a_j/∂c > 0 if z_j > z_k for all k, and < 0 if z_j < z_k for all k.",
            Correction =
                "The comparison must be with k ≠ j, and units tied for first place never shrink either. In general " +
                "the sign is that of z_j − Σ_k a_k z_k, so a middle unit may first grow and then shrink.",
            Formula = @"\operatorname{sign}\frac{\partial a_j}{\partial c} = \operatorname{sign}\Bigl(z_j-\sum_k a_kz_k\Bigr)",
            Derivation = """
                By T56 the sign is that of $z_j-\bar z$, where $\bar z$ is a mean of all $z_k$ with positive weights.
                The largest $z$ lies above every such mean and the smallest below, so the two cases hold (for $k\ne j$,
                since no number is larger than itself). If two units are tied for the first place, $z_j\ge\bar z$ still
                holds.

                For the units in between, the rank does not decide. As $c$ increases, $\bar z$ increases from the plain
                average to the maximum. A middle unit grows while $\bar z$ is below its $z$ and shrinks afterwards. For
                $z=(-5,0,1)$ the middle unit has $z_2=0$, and $\bar z=0$ when $e^{c}=5e^{-5c}$, that is, at
                $c=\tfrac16\ln5$.
                """,
            Run = Growth,
            Plot = () => Activations("Softmax of (−5, 0, 1): the middle unit first grows, then shrinks"),
        },
        new()
        {
            Id = "T58",
            Title = "Larger c is steeper",
            Status = ClaimStatus.Correct,
            Sources = ["Book exercises I, §4.5"],
            Claim = "The transition of a_j from 0 to 1 as a function of z_j gets steeper with c.",
            Formula = @"\frac{\partial a_j}{\partial z_j} = c\,a_j(1-a_j) \le \frac c4,\qquad J = c\,(\operatorname{diag}a - aa^{\mathsf T})",
            Derivation = """
                Only the products $cz_k$ occur, so the chain rule gives a factor $c$ in front of the Jacobian of T40.
                The product $a(1-a)$ is at most $\tfrac14$, and it reaches this value at $a=\tfrac12$. So in the middle
                of its transition an output has the slope $c/4$, whatever the other units are.
                """,
            Run = Steepness,
        },
        new()
        {
            Id = "T59",
            Title = "Larger c favours larger z",
            Status = ClaimStatus.Correct,
            Sources = ["Book exercises II, 11"],
            Claim = "c > 1 gives large activations more weight.",
            Formula = @"\frac{a_i}{a_j} = e^{c(z_i-z_j)}",
            Derivation = """
                In the ratio of two outputs the denominators cancel. What remains is $e^{z_i-z_j}$ to the power $c$: a
                difference of 1 in $z$ is a factor of $e$ at $c=1$ and of $e^2$ at $c=2$.
                """,
            Run = Ratios,
        },
        new()
        {
            Id = "T60",
            Title = "Output error with c",
            Status = ClaimStatus.Wrong,
            Sources = ["Book exercises I, §4.5 last part"],
            Claim = "∂C/∂z_j = a_j−y_j, also for the softmax with c.",
            Correction = "∂C/∂z_j = c(a_j−y_j). The printed form is right only for c = 1.",
            Formula = @"\frac{\partial C}{\partial z_j} = c\,(a_j-y_j)",
            Derivation = """
                The cost is $C=\ln\sum_ke^{cz_k}-cz_y$. Its derivative is $c\,a_j-c\,y_j$, because every $z$ has the
                factor $c$.

                Two lines earlier the document derives the Jacobian with $c$ and then loses the factor (it also has a
                stray minus and treats only $j=y$). A trainer with this error would still descend: its learning rate
                would be divided by $c$ in this layer and in all layers below. Only a gradient check reveals such a
                mistake.
                """,
            Run = OutputErrorWithConstant,
        },
    ];

    private static void Distribution(Findings findings)
    {
        findings.Given("z", Soft.Z);
        double[][] expected = [[0.186323723225848, 0.307195885718498, 0.506480391055654], [0.0158762399764668, 0.117310427826198, 0.866813332197335], [2.06106004620906e-9, 4.53978686088667e-5, 0.999954600070331]];
        double[] constants = [0.5, 2, 10];
        bool inside = true;
        for (int i = 0; i < constants.Length; i++)
        {
            double[] a = SoftmaxLayer.TrainedOutputs(Soft.Z, constants[i]);
            string c = Findings.Text(constants[i]);
            findings.Equal($"a, c = {c}", a, expected[i]);
            findings.Equal($"a by the plain function, c = {c}", SoftmaxLayer.Outputs(Soft.Z, constants[i]), expected[i]);
            findings.Equal($"Σa, c = {c}", a.Sum(), 1, 1e-15);
            inside &= a.All(value => value is > 0 and < 1);
        }

        findings.Equal("a, c = 10⁻¹³", SoftmaxLayer.TrainedOutputs(Soft.Z, 1e-13), [1 / 3.0, 1 / 3.0, 1 / 3.0]);
        findings.Refuted("the outputs range from 0 to 1, both included", "every output above lies strictly between 0 and 1", inside);
        findings.Equal("rounded to double, z = (0, 800), c = 1", SoftmaxLayer.TrainedOutputs([0, 800]), [0, 1], 0);
    }

    private static void InConstant(Findings findings)
    {
        double[] expected = [-0.0293859214574421, -0.0998237943416112, 0.129209715799053], a = SoftmaxLayer.TrainedOutputs(Soft.Z, 2);
        double mean = a.Zip(Soft.Z, (output, z) => output * z).Sum();
        findings.Given("z", Soft.Z);
        findings.Given("c", 2);
        findings.Equal("Σ a_k z_k", mean, 2.85093709222087);
        findings.Equal("∂ ln Σe^{cz}/∂c by central differences, equal to the same mean", NumericJacobian.Of(c => [SoftmaxLayer.LogSumExp(Soft.Z, c[0])], [2])[0, 0], mean, 1e-9);
        findings.Equal("a_j(z_j − Σ a_k z_k)", [.. a.Zip(Soft.Z, (output, z) => output * (z - mean))], expected);
        findings.Equal("Jacobian times z, divided by c", SoftmaxLayer.GrowthWithConstant(Soft.Z, 2), expected);
        findings.Equal("∂a/∂c by central differences", [.. NumericJacobian.Of(c => SoftmaxLayer.TrainedOutputs(Soft.Z, c[0]), [2]).Cast<double>()], expected, 1e-9);
        findings.Equal("sum of ∂a_j/∂c", SoftmaxLayer.GrowthWithConstant(Soft.Z, 2).Sum(), 0, 1e-15);
    }

    private static void Growth(Findings findings)
    {
        double turn = Math.Log(5) / 6, largest = 0;
        for (int i = 1; i <= 300; i++)
        {
            largest = Math.Max(largest, SoftmaxLayer.TrainedOutputs(Three, i / 100.0)[1]);
        }

        double[] growth = SoftmaxLayer.GrowthWithConstant(Three, 0.1);
        findings.Given("z", Three);
        findings.Equal("a_2 for c → 0", SoftmaxLayer.TrainedOutputs(Three, 1e-14)[1], 0.333333333333333);
        findings.Equal("c at the maximum of a_2, (ln 5)/6", turn, 0.26823965207235);
        findings.Equal("a_2 at the maximum", SoftmaxLayer.TrainedOutputs(Three, turn)[1], 0.389227341902469);
        findings.Equal("∂a_2/∂c at the maximum", SoftmaxLayer.GrowthWithConstant(Three, turn)[1], 0);
        findings.AtMost("largest a_2 for c = 0.01, 0.02, …, 3", largest, 0.389227341902469 + 1e-12);
        findings.Equal("a_2 at c = 1", SoftmaxLayer.TrainedOutputs(Three, 1)[1], 0.268454950652447);
        findings.Equal("a_2 at c = 3", SoftmaxLayer.TrainedOutputs(Three, 3)[1], 0.0474258724895272);
        findings.Equal("∂a_2/∂c at c = 0.1", growth[1], 0.262123904944161);
        findings.Equal("∂a_2/∂c at c = 0.3", SoftmaxLayer.GrowthWithConstant(Three, 0.3)[1], -0.0353773982045885);
        findings.Holds("the strongest unit grows and the weakest shrinks at c = 0.1, 1 and 3", new[] { 0.1, 1, 3 }.All(c => SoftmaxLayer.GrowthWithConstant(Three, c) is [< 0, _, > 0]));
        findings.Holds("units tied for first place grow: z = (1, 3, 3), c = 1", SoftmaxLayer.GrowthWithConstant([1, 3, 3], 1) is [< 0, > 0, > 0]);
        findings.Refuted("z_j > z_k can hold for all k, including k = j", "no z_j exceeds itself; the condition needs k ≠ j", !Three.Any(z => Three.All(other => z > other)));
        findings.Refuted("the two cases decide for every unit whether it grows", "the middle unit is in neither case: it grows at c = 0.1 and shrinks at c = 0.3", growth[1] > 0 && SoftmaxLayer.GrowthWithConstant(Three, 0.3)[1] < 0);
    }

    private static void Steepness(Findings findings)
    {
        findings.Exactly("∂a_1/∂z_1 at z = (0, 0), c = 5", ActivationMath.SoftmaxJacobian([0, 0], 5)[0, 0], 1.25);
        findings.Equal("the same entry in the training code", SoftmaxLayer.TrainedJacobian([0, 0], 5)[0, 0], 1.25);
        findings.Equal("∂a_2/∂z_2 at z = (1, 2, 3), c = 2", ActivationMath.SoftmaxJacobian(Soft.Z, 2)[1, 1], 0.207097382698865);
        findings.Equal("the same entry in the training code", SoftmaxLayer.TrainedJacobian(Soft.Z, 2)[1, 1], 0.207097382698865);
        double[] a = SoftmaxLayer.Outputs(Soft.Z, 2);
        double[,] expected = new double[3, 3];
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                expected[i, j] = 2 * ((i == j ? a[i] : 0) - (a[i] * a[j]));
            }
        }

        findings.Equal("J at c = 2, equal to c(diag a − aaᵀ)", ActivationMath.SoftmaxJacobian(Soft.Z, 2), expected);
        findings.Equal("J at c = 2 in the training code", SoftmaxLayer.TrainedJacobian(Soft.Z, 2), expected);
        findings.Equal("J at c = 2 by central differences", SoftmaxLayer.Differences(Soft.Z, 2), expected, 1e-9);
        foreach (double c in new[] { 0.5, 1, 2, 10 })
        {
            double steepest = Enumerable.Range(-40, 81).Max(i => ActivationMath.SoftmaxJacobian([i / 10.0, 0, 0.5], c)[0, 0]);
            findings.AtMost($"largest ∂a_1/∂z_1 over z_1, c = {Findings.Text(c)}", steepest, c / 4);
        }
    }

    private static void Ratios(Findings findings)
    {
        findings.Given("z", Soft.Z);
        double[] one = SoftmaxLayer.TrainedOutputs(Soft.Z), two = SoftmaxLayer.TrainedOutputs(Soft.Z, 2);
        findings.Equal("a_3/a_2, c = 1", one[2] / one[1], 2.718281828459045);
        findings.Equal("a_3/a_2, c = 2", two[2] / two[1], 7.38905609893065);
        findings.Equal("a_3/a_1, c = 2, equal to the square of its value at c = 1", two[2] / two[0], one[2] / one[0] * (one[2] / one[0]));
    }

    private static void OutputErrorWithConstant(Findings findings)
    {
        GivenNetwork network = Soft.Network(2);
        Trace pass = network.Trace(Soft.Input, Soft.Target(3));
        double[] right = pass.Deltas(0), a = pass.Outputs(), published = [a[0], a[1], a[2] - 1];
        double[] figures = [0.0158762399764668, 0.117310427826198, -0.133186667802665];
        findings.Given("z", Soft.Z);
        findings.Given("c, y", 2, 3);
        for (int j = 0; j < 3; j++)
        {
            findings.Refuted($"a_{j + 1} − y_{j + 1}", published[j], figures[j], right[j]);
        }

        findings.Equal("δ of the training code", right, [0.0317524799529335, 0.234620855652397, -0.26637333560533]);
        double[] inActivations = new double[3];
        CostMath.Derivative(Cost.LogLikelihood, a, Soft.Target(3), inActivations);
        double[,] j2 = ActivationMath.SoftmaxJacobian(Soft.Z, 2);
        findings.Equal("∂C/∂a·J", [inActivations[2] * j2[2, 0], inActivations[2] * j2[2, 1], inActivations[2] * j2[2, 2]], right);
        findings.Equal("C", pass.Cost, 0.1429316284999, 1e-13);
        findings.Equal("C by the definition", CostMath.Value(Cost.LogLikelihood, a, Soft.Target(3)), 0.1429316284999, 1e-13);
        findings.AtMost("largest relative deviation of all gradients from central differences", GradientCheck.Run(network.Options, network.Parameters, Soft.Input, Soft.Target(3)).LargestRelativeError, 1e-8);
    }

    private static Plot Activations(string title)
    {
        double[] constants = [.. Enumerable.Range(1, 150).Select(i => i / 50.0)];
        return new Plot
        {
            Title = title,
            X = "constant c",
            Y = "activation",
            Curves = [.. Enumerable.Range(0, 3).Select(j => new Curve($"z = {Findings.Text(Three[j])}", constants, [.. constants.Select(c => SoftmaxLayer.TrainedOutputs(Three, c)[j])]))],
        };
    }
}
