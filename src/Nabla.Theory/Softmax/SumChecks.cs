using Nabla.Network.Activations;
using Nabla.Theory.Recipes;
using Nabla.Training.Batches;

namespace Nabla.Theory.Softmax;

/// <summary>The sum of the outputs of a layer: sigmoid, softmax and binary codes.</summary>
internal static class SumChecks
{
    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T32",
            Title = "Sigmoid outputs need not sum to 1",
            Status = ClaimStatus.Correct,
            Sources = ["Book exercises II, 6"],
            Claim = "For z = (0, 0, 0) three sigmoid outputs sum to 3/2.",
            Formula = @"\sum_j \sigma(z_j) = \tfrac12+\tfrac12+\tfrac12 = \tfrac32 \quad\text{at } z=(0,0,0)",
            Derivation = """
                Each sigmoid depends only on its own weighted input, so nothing links the outputs: $K$ of them can sum
                to any number between 0 and $K$. One example is enough, and the simplest is $\sigma(0)=\tfrac12$ three
                times.

                Such outputs answer $K$ separate questions ("is there a 3?", "is there a 5?"). They are not a
                distribution over $K$ classes.
                """,
            Run = SigmoidSums,
        },
        new()
        {
            Id = "T33",
            Title = "Softmax of the same layer",
            Status = ClaimStatus.Wrong,
            Sources = ["Book exercises II, 6"],
            Claim =
                "Softmax of the layer with z = (0, 0, 0), whose sigmoid activations are 0.5, is e^0.5/(e^0.5 + " +
                "e^0.5 + e^0.5).",
            Correction =
                "Softmax is applied to the weighted inputs z, not to the sigmoid activations: here it is " +
                "e^0/(3·e^0).",
            Formula = @"a_j = \frac{e^{z_j}}{\sum_k e^{z_k}}, \quad\text{not}\quad \frac{e^{\sigma(z_j)}}{\sum_k e^{\sigma(z_k)}}",
            Derivation = """
                A unit has one activation function. Softmax replaces the sigmoid and has the same argument, $z$.

                The published line has the sigmoid activations $0.5$ in the exponents. Equal inputs hide the mistake:
                any three equal exponents give $\tfrac13$ each. With $z=(0,1,2)$ it shows. The sigmoid first maps the
                inputs into $(0,1)$, so a softmax on top can never make one output more than $e$ times as large as
                another. The sharpest answer it can give for three classes is $e/(e+2)\approx 0.58$.
                """,
            Run = SoftmaxOfWeightedInputs,
        },
        new()
        {
            Id = "T34",
            Title = "One output unit",
            Status = ClaimStatus.Correct,
            Sources = ["Book exercises II, 6 correction"],
            Claim = "A single sigmoid output never equals 1; a softmax of one unit always does.",
            Formula = @"K=1:\quad a = \frac{e^{z}}{e^{z}} = 1,\qquad \frac{\partial a}{\partial z} = 1\cdot(1-1) = 0",
            Derivation = """
                With one unit the sum in the denominator equals the numerator. The output is the constant 1, its
                Jacobian is $(0)$, and its error is $\delta = a-y = 0$ for the only possible target. Such a layer cannot
                learn anything, and the trainer refuses it with a message that says why.

                For a yes-or-no question we use one sigmoid unit or two softmax units. These are the same model, because
                $e^{z_1}/(e^{z_1}+e^{z_2})=\sigma(z_1-z_2)$.
                """,
            Run = OneUnit,
        },
        new()
        {
            Id = "T35",
            Title = "Binary-coded digits have one or two active outputs",
            Status = ClaimStatus.Wrong,
            Sources = ["Book exercises I, §4.1"],
            Claim =
                "With digits as binary codes each right answer activates one or two output units, so the outputs " +
                "sum to more than 1 for the digits with two.",
            Correction =
                "The code of 0 activates no unit and that of 7 activates three: the right answers sum to 0, 1, 2 or " +
                "3.",
            Formula = @"\sum_j d_j(0),\dots,\sum_j d_j(9) = 0,1,1,2,1,2,2,3,1,2",
            Derivation = """
                The sum of a binary code is its number of ones. $0=0000_2$ has none and $7=0111_2$ has three; the
                document overlooks both.

                Its conclusion remains right and becomes stronger: the right answers can sum to less than 1 as well as
                to more. A layer whose outputs always sum to 1 cannot give these answers, so softmax is not an output
                layer for binary codes.
                """,
            Run = SumsOfCodes,
        },
    ];

    private static void SigmoidSums(Findings findings)
    {
        findings.Exactly("Σa at z = (0, 0, 0)", SigmoidLayer([0, 0, 0]).Sum(), 1.5);
        findings.Equal("Σa at z = (0, 1, 2)", SigmoidLayer([0, 1, 2]).Sum(), 2.11185565660789);
        findings.Equal("Σσ(z) at z = (0, 1, 2), unit by unit", new double[] { 0, 1, 2 }.Sum(z => ActivationMath.Value(Activation.Sigmoid, z)), 2.11185565660789);
        findings.Equal("Σo of the 2-2-2 example", Mazur.Network(Cost.CrossEntropy).Trace(Mazur.Input, Mazur.Target).Outputs().Sum(), 1.52429353487378);
    }

    private static void SoftmaxOfWeightedInputs(Findings findings)
    {
        double[] z = [0, 1, 2], right = SoftmaxLayer.TrainedOutputs(z), published = SoftmaxLayer.Outputs(SigmoidLayer(z));
        double[] figures = [0.268572914755881, 0.338383889605112, 0.393043195639007];
        findings.Equal("softmax(0, 0, 0)", SoftmaxLayer.TrainedOutputs([0, 0, 0]), [1 / 3.0, 1 / 3.0, 1 / 3.0]);
        findings.Equal("softmax(0, 1, 2), layer of the trainer", right, Soft.A);
        findings.Equal("softmax(0, 1, 2), plain function", SoftmaxLayer.Outputs(z), Soft.A);
        for (int j = 0; j < z.Length; j++)
        {
            findings.Refuted($"softmax of the activations σ(z), unit {j + 1}", published[j], figures[j], right[j]);
        }

        findings.AtMost("largest ratio of two outputs for softmax of σ(z)", published[2] / published[0], Math.E);
    }

    private static void OneUnit(Findings findings)
    {
        foreach (double z in new double[] { -1000, 0, 1000 })
        {
            string at = $"at z = {Findings.Text(z)}";
            findings.Exactly($"a {at}", SoftmaxLayer.TrainedOutputs([z])[0], 1);
            findings.Exactly($"∂a/∂z {at}", ActivationMath.SoftmaxJacobian([z], 1)[0, 0], 0);
            findings.Exactly($"δ {at}", SoftmaxLayer.Pass([z], [1]).Deltas(0)[0], 0);
        }

        findings.Holds("one sigmoid output is below 1 at z = 30", SigmoidLayer([30])[0] < 1);
        findings.Holds("the trainer refuses a softmax of one unit", RefusesOneUnit());
        findings.Equal("two softmax units at z = (1.5, 0.3) equal one sigmoid at 1.2", SoftmaxLayer.TrainedOutputs([1.5, 0.3])[0], SigmoidLayer([1.2])[0]);
    }

    private static void SumsOfCodes(Findings findings)
    {
        double[] sums = [.. Enumerable.Range(0, 10).Select(digit =>
        {
            double[] code = new double[TargetCodes.Width(TargetCoding.Binary, 10)];
            TargetCodes.Encode(TargetCoding.Binary, digit, code);
            return code.Sum();
        })];
        findings.Exactly("number of outputs of the code", TargetCodes.Width(TargetCoding.Binary, 10), 4);
        findings.Equal("number of ones in the codes of 0 to 9", sums, [0, 1, 1, 2, 1, 2, 2, 3, 1, 2]);
        findings.Refuted("every right answer activates one or two units", "0 activates none and 7 activates three", sums.Any(sum => sum is < 1 or > 2));
    }

    private static double[] SigmoidLayer(double[] z) =>
        Networks.FromWeightedInputs(z, Activation.Sigmoid, Cost.CrossEntropy).Trace([1], new double[z.Length]).Outputs();

    private static bool RefusesOneUnit()
    {
        GivenNetwork network = Networks.FromWeightedInputs([0], Activation.Softmax, Cost.LogLikelihood);
        Dataset data = Dataset.FromRows("one class", new double[] { 1 }, 1, [0], ["only"]);
        try
        {
            Trainer.Validate(network.Options, new DataSplit(data, null, null), new TrainingOptions());
            return false;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }
}
