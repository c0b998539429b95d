using Nabla.Network.Study;
using Nabla.Theory.Plots;

namespace Nabla.Theory.MatrixCalculus;

/// <summary>The cost of each derivative in multiplications, counted by the library's own backward pass.</summary>
internal static class MultiplicationChecks
{
    private static readonly int[][] Shapes = [[784, 30, 10], [784, 100, 10], [10, 100, 10], [2, 3, 2], [10, 30, 784]];

    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T72",
            Title = "\"∂E/∂W1 costs about twice ∂E/∂W2\"",
            Status = ClaimStatus.Wrong,
            Sources = ["Jacobian sheet, 1.1"],
            Claim = "∂E/∂W1 has two more factors of similar cost than ∂E/∂W2 and therefore costs about twice as much.",
            Correction =
                "The ratio is 1+(n+2)/q, which is near 2 only if there are about as many inputs as outputs. For " +
                "784-30-10 it is 79.6.",
            Formula = @"\frac{\operatorname{cost}(\partial E/\partial W_1)}{\operatorname{cost}(\partial E/\partial W_2)} = \frac{mq+2m+mn}{qm} = 1+\frac{n+2}{q}",
            Derivation = """
                Let $\delta^2$ be given. $\partial E/\partial W_2=\delta^2h^{\mathsf T}$ has $qm$ entries, each with one
                multiplication. For $\partial E/\partial W_1$ we multiply the error by $W_2^{\mathsf T}$ ($mq$), compute
                $\sigma'$ ($m$), multiply by it ($m$), and form the $mn$ products with the inputs: $mq+2m+mn$ in all.
                The quotient is $1+(n+2)/q$. The number $m$ of hidden units cancels, and the ratio depends only on the
                numbers of inputs and outputs. To measure the cost we must look at the sizes of the factors, not at
                their number.

                A product of full Jacobian matrices would need $q^2m$ and $qm+m^2+m^2n$ multiplications. For 784-30-10
                these are 3000 and 706800, and almost all of them are products with zero.

                The same count answers another question. The whole backward pass of training, without the elementwise
                products, needs $2qm+mn$ multiplications, and the forward pass $qm+mn$. If the first layer is the
                largest one, the gradient of all 23820 weights costs hardly more than one evaluation.
                """,
            Run = CostOfWeightGradients,
            Plot = CostOverInputs,
        },
        new()
        {
            Id = "T73",
            Title = "Most expensive derivative",
            Status = ClaimStatus.Imprecise,
            Sources = ["Jacobian sheet, 1.1"],
            Claim = "Of all derivatives, ∂E/∂W1 is the most expensive.",
            Correction =
                "∂E/∂x costs the same. Training does not need it, and the library's training step leaves it out.",
            Formula = @"\operatorname{cost}\frac{\partial E}{\partial W_1} = \operatorname{cost}\frac{\partial E}{\partial x} = mq+2m+mn > qm = \operatorname{cost}\frac{\partial E}{\partial W_2}",
            Derivation = """
                With $\delta^1$ known, $\delta^1x^{\mathsf T}$ needs one multiplication for each of the $mn$ weights,
                and so does $W_1^{\mathsf T}\delta^1$. Everything before is common to both derivatives. Since the inputs
                are not updated, the second can be left out. For a network with many inputs this saves nearly half of
                the backward pass.
                """,
            Run = MostExpensive,
        },
    ];

    private static void CostOfWeightGradients(Findings findings)
    {
        double[][] counts = [[300, 23880], [1000, 79600], [1000, 2200], [6, 18], [23520, 23880]];
        double[] ratios = [79.6, 79.6, 2.2, 3, 1.01530612244898];
        for (int i = 0; i < Shapes.Length; i++)
        {
            MultiplicationCount count = Count(Shapes[i]);
            string shape = string.Join('-', Shapes[i]);
            findings.Equal($"{shape}: multiplications of ∂E/∂W2, ∂E/∂W1", [OfWeights(count, 1), OfWeights(count, 0)], counts[i]);
            findings.Equal($"{shape}: ratio of the two", Ratio(count), ratios[i]);
            findings.Equal($"{shape}: 1+(n+2)/q", Ratio(count), 1 + ((Shapes[i][0] + 2.0) / Shapes[i][2]));
        }

        MultiplicationCount digits = Count([784, 30, 10]);
        double backward = digits.WeightGradient.Sum() + digits.Backward[1], forward = digits.Forward.Sum();
        findings.Equal("784-30-10: products of the backward pass and of the forward pass", [backward, forward], [24120, 23820]);
        findings.Equal("784-30-10: backward / forward", backward / forward, 1.01259445843829);
        findings.Equal("784-30-10 with full Jacobians: ∂E/∂W2, ∂E/∂W1", FullJacobians(784, 30, 10), [3000, 706800]);
        findings.Refuted("the ratio is about 2, in 784-30-10", 2, 2, Ratio(digits));
    }

    private static void MostExpensive(Findings findings)
    {
        foreach (int[] sizes in Shapes)
        {
            MultiplicationCount count = Count(sizes);
            string shape = string.Join('-', sizes);
            double expected = ((double)sizes[1] * sizes[2]) + (2 * sizes[1]) + ((double)sizes[1] * sizes[0]);
            findings.Equal($"{shape}: ∂E/∂W1, ∂E/∂x", [OfWeights(count, 0), OfInputs(count)], [expected, expected]);
            findings.Holds($"{shape}: both cost more than ∂E/∂W2", expected > OfWeights(count, 1));
        }

        MultiplicationCount digits = Count([784, 30, 10]);
        findings.Reported("784-30-10: backward products with and without ∂E/∂x", digits.WeightGradient.Sum() + digits.Backward.Sum(), digits.WeightGradient.Sum() + digits.Backward[1]);
        findings.Refuted("∂E/∂W1 costs more than any other derivative", $"∂E/∂x costs as much, {OfInputs(digits)} multiplications in 784-30-10", OfInputs(digits) >= OfWeights(digits, 0));
    }

    private static Plot CostOverInputs()
    {
        double[] inputs = [1, 2, 5, 10, 20, 50, 100, 200, 500, 784];
        Curve Over(string name, Func<MultiplicationCount, double> cost, CurveStyle style = CurveStyle.Line) =>
            new(name, inputs, [.. inputs.Select(n => cost(Count([(int)n, 30, 10])))], style);
        return new Plot
        {
            Title = "Cost of the gradients of n-30-10: the ratio is about 2 only for n near 10",
            X = "inputs n",
            Y = "multiplications per sample",
            LogarithmicX = true,
            LogarithmicY = true,
            Curves =
            [
                Over("∂E/∂W1, layer 1", count => OfWeights(count, 0)),
                Over("∂E/∂x", count => OfInputs(count), CurveStyle.Points),
                Over("∂E/∂W2, layer 2", count => OfWeights(count, 1)),
                Over("2·∂E/∂W2, as published", count => 2 * OfWeights(count, 1), CurveStyle.Dashed),
            ],
        };
    }

    /// <summary>
    /// The cost of ∂E/∂W of a layer if δ of the layer above is known (for the output layer, if its own δ is known).
    /// </summary>
    private static long OfWeights(MultiplicationCount count, int layer) =>
        count.WeightGradient[layer] + (layer + 1 < count.WeightGradient.Count ? count.Backward[layer + 1] + count.Elementwise[layer] : 0);

    private static long OfInputs(MultiplicationCount count) => count.Backward[1] + count.Elementwise[0] + count.Backward[0];

    private static double Ratio(MultiplicationCount count) => (double)OfWeights(count, 0) / OfWeights(count, 1);

    /// <summary>
    /// The document's products with all zeros: a row vector times q×qm; a row vector times q×m, m×m, m×mn.
    /// </summary>
    private static double[] FullJacobians(double n, double m, double q) => [q * q * m, (q * m) + (m * m) + (m * m * n)];

    private static MultiplicationCount Count(int[] sizes)
    {
        NetworkOptions options = NetworkOptions.FeedForward(sizes[0], sizes[1..^1], sizes[^1], Activation.Sigmoid, Activation.Linear, Cost.Quadratic);
        return Trace.Of(options, new Parameters(options, Precision.Double), new double[sizes[0]], new double[sizes[^1]]).Multiplications;
    }
}
