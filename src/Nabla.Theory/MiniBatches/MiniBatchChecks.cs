using Nabla.Theory.Plots;
using Nabla.Theory.Recipes;

namespace Nabla.Theory.MiniBatches;

/// <summary>The gradient of a mini-batch compared with that of all samples.</summary>
internal static class MiniBatchChecks
{
    // With w = b = 0, x = 1 and y = −g the gradient of a sample is g.
    private static readonly double[] Gradients = [1, 2, 3, 4, 10];

    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T131",
            Title = "Online learning, for and against",
            Status = ClaimStatus.Imprecise,
            Sources = ["Homework, 1.2"],
            Claim =
                "Online learning (batch size 1) escapes from saddles and local minima quickly; single noisy samples " +
                "mislead; mini-batches are a compromise.",
            Correction =
                "A mini-batch gradient is unbiased and has the variance (σ²/m)(n−m)/(n−1). Its noise makes an " +
                "escape possible, but not certain. Online learning is stochastic gradient descent with m = 1.",
            Formula = @"\operatorname{E} g_B = \nabla C, \qquad \operatorname{Var} g_B = \frac{\sigma^2}{m}\cdot\frac{n-m}{n-1}",
            Derivation = """
                Draw $m$ of $n$ samples without replacement. Each sample is equally likely, so the mean of their
                gradients has the expectation $\nabla C$: the mini-batch is right on average. The variance is
                $\frac{1}{m^2}\big(m\sigma^2 + m(m-1)c\big)$, where $c$ is the covariance of two different draws. With
                $m = n$ nothing is random and the variance is 0, so $c = -\sigma^2/(n-1)$. Inserting it gives
                $\frac{\sigma^2}{m}\cdot\frac{n-m}{n-1}$. This is the precise meaning of "noisy" and "compromise": four
                times the batch size halves the noise.

                Noise can carry the weights out of a poor region, but it need not. At the saddle $w_1 = w_2 = 0$ of two
                linear units in a row the gradient of every single sample is 0, since each gradient contains one of the
                weights as a factor. So there is no noise, and online learning remains there, just like the full batch.
                """,
            Run = OnlineLearning,
            Plot = () =>
            {
                double[] sizes = [1, 2, 3, 4, 5];
                double variance = Variance(Gradients);
                double[] fine = [.. Enumerable.Range(0, 41).Select(i => 1 + (i / 10.0))];
                return new Plot
                {
                    Title = "T131: variance of a mini-batch gradient, n = 5 samples",
                    X = "batch size m",
                    Y = "variance",
                    Curves =
                    [
                        new Curve("(σ²/m)·(n−m)/(n−1)", fine, [.. fine.Select(m => variance / m * (5 - m) / 4)]),
                        new Curve("σ²/m, with replacement", fine, [.. fine.Select(m => variance / m)], CurveStyle.Dashed),
                        new Curve("all mini-batches of the library", sizes, [.. sizes.Select(m => Variance(MiniBatchGradients((int)m)))], CurveStyle.Points),
                    ],
                };
            },
        },
        new()
        {
            Id = "T132",
            Title = "Mini-batch update without η",
            Status = ClaimStatus.Imprecise,
            Sources = ["Softmax sheet, update equations after (22)"],
            Claim = "The mini-batch update is W ← W − (1/B)·Σ∂ℓ/∂W, and the same for b.",
            Correction =
                "W ← W − (η/B)·Σ∂ℓ/∂W. Without η the printed rule has η = 1, which diverges if the curvature " +
                "exceeds 2. B is the size of the current mini-batch, also if the last one is smaller.",
            Formula = @"W \leftarrow W - \frac{\eta}{B}\sum_{x\in\text{batch}}\frac{\partial\ell_x}{\partial W}",
            Derivation = """
                The units alone show that something is missing: a cost per weight is subtracted from a weight. The
                learning rate converts the units. Without it $\eta = 1$, in whatever units the data happen to be
                measured.

                On the bowl $\frac12(4w_1^2 + w_2^2)$ the rule multiplies $w_1$ by $1 - 4 = -3$ in every step. After ten
                steps $1$ has become $(-3)^{10} = 59{,}049$. With $\eta = 0.4$, below $2/4$, it has become
                $(-0.6)^{10} = 0.006$.

                The division by $B$ makes the step an average. If $B$ does not divide $n$, the last mini-batch of an
                epoch is smaller. Dividing it by the full $B$ would give its samples less weight, so the library divides
                by its own size.
                """,
            Run = UpdateWithoutLearningRate,
        },
    ];

    private static void OnlineLearning(Findings findings)
    {
        findings.Given("gradients of the samples", Gradients);
        double[] single = MiniBatchGradients(1);
        findings.Equal("gradient of each single sample", single, Gradients);
        findings.Equal("mean of these, equal to the full gradient", MiniBatchGradients(5)[0], single.Average());
        findings.Equal("full gradient", MiniBatchGradients(5)[0], 4);
        findings.Equal("mean over all mini-batches of 2", MiniBatchGradients(2).Average(), 4);
        findings.Equal("mean over all mini-batches of 3", MiniBatchGradients(3).Average(), 4);
        findings.Equal(
            "variance for m = 1, 2, 3, 4, 5",
            [.. Enumerable.Range(1, 5).Select(m => Variance(MiniBatchGradients(m)))],
            [10, 3.75, 10 / 3.0 * 2 / 4, 10 / 4.0 * 1 / 4, 0]);
        findings.Equal("steps per epoch for batch sizes 1, 2, 5", [StepsPerEpoch(1), StepsPerEpoch(2), StepsPerEpoch(5)], [5, 3, 1]);

        // Two linear units in a row at their saddle, with five samples and mini-batches of one.
        GivenNetwork saddle = Networks.Of(Cost.Quadratic, Networks.Layer(new[,] { { 0.0 } }, [0], Activation.Linear), Networks.Layer(new[,] { { 0.0 } }, [0], Activation.Linear));
        TrainingOptions online = Descent.Options(0.5, 1, 100) with { Shuffle = true, Frozen = ["layers.0.bias", "layers.1.bias"] };
        TrainingResult result = Descent.Train(saddle, [1, 1, 1, 1, 1], Gradients, online);
        double moved = Math.Abs(result.Parameters.GetWeight(0, 0, 0)) + Math.Abs(result.Parameters.GetWeight(1, 0, 0));
        findings.Refuted("batch size 1 escapes from saddles", "after 500 single-sample steps at the saddle of w₂·w₁·x both weights are still 0", moved == 0);
        TrainingResult nearby = Descent.Train(saddle.With(p => p.SetWeight(1, 0, 0, 1e-3)), [1, 1, 1, 1, 1], Gradients, online with { LearningRate = 0.02 });
        findings.AtLeast("w₂·w₁ after 500 single-sample steps from a start 0.001 away from the saddle", nearby.Parameters.GetWeight(0, 0, 0) * nearby.Parameters.GetWeight(1, 0, 0), 1);
    }

    private static void UpdateWithoutLearningRate(Findings findings)
    {
        Bowl bowl = Bowl.Of(4, 1);
        double[][] printed = Descent.Path(bowl.Network, bowl.Inputs, bowl.Targets, Descent.Options(1, 8, 10));
        double[][] right = Descent.Path(bowl.Network, bowl.Inputs, bowl.Targets, Descent.Options(0.4, 8, 10));
        findings.Given("bowl, initial w", "½(4w₁² + w₂²), (1, 1)");
        findings.Equal("w₁ after one step of the printed rule", printed[1][0], -3);
        findings.Refuted("w₁ after ten steps of the printed rule", printed[10][0], 59049, right[10][0]);
        findings.Equal("w₁, w₂ after ten steps with η = 0.4", right[10].AsSpan(0, 2), [0.0060466176, 0.0060466176]);

        // w ← w − ½·(w + mean of the batch's g). The last batch is the sample 10 alone.
        GivenNetwork unit = Unit();
        TrainingResult result = Descent.Train(unit, Inputs(5), Targets(Gradients), Descent.Options(0.5, 2) with { Frozen = ["layers.0.bias"] });
        findings.Given("five samples in mini-batches of 2, η = 0.5", Gradients);
        findings.Equal("w after the epoch, the last batch divided by its own size", result.Parameters.GetWeight(0, 0, 0), -6.0625);
        findings.Refuted("w after the epoch, the last batch divided by 2", -2.125 - (0.5 / 2 * (-2.125 + 10)), -4.09375, result.Parameters.GetWeight(0, 0, 0));
    }

    private static GivenNetwork Unit() => Networks.Of(Cost.Quadratic, Networks.Layer(new[,] { { 0.0 } }, [0], Activation.Linear));

    private static double[] Inputs(int samples) => [.. Enumerable.Repeat(1.0, samples)];

    private static double[] Targets(IEnumerable<double> gradients) => [.. gradients.Select(g => -g)];

    /// <summary>∂C/∂w of every mini-batch of m out of the five samples.</summary>
    private static double[] MiniBatchGradients(int m) =>
        [.. Enumerable.Range(0, 1 << Gradients.Length)
            .Where(subset => int.PopCount(subset) == m)
            .Select(subset => Unit().Trace(Inputs(m), Targets(Gradients.Where((_, i) => ((subset >> i) & 1) == 1))).WeightGradient(0)[0, 0])];

    private static double Variance(double[] values) => values.Average(value => (value - values.Average()) * (value - values.Average()));

    /// <summary>The number of steps that the trainer makes in one epoch.</summary>
    private static double StepsPerEpoch(int batchSize)
    {
        var counter = new StepCounter();
        Descent.Train(Unit(), Inputs(5), Targets(Gradients), Descent.Options(0.01, batchSize), counter);
        return counter.Steps;
    }

    private sealed class StepCounter : IProgress<TrainingEvent>
    {
        public long Steps { get; private set; }

        public void Report(TrainingEvent value)
        {
            if (value is EpochCompleted epoch)
            {
                Steps = epoch.State.Step;
            }
        }
    }
}
