using Nabla.Network.Costs;
using Nabla.Theory.Recipes;
using Nabla.Training.Batches;

namespace Nabla.Theory.OutputCoding;

/// <summary>
/// Binary codes as targets: the cost of a mistake, the invalid patterns, and the frequency of each bit.
/// </summary>
internal static class BinaryCodeChecks
{
    private const int Steps = 400;

    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T133",
            Title = "Squared error of binary codes is uneven",
            Status = ClaimStatus.Correct,
            Sources = ["Softmax sheet, 2.1", "Softmax sheet, 2.3"],
            Claim =
                "‖ŷ−y‖² counts wrong bits: 0 taken for 7 costs 3, 0 taken for 1 costs 1. One-hot codes treat all " +
                "mistakes alike.",
            Formula = @"\lVert d(i)-d(j)\rVert^2 = \#\{\text{bits in which } i \text{ and } j \text{ differ}\},\qquad \lVert e_i-e_j\rVert^2 = 2",
            Derivation = """
                Two codes of zeros and ones differ by 1 in some places and by 0 in the others, so the squared distance
                is the number of places in which they differ, the Hamming distance.

                Of the 90 ways to take one digit for another, 30 change one bit, 36 two, 20 three and 4 all four (7 and
                8, 6 and 9). So the cost of a mistake depends on the binary representation of the numbers, not on the
                similarity of the digits. Two one-hot codes always differ in exactly two places.
                """,
            Run = UnevenErrors,
        },
        new()
        {
            Id = "T134",
            Title = "Which binary outputs are invalid",
            Status = ClaimStatus.Imprecise,
            Sources = ["Softmax sheet, 2.1"],
            Claim =
                "One-hot outputs reveal errors, such as two ones. Binary outputs have no invalid patterns except " +
                "the codes above 10.",
            Correction =
                "Six of the 16 binary patterns can be recognised as invalid, whether the classes are numbered 0 to " +
                "9 (10 to 15 are invalid) or 1 to 10 (0 and 11 to 15 are).",
            Formula = @"16 - 10 = 6 \text{ of } 2^4 \text{ patterns invalid};\qquad 2^{10}-10 = 1014 \text{ of } 2^{10} \text{ in one-hot}",
            Derivation = """
                Four bits have 16 patterns, and ten classes need 10 of them. Six remain, however the classes are
                numbered. With 1 to 10 the pattern 0000 is no class either; the document overlooks it.

                The complaint is right in substance, and we can count: of the patterns of a one-hot layer 1014 out of
                1024 reveal an error, of the binary ones 6 out of 16. Codes with many unused patterns can detect errors
                and even correct them. Four bits leave hardly any.
                """,
            Run = InvalidPatterns,
        },
        new()
        {
            Id = "T135",
            Title = "Numbers with the top bit",
            Status = ClaimStatus.Wrong,
            Sources = ["Softmax sheet, 2.1"],
            Claim = "The top bit is set only in 9 and 10.",
            Correction =
                "It is set in 8 and 9 (for 0 to 9), or in 8, 9 and 10 (for 1 to 10). The document overlooks 8 = " +
                "1000₂.",
            Formula = @"\text{bit } 3 \text{ of } n \text{ is set} \iff n \ge 8 \qquad (n<16)",
            Derivation = """
                The top bit of four has the value 8, so it is set from 8 on. Over 0 to 9 the bits are set 5, 4, 4 and 2
                times, with the least significant first; over 1 to 10, 5, 5, 4 and 3 times.
                """,
            Run = TopBit,
        },
        new()
        {
            Id = "T136",
            Title = "Rare bits are pulled down",
            Status = ClaimStatus.Imprecise,
            Sources = ["Softmax sheet, 2.1"],
            Claim = "Since the top bit is rarely set, the network lets it sink, which is a drawback of binary codes.",
            Correction =
                "This holds for any coding: an output without information converges to the base rate of its target, " +
                "and 0.1 for one-hot is even lower. So it is no argument against binary codes in particular.",
            Formula = @"\frac{\partial C}{\partial b_j} = \frac1n\sum_x (a_j-y_{xj}) = 0 \iff a_j = \frac1n\sum_x y_{xj}",
            Derivation = """
                Give the layer an input of 0, so that only the biases can learn. Then $a_j$ is the same for all samples,
                and the gradient of the cross-entropy with respect to $b_j$ vanishes if $a_j$ is the mean of its
                targets. With the quadratic cost the gradient has the same factor, multiplied by $\sigma'$, so the
                stationary point is the same.

                For the ten digits, once each, these means are 0.5, 0.4, 0.4 and 0.2 in binary, and 0.1 ten times in
                one-hot. The rarest bit is still twice as frequent as any one-hot output.
                """,
            Run = BaseRates,
        },
    ];

    private static void UnevenErrors(Findings findings)
    {
        findings.Exactly("0 taken for 7", DigitCodes.SquaredError(TargetCoding.Binary, 0, 7), 3);
        findings.Exactly("0 taken for 1", DigitCodes.SquaredError(TargetCoding.Binary, 0, 1), 1);
        findings.Exactly("0 taken for 7 by the plain cost", 2 * CostMath.Value(Cost.Quadratic, DigitCodes.Of(TargetCoding.Binary, 0), DigitCodes.Of(TargetCoding.Binary, 7)), 3);
        double[] errors = [.. DigitCodes.Pairs().Select(pair => DigitCodes.SquaredError(TargetCoding.Binary, pair.Answer, pair.Truth))];
        findings.Exactly("number of ordered pairs of different digits", errors.Length, 90);
        findings.Equal("number of pairs with 1, 2, 3, 4 wrong bits", [.. Enumerable.Range(1, 4).Select(bits => (double)errors.Count(error => error == bits))], [30, 36, 20, 4]);
        findings.Equal("mean cost", errors.Average(), 1.97777777777778);
        findings.Exactly("largest cost", errors.Max(), 4);
        string farthest = string.Join(", ", DigitCodes.Pairs().Where(pair => pair.Answer < pair.Truth && DigitCodes.SquaredError(TargetCoding.Binary, pair.Answer, pair.Truth) == 4).Select(pair => $"{pair.Answer}↔{pair.Truth}"));
        findings.Holds($"all four bits differ only for 6↔9 and 7↔8 (found {farthest})", farthest == "6↔9, 7↔8");
        findings.Holds("one-hot: each of the 90 mistakes costs 2", DigitCodes.Pairs().All(pair => DigitCodes.SquaredError(TargetCoding.OneHot, pair.Answer, pair.Truth) == 2));
    }

    private static void InvalidPatterns(Findings findings)
    {
        int[] fromZero = [.. Rejected(10, 0)], fromOne = [.. Rejected(11, 1)];
        findings.Exactly("number of patterns of 4 bits", DigitCodes.Patterns(4).Count(), 16);
        findings.Equal("invalid patterns for 0 to 9", [.. fromZero.Select(pattern => (double)pattern)], [10, 11, 12, 13, 14, 15]);
        findings.Equal("invalid patterns for 1 to 10", [.. fromOne.Select(pattern => (double)pattern)], [0, 11, 12, 13, 14, 15]);
        double[][] oneHot = [.. Enumerable.Range(0, 10).Select(digit => DigitCodes.Of(TargetCoding.OneHot, digit))];
        double[][] binary = [.. Enumerable.Range(0, 10).Select(digit => DigitCodes.Of(TargetCoding.Binary, digit))];
        findings.Exactly("number of valid one-hot patterns out of 1024", DigitCodes.Patterns(10).Count(pattern => oneHot.Any(code => code.SequenceEqual(pattern))), 10);
        findings.Exactly("number of valid binary patterns out of 16", DigitCodes.Patterns(4).Count(pattern => binary.Any(code => code.SequenceEqual(pattern))), 10);
        findings.Refuted("for 1 to 10 only the codes above 10 are invalid", "0000 is no class either: six patterns are invalid, not five", fromOne.Contains(0) && fromOne.Length == 6);

        // The library rejects codes from the number of classes on. If the first class is 1, the code 0 is no class.
        static IEnumerable<int> Rejected(int codes, int first) =>
            DigitCodes.Patterns(4).Select((pattern, number) => (Number: number, Class: TargetCodes.Decode(TargetCoding.Binary, pattern, codes))).Where(read => read.Class < first).Select(read => read.Number);
    }

    private static void TopBit(Findings findings)
    {
        findings.Equal("count of each bit in 0 to 9, least significant first", Counts(0, 9), [5, 4, 4, 2]);
        findings.Equal("count of each bit in 1 to 10", Counts(1, 10), [5, 5, 4, 3]);
        double[] withTopBit = [.. Enumerable.Range(0, 11).Where(number => DigitCodes.Of(TargetCoding.Binary, number)[3] == 1).Select(number => (double)number)];
        findings.Equal("numbers from 0 to 10 with the top bit", withTopBit, [8, 9, 10]);
        findings.Refuted("the top bit is set only in 9 and 10", "it is set in 8, too", !withTopBit.SequenceEqual([9, 10]));

        static double[] Counts(int first, int last) =>
            [.. Enumerable.Range(0, 4).Select(bit => (double)Enumerable.Range(first, last - first + 1).Count(number => DigitCodes.Of(TargetCoding.Binary, number)[bit] == 1))];
    }

    private static void BaseRates(Findings findings)
    {
        double[] binaryRates = [0.5, 0.4, 0.4, 0.2], oneHotRates = [.. Enumerable.Repeat(0.1, 10)];
        findings.Given("samples", "the digits 0 to 9 once each, input 0");
        findings.Given("full-batch steps from b = 0", Steps);
        double[] binary = LimitOutputs(TargetCoding.Binary, Cost.CrossEntropy, 4);
        double[] oneHot = LimitOutputs(TargetCoding.OneHot, Cost.CrossEntropy, 4);
        findings.Equal("binary, cross-entropy", binary, binaryRates, 1e-8);
        findings.Equal("binary, quadratic cost", LimitOutputs(TargetCoding.Binary, Cost.Quadratic, 20), binaryRates, 1e-8);
        findings.Equal("one-hot, cross-entropy", oneHot, oneHotRates, 1e-8);
        findings.Equal("one-hot, quadratic cost", LimitOutputs(TargetCoding.OneHot, Cost.Quadratic, 20), oneHotRates, 1e-8);
        findings.Refuted("outputs sink because the code is binary", "one-hot outputs converge to 0.1, below the 0.2 of the rarest bit", oneHot.Max() < binary.Min());
    }

    /// <summary>The limits of sigmoid outputs that have no information about the input.</summary>
    private static double[] LimitOutputs(TargetCoding coding, Cost cost, double learningRate)
    {
        GivenNetwork network = Networks.FromWeightedInputs(new double[DigitCodes.Width(coding)], Activation.Sigmoid, cost);
        Dataset data = Dataset.FromRows("digits once each", new double[10], 1, [.. Enumerable.Range(0, 10)], [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")]);
        TrainingOptions options = Descent.Options(learningRate, data.Count, Steps) with { InitialParameters = network.Parameters, Targets = coding };
        TrainingResult result = Trainer.Train(network.Options, new DataSplit(data, null, null), options);
        return Evaluator.Outputs(network.Options, result.Parameters, data, threads: 1)[..network.Options.Outputs];
    }
}
