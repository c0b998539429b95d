using Nabla.Network.Costs;
using Nabla.Network.Study;
using Nabla.Theory.Recipes;
using Nabla.Training.Batches;

namespace Nabla.Theory.OutputCoding;

/// <summary>
/// A hand-made network that converts one-hot outputs to bits, its failures, and the gradients of wrong bits.
/// </summary>
internal static class BinaryNetworkChecks
{
    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T137",
            Title = "One-hot to binary network",
            Status = ClaimStatus.Correct,
            Sources = ["Softmax sheet, 2.2, figure 1"],
            Claim =
                "A step layer p_i = 1 iff y_i > 0.5, followed by a linear layer whose weight from p_i to d_j is bit " +
                "j of i, converts one-hot outputs to bits: p_7 → 1,1,1,0 and p_9 → 1,0,0,1, least significant " +
                "first.",
            Formula = @"p_i = \mathbf 1\{y_i>0.5\},\qquad d_j = \sum_i \operatorname{bit}_j(i)\,p_i",
            Derivation = """
                In the step layer exactly one $p_i$ is 1, that of the digit. So the output of the linear layer is a
                single column of its weights, and the column of unit $i$ is the binary code of $i$. The code of $0$ is
                0000, so nothing is added for it.

                If the outputs are clean enough, one layer suffices: a step layer with the threshold 0.5 directly on
                $y$, with the same weights. At most five digits share a bit, so the wrong inputs add at most
                $5\cdot0.01=0.05$, and the right one adds 0.99. The threshold lies safely between these.
                """,
            Run = OneHotToBits,
        },
        new()
        {
            Id = "T138",
            Title = "When it fails",
            Status = ClaimStatus.Imprecise,
            Sources = ["Softmax sheet, 2.2"],
            Claim = "The network is correct because only the one y_i > p fires.",
            Correction =
                "This is a condition, not a fact: exactly one y_i > 0.5 is required. If there is none, the code " +
                "reads 0. If there are several, the linear layer adds their codes; a step layer in its place would " +
                "give their OR.",
            Formula = @"d_j = \sum_{i:\,y_i>0.5}\operatorname{bit}_j(i)",
            Derivation = """
                The outputs of a trained network are not one-hot. Softmax outputs sum to 1, so two of them cannot both
                exceed 0.5. But all of them can be below 0.5. Then no unit fires, and the result is 0000, which reads as
                the digit 0.

                Sigmoid outputs have no such constraint. With $y_1=0.9$ and $y_3=0.8$ two units fire, and the linear
                layer adds $1000+1100$ (least significant bit first) to $(2,1,0,0)$, which is not a binary number. A
                step layer would give 3, the bitwise OR of 1 and 3. If we choose the largest output before coding, none
                of these failures occurs.
                """,
            Run = Failures,
        },
        new()
        {
            Id = "T139",
            Title = "The first complaint, continued",
            Status = ClaimStatus.Question,
            Sources = ["Softmax sheet, 2.3"],
            Claim = "The squared error of the bits weighs mistakes unevenly, and so do its gradients.",
            Formula = @"\frac{\partial C}{\partial a} = a-y:\quad \lVert d(7)-d(0)\rVert_1 = 3,\qquad \lVert d(1)-d(0)\rVert_1 = 1",
            Derivation = """
                The gradient of the quadratic cost with respect to the outputs is $a-y$, the vector of the wrong bits
                itself. A 7 in place of a 0 affects three outputs, a 1 in place of a 0 only one. So the uneven costs of
                T133 give uneven gradients as well: mistakes in many bits are corrected more strongly.
                """,
            Run = UnevenGradients,
        },
    ];

    private static void OneHotToBits(Findings findings)
    {
        double largestWrong = 0, smallestRight = double.PositiveInfinity;
        bool twoLayers = true, oneLayer = true;
        for (int digit = 0; digit < DigitCodes.Digits; digit++)
        {
            double[] y = [.. Enumerable.Range(0, DigitCodes.Digits).Select(i => i == digit ? 0.99 : 0.01)], code = DigitCodes.Of(TargetCoding.Binary, digit);
            double[] bits = Bits(y);
            twoLayers &= bits.SequenceEqual(code) && TargetCodes.Decode(TargetCoding.Binary, bits, DigitCodes.Digits) == digit;
            Trace single = Direct().Trace(y, code);
            oneLayer &= single.Outputs().SequenceEqual(code);
            for (int bit = 0; bit < code.Length; bit++)
            {
                double sum = single.WeightedInputs(0)[bit] + 0.5;
                largestWrong = code[bit] == 0 ? Math.Max(largestWrong, sum) : largestWrong;
                smallestRight = code[bit] == 1 ? Math.Min(smallestRight, sum) : smallestRight;
            }
        }

        findings.Given("y", "0.99 for the digit, 0.01 for the others");
        findings.Holds("step layer and linear layer give the exact bits of all ten digits", twoLayers);
        findings.Equal("p_7", Bits(SoftmaxLayer.Unit(10, 7)), [1, 1, 1, 0], 0);
        findings.Equal("p_9", Bits(SoftmaxLayer.Unit(10, 9)), [1, 0, 0, 1], 0);
        findings.Equal("p_0", Bits(SoftmaxLayer.Unit(10, 0)), [0, 0, 0, 0], 0);
        findings.Equal("y_7 = 0.5 exactly: the inequality is strict", Bits([0, 0, 0, 0, 0, 0, 0, 0.5, 0, 0]), [0, 0, 0, 0], 0);
        findings.Holds("one step layer on y with the threshold 0.5 gives the exact bits of all ten digits", oneLayer);
        findings.Equal("one step layer: largest sum of wrong inputs", largestWrong, 0.05);
        findings.AtLeast("one step layer: smallest sum with a right input", smallestRight, 0.99);
    }

    private static void Failures(Findings findings)
    {
        double[] unsure = SoftmaxLayer.TrainedOutputs([Math.Log(0.4), Math.Log(0.35), Math.Log(0.25)]);
        double[] none = Bits([0, unsure[0], unsure[1], unsure[2], 0, 0, 0, 0, 0, 0]), two = [0, 0.9, 0, 0.8, 0, 0, 0, 0, 0, 0];
        findings.Equal("softmax outputs for the digits 1, 2, 3", unsure, [0.4, 0.35, 0.25]);
        findings.Equal("bits of these outputs", none, [0, 0, 0, 0], 0);
        findings.Refuted("only the largest output fires", "with (0.4, 0.35, 0.25) for 1, 2, 3 none fires, and the bits read as 0", TargetCodes.Decode(TargetCoding.Binary, none, 10) == 0);
        findings.Equal("bits of sigmoid outputs 0.9 for 1 and 0.8 for 3", Bits(two), [2, 1, 0, 0], 0);
        findings.Refuted("the result is a binary code", "(2, 1, 0, 0) is the sum of the codes of 1 and 3", Bits(two).Any(bit => bit is not (0 or 1)));
        findings.Equal("the same with a step layer in place of the linear layer: 1 OR 3", Bits(two, Activation.Step), [1, 1, 0, 0], 0);
        findings.Holds("if exactly one output is above 0.5, the bits are those of its digit", Enumerable.Range(0, 10).All(digit =>
            Bits([.. Enumerable.Range(0, 10).Select(i => i == digit ? 0.51 : 0.49)]).SequenceEqual(DigitCodes.Of(TargetCoding.Binary, digit))));
        int most = 0;
        for (int i = -30; i <= 30; i++)
        {
            for (int j = -30; j <= 30; j++)
            {
                most = Math.Max(most, SoftmaxLayer.Outputs([i / 5.0, j / 5.0, 0]).Count(a => a > 0.5));
            }
        }

        findings.Exactly("largest number of softmax outputs above 0.5, over 3,721 weighted inputs", most, 1);
    }

    private static void UnevenGradients(Findings findings)
    {
        Judge(7, [1, 1, 1, 0]);
        Judge(1, [1, 0, 0, 0]);

        void Judge(int answer, double[] expected)
        {
            double[] a = DigitCodes.Of(TargetCoding.Binary, answer), y = DigitCodes.Of(TargetCoding.Binary, 0), plain = new double[a.Length];
            CostMath.Derivative(Cost.Quadratic, a, y, plain);
            double[] trained = Networks.FromWeightedInputs(a, Activation.Linear, Cost.Quadratic).Trace([1], y).Deltas(0);
            findings.Equal($"∂C/∂a for {answer} in place of 0", plain, expected, 0);
            findings.Equal($"δ of linear outputs for {answer} in place of 0", trained, expected, 0);
            findings.Exactly($"number of outputs affected by {answer} in place of 0", trained.Count(delta => delta != 0), expected.Sum());
        }
    }

    /// <summary>The bits that the two-layer network computes from the outputs y.</summary>
    private static double[] Bits(double[] y, Activation? second = null)
    {
        double[,] identity = new double[DigitCodes.Digits, DigitCodes.Digits];
        for (int i = 0; i < DigitCodes.Digits; i++)
        {
            identity[i, i] = 1;
        }

        return Networks.Of(
            Cost.Quadratic,
            Networks.Layer(identity, [.. Enumerable.Repeat(-0.5, DigitCodes.Digits)], Activation.Step),
            Networks.Layer(BitWeights(), new double[4], second ?? Activation.Linear)).Trace(y, new double[4]).Outputs();
    }

    /// <summary>The weights: bit j of digit i at [j, i].</summary>
    private static double[,] BitWeights()
    {
        double[,] weights = new double[4, DigitCodes.Digits];
        for (int digit = 0; digit < DigitCodes.Digits; digit++)
        {
            double[] code = DigitCodes.Of(TargetCoding.Binary, digit);
            for (int bit = 0; bit < code.Length; bit++)
            {
                weights[bit, digit] = code[bit];
            }
        }

        return weights;
    }

    /// <summary>A single step layer with the same weights, directly on y.</summary>
    private static GivenNetwork Direct() =>
        Networks.Of(Cost.Quadratic, Networks.Layer(BitWeights(), [-0.5, -0.5, -0.5, -0.5], Activation.Step));
}
