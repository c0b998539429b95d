using Nabla.Diagnosis;
using Nabla.Network.Study;
using Nabla.Theory.Recipes;
using Nabla.Training.Penalties;

namespace Nabla.Theory.Regularisation;

/// <summary>The contribution of λ to a step, compared with that of the data.</summary>
internal static class PenaltyGradientChecks
{
    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T98",
            Title = "L2 cost and update",
            Status = ClaimStatus.Correct,
            Sources = ["Book exercises II, 14"],
            Claim =
                "With C = C₀ + (λ/2n)Σw² a step is w ← (1−ηλ/n)w − (η/m)Σ_x ∂C_x/∂w, and the biases are not " +
                "decayed.",
            Formula = @"C = C_0 + \frac{\lambda}{2n}\sum_w w^2, \qquad w \leftarrow \left(1-\frac{\eta\lambda}{n}\right)w - \frac{\eta}{m}\sum_x \frac{\partial C_x}{\partial w}, \qquad b \leftarrow b - \frac{\eta}{m}\sum_x \frac{\partial C_x}{\partial b}",
            Derivation = """
                The penalty is a sum over the weights, and each derivative contains only one term:
                $\partial/\partial w\,(\lambda/2n)w^2 = (\lambda/n)w$. We insert this into
                $w \leftarrow w - \eta\,\partial C/\partial w$ and collect the factors of $w$.

                The formula contains two counts. The data part is a mean over the $m$ samples of the mini-batch. The
                penalty has $n$, the size of the whole training set, because it belongs to the cost of the whole set.
                With smaller mini-batches the data part becomes noisier, but the decay of a single step does not change.
                """,
            Run = CostAndUpdate,
        },
        new()
        {
            Id = "T99",
            Title = "Written gradient with decay",
            Status = ClaimStatus.Wrong,
            Sources = ["Book exercises I, §8.1"],
            Claim = "∂C/∂Wˡ = aˡ⁻¹(δˡ)ᵀ + (ηλ/n)Wˡ.",
            Correction =
                "∂C/∂Wˡ = δˡ(aˡ⁻¹)ᵀ + (λ/n)Wˡ. The learning rate enters only with the update, and the order of the " +
                "outer product is reversed.",
            Formula = @"\frac{\partial C}{\partial W^l} = \delta^l\,(a^{l-1})^{\mathsf T} + \frac{\lambda}{n}W^l, \qquad \delta^l = \left((W^{l+1})^{\mathsf T}\delta^{l+1}\right)\circ\sigma'(z^l)",
            Derivation = """
                A gradient is a property of the cost. The learning rate $\eta$ is the length of a step and cannot occur
                in it; as printed, the decay would be multiplied by $\eta$ twice. The derivative of the penalty is
                $(\lambda/n)W$ and nothing else.

                The shape reveals the other slip. $W^l$ has a row for each unit and a column for each input. In
                $\partial C/\partial w_{jk} = \delta_j a_k$ the unit comes first: $\delta a^{\mathsf T}$. For two units
                with three inputs the printed product $a\delta^{\mathsf T}$ is $3\times2$ and cannot be added to a
                $2\times3$ matrix.
                """,
            Run = WrittenGradient,
        },
        new()
        {
            Id = "T100",
            Title = "Pure decay when δ→0",
            Status = ClaimStatus.Correct,
            Sources = ["Book exercises I, §8.1"],
            Claim = "If δ vanishes, the step is W ← (1−ηλ/n)W.",
            Formula = @"\delta^l = 0 \;\Rightarrow\; W^l \leftarrow \left(1-\frac{\eta\lambda}{n}\right)W^l",
            Derivation = """
                With $\delta^l = 0$ the product $\delta^l(a^{l-1})^{\mathsf T}$ is zero and only the decay is left. In
                two situations this is exact. With hidden biases of $+800$ the slope $\sigma'(z)$ is zero in floating
                point, and so is $\delta = \dots\circ\sigma'(z)$. And a weight whose input is zero in every sample has
                no data gradient, whatever $\delta$ is. On MNIST 67 pixels are black in all of the first 50,000 images,
                and their weights obey the law in every run.
                """,
            Run = PureDecay,
        },
        new()
        {
            Id = "T101",
            Title = "\"Large weights, so decay dominates\"",
            Status = ClaimStatus.Imprecise,
            Sources = ["Book exercises II, 14 (1)"],
            Claim =
                "A large standard deviation means that some weights are very large, and therefore the decay has a " +
                "large effect.",
            Correction =
                "Relative to the weight, decay has the same effect on large and small weights. It dominates because " +
                "saturation makes ∂C₀/∂W small, while (λ/n)‖W‖ grows with ‖W‖.",
            Formula = @"\frac{\text{decay}}{\text{data}} = \frac{\lVert(\lambda/n)\,W\rVert}{\lVert\partial C_0/\partial W\rVert}",
            Derivation = """
                A step of pure decay removes the fraction $\eta\lambda/n$ of every weight, whether it is 100 or 0.01, so
                the size of a single weight does not matter. What matters is the ratio of the two terms for the layer.
                Large initial weights change both. The numerator grows with $\lVert W\rVert$. The denominator shrinks,
                because the weighted inputs spread, the hidden units saturate, and a small $\sigma'$ passes on less of
                the error.
                """,
            Run = DecayAgainstData,
        },
    ];

    /// <summary>
    /// A hundred equal samples, so that ∂C₀/∂w = (0.05, 0.1) for any mini-batch; b = 0.4 and ∂C₀/∂b = 0.1.
    /// </summary>
    private static (GivenNetwork Unit, double[] Inputs, double[] Targets) Hundred()
    {
        GivenNetwork unit = Networks.Of(Cost.Quadratic, Networks.Layer(new[,] { { 0.3, -0.2 } }, [0.4], Activation.Linear));
        return (unit, [.. Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? 0.5 : 1)], [.. Enumerable.Repeat(0.25, 100)]);
    }

    private static void CostAndUpdate(Findings findings)
    {
        (GivenNetwork unit, double[] inputs, double[] targets) = Hundred();
        double[,] gradient = unit.Trace(inputs, targets).WeightGradient(0);
        findings.Given("w", 0.3, -0.2);
        findings.Given("b", 0.4);
        findings.Given("η, λ, n", 0.5, 2, 100);
        findings.Equal("∂C₀/∂w", [gradient[0, 0], gradient[0, 1]], [0.05, 0.1]);
        findings.Equal("penalty (λ/2n)Σw²", Penalty.Value(unit.Parameters, 0, 2, 100), 0.0013);

        TrainingOptions full = Descent.Options(0.5, 100) with { L2 = 2 };
        double[] after = Descent.Path(unit, inputs, targets, full)[1];
        findings.Equal("w after a full-batch step", [after[0], after[1]], [0.272, -0.248]);
        findings.Equal("b after the step: no decay", after[2], 0.35);
        findings.Equal("penalty after the step, reported by the trainer", Descent.Train(unit, inputs, targets, full).Epochs[0].Penalty, 0.00135488);
        double[] two = Descent.Path(unit, inputs, targets, full with { BatchSize = 50 })[1];
        findings.Equal("w, b after two steps of m = 50", two, [0.27228, -0.23952, 0.356]);
        double[] momentum = Descent.Path(unit, inputs, targets, full with { Optimizer = new Training.UpdateRules.Momentum() })[1];
        findings.Equal("w, b after the first step with momentum", momentum, [0.272, -0.248, 0.35]);
    }

    private static void WrittenGradient(Findings findings)
    {
        (GivenNetwork unit, _, _) = Hundred();
        findings.Given("w", 0.3);
        findings.Given("η, λ, n", 0.5, 2, 100);
        double slope = NumericJacobian.Of(w => [Penalty.Value(unit.With(p => p.SetWeight(0, 0, 0, w[0])).Parameters, 0, 2, 100)], [0.3])[0, 0];
        findings.Equal("decay term, by the central difference of the penalty", slope, 0.006);
        findings.Refuted("decay term as (ηλ/n)w", 0.5 * 2 / 100 * 0.3, 0.003, slope);
        double[] step = [0.3];
        UpdateRule.Sgd.Update(0.5, step, [0], l2: 2.0 / 100);
        findings.Equal("decay term, from a step of the optimizer divided by η", (0.3 - step[0]) / 0.5, 0.006);

        GivenNetwork network = Networks.Of(
            Cost.CrossEntropy,
            Networks.Layer(new[,] { { 0.4, -0.7, 0.2 }, { -0.3, 0.5, 0.9 } }, [0.1, -0.2], Activation.Sigmoid),
            Networks.Layer(new[,] { { 0.8, -0.6 }, { -0.5, 0.3 } }, [0.2, -0.1], Activation.Sigmoid));
        double[] x = [0.5, -1, 2], y = [1, 0];
        Trace trace = network.Trace(x, y);
        double[] delta = trace.Deltas(0);
        double[,] published = Outer(x, delta), gradient = trace.WeightGradient(0);
        findings.Refuted(
            "aδᵀ has the shape of W",
            $"{published.GetLength(0)}×{published.GetLength(1)} for 3 inputs and 2 units, but W is {gradient.GetLength(0)}×{gradient.GetLength(1)}",
            published.GetLength(0) == 3 && published.GetLength(1) == 2 && gradient.GetLength(0) == 2 && gradient.GetLength(1) == 3);
        findings.Equal("δaᵀ, equal to the library's ∂C₀/∂W", Outer(delta, x), gradient);
        double[,] slopes = NumericJacobian.Of(b => [network.With(p => SetBiases(p, b)).Trace(x, y).Cost], [0.1, -0.2]);
        findings.Equal("δ, with its factor σ′(z), by central differences", delta, [slopes[0, 0], slopes[0, 1]], 1e-9);
        findings.AtMost("largest relative deviation of ∂C/∂w with decay from central differences", GradientCheck.Run(network.Options, network.Parameters, x, y, l2: 2.0 / 100).LargestRelativeError, 1e-7);
    }

    private static void SetBiases(Parameters parameters, double[] biases)
    {
        parameters.SetBias(0, 0, biases[0]);
        parameters.SetBias(0, 1, biases[1]);
    }

    private static double[,] Outer(double[] column, double[] row)
    {
        double[,] product = new double[column.Length, row.Length];
        for (int i = 0; i < column.Length; i++)
        {
            for (int j = 0; j < row.Length; j++)
            {
                product[i, j] = column[i] * row[j];
            }
        }

        return product;
    }

    private static void PureDecay(Findings findings)
    {
        const double Factor = 0.778557039589719;
        NetworkOptions options = NetworkOptions.FeedForward(4, [3], 2, Activation.Sigmoid, Activation.Sigmoid, Cost.Quadratic);
        Parameters start = ParameterInitializer.Draw(options, Initializer.Large, Precision.Double, 1);
        (double[] inputs, double[] targets) = GradientCheck.DrawSamples(options, 1000, 1);
        TrainingOptions epoch = Descent.Options(0.5, 10) with { L2 = 5 };
        findings.Given("network", "4-3-2, sigmoid");
        findings.Given("n, m, η, λ", 1000, 10, 0.5, 5);

        GivenNetwork saturated = new GivenNetwork(options, start).With(p => SetHiddenBiases(p, 800));
        findings.Equal("σ′(z) of the hidden units at b = 800", saturated.Trace(inputs[..4], targets[..2]).Derivatives(0), [0, 0, 0]);
        Parameters after = Descent.Train(saturated, inputs, targets, epoch).Parameters;
        double[] factors = [.. Enumerable.Range(0, 12).Select(i => after.GetWeight(0, i / 4, i % 4) / start.GetWeight(0, i / 4, i % 4))];
        findings.EqualRelative("smallest factor of the hidden weights per epoch", factors.Min(), Factor, 1e-12);
        findings.EqualRelative("largest factor of the hidden weights per epoch", factors.Max(), Factor, 1e-12);
        findings.Equal("hidden biases after the epoch", [after.GetBias(0, 0), after.GetBias(0, 1), after.GetBias(0, 2)], [800, 800, 800]);

        for (int sample = 0; sample < 1000; sample++)
        {
            inputs[4 * sample] = 0;
        }

        after = Descent.Train(new GivenNetwork(options, start), inputs, targets, epoch).Parameters;
        double[] black = [.. Enumerable.Range(0, 3).Select(unit => after.GetWeight(0, unit, 0) / start.GetWeight(0, unit, 0))];
        findings.EqualRelative("smallest factor of the weights of an input that is always 0", black.Min(), Factor, 1e-12);
        findings.EqualRelative("largest factor of the weights of an input that is always 0", black.Max(), Factor, 1e-12);
        findings.Holds("the weights of the other inputs learn", Math.Abs((after.GetWeight(0, 0, 1) / start.GetWeight(0, 0, 1)) - Factor) > 1e-3);
    }

    private static void SetHiddenBiases(Parameters parameters, double value)
    {
        for (int unit = 0; unit < parameters.UnitsOf(0); unit++)
        {
            parameters.SetBias(0, unit, value);
        }
    }

    private static void DecayAgainstData(Findings findings)
    {
        double[] weights = [0.01, 1, 100], losses = [.. weights];
        UpdateRule.Sgd.Update(0.5, losses, [0, 0, 0], l2: 5.0 / 500);
        losses = [.. weights.Zip(losses, (before, after) => (before - after) / before)];
        findings.Refuted(
            "decay has a larger effect on large weights",
            $"in a step w = {Findings.Text(weights)} lose the fractions {Findings.Text(losses)}, each equal to ηλ/n",
            losses.All(loss => Math.Abs(loss - 0.005) <= 1e-12));

        DataSplit data = DigitRuns.Data(500, 0);
        NetworkOptions architecture = DigitRuns.Architecture(30);
        findings.Given("digits, 784-30-10", "n = 500, m = 10, η = 0.5, λ = 5");
        var ratios = new Dictionary<Initializer, double[]>();
        foreach (Initializer initializer in (Initializer[])[Initializer.Large, Initializer.Scaled])
        {
            TrainingOptions options = DigitRuns.Options(0.5, 1) with { L2 = 5, Initializer = initializer };
            LayerProbe before = Probe(ParameterInitializer.Draw(architecture, initializer, Precision.Single, options.Seed));
            LayerProbe after = Probe(Trainer.Train(architecture, data, options).Parameters);
            ratios[initializer] = [before.DecayToGradient, after.DecayToGradient];
            string name = initializer == Initializer.Large ? "large" : "scaled";
            findings.Reported($"{name}: (λ/n)‖W‖ before and after the first epoch", before.DecayNorm, after.DecayNorm);
            findings.Reported($"{name}: ‖∂C₀/∂W‖ before and after", before.GradientNorm, after.GradientNorm);
            findings.Reported($"{name}: share of saturated units before and after", before.SaturatedShare, after.SaturatedShare);
            findings.Reported($"{name}: ratio of decay to data before and after", before.DecayToGradient, after.DecayToGradient);
        }

        findings.Holds("the ratio is greater for large initial weights before the first epoch", ratios[Initializer.Large][0] > ratios[Initializer.Scaled][0]);
        findings.Holds("the ratio is greater for large initial weights after the first epoch", ratios[Initializer.Large][1] > ratios[Initializer.Scaled][1]);

        LayerProbe Probe(Parameters parameters) => LayerProbe.Of(architecture, parameters, data.Train.Take(100), 5, 500)[0];
    }
}
