using Nabla.Theory.Plots;
using Nabla.Theory.Recipes;
using Nabla.Training.Schedules;

namespace Nabla.Theory.Schedule;

/// <summary>Halving the learning rate on a plateau.</summary>
internal static class PlateauChecks
{
    private const double Smallest = 1.0 / 128;
    private static readonly double[] Progress = [1, 3, 2, 2, 4, 4, 4, 3, 3, 5, .. Enumerable.Repeat(5.0, 15)];

    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T119",
            Title = "Halving at no-improvement-in-10 down to 1/128",
            Status = ClaimStatus.Imprecise,
            Sources = ["Book exercises II, 19"],
            Claim =
                "η is halved at each no-improvement-in-10, and the run ends when η has fallen to η₀/128 (the code " +
                "is not shown).",
            Correction =
                "The number of epochs without improvement restarts at each halving, but the best value so far does " +
                "not. Seven halvings make 1/128, and the run stops as soon as they are done.",
            Formula = @"\eta_t = \eta_0\,2^{-k_t}, \qquad k_t = \text{halvings up to epoch } t, \qquad \text{stop when } 2^{-k_t} \le \tfrac{1}{128}",
            Derivation = """
                The schedule stores two values. The best value so far is kept through the whole run: an epoch after a
                halving is an improvement only if it exceeds everything before. The number of epochs without improvement
                starts again after each halving, so that the new learning rate gets its own chance. Without this restart
                (for example, if the loop condition of exercise 17 is evaluated after every epoch) the rate is halved in
                every epoch of a plateau: seven halvings in seven epochs.

                $2^{-7} = 1/128$, and the text ends the run when this is reached: on a plateau after $1 + 7\cdot10 = 71$
                epochs. In a more generous reading the run continues at $\eta_0/128$ and stops when the rate would fall
                below it, ten epochs later (the picture uses this reading, so that the last level is visible). A halving
                is exact in floating point, so $\eta_0\cdot2^{-k}$ holds to the last bit.

                In PyTorch the patience is smaller by one: its patience $P$ halves after $P+1$ epochs without
                improvement, so $N$ here corresponds to $P = N-1$.
                """,
            Run = Halving,
            Plot = PlotRates,
        },
    ];

    /// <summary>
    /// The epochs after which the schedule halves the rate, and the epoch after which it stops the run.
    /// </summary>
    private static (double[] Halvings, double Stop) Follow(double[] metrics, int patience, double smallest)
    {
        var halvings = new List<double>();
        for (int epoch = 1; epoch <= metrics.Length; epoch++)
        {
            (int count, bool finished) = PlateauSchedule.After(metrics.AsSpan(0, epoch), patience, smallest);
            while (halvings.Count < count)
            {
                halvings.Add(epoch);
            }

            if (finished)
            {
                return ([.. halvings], epoch);
            }
        }

        return ([.. halvings], double.PositiveInfinity);
    }

    private static void Halving(Findings findings)
    {
        double[] constant = [.. Enumerable.Repeat(97.0, 100)];
        (double[] halvings, double stop) = Follow(constant, 10, Smallest);
        findings.Given("constant metric, N", 10);
        findings.Equal("halvings after epochs", halvings, [11, 21, 31, 41, 51, 61, 71]);
        findings.Equal("stop after epoch", stop, 71);
        findings.Equal("generous reading, down to 1/256: stop after epoch", Follow(constant, 10, Smallest / 2).Stop, 81);

        double[] withoutRestart = [.. Enumerable.Range(1, 100).Where(epoch => !PublishedConditions.GoesOnByBest(constant.AsSpan(0, epoch), 10)).Take(7).Select(epoch => (double)epoch)];
        findings.Equal("the loop condition evaluated again, without restart: halvings after epochs", withoutRestart, [11, 12, 13, 14, 15, 16, 17]);
        findings.Refuted("seventh halving without restart after epoch", withoutRestart[^1], 17, halvings[^1]);

        (halvings, stop) = Follow(Progress, 2, Smallest);
        findings.Given("metric 1, 3, 2, 2, 4, 4, 4, 3, 3, 5, 5, …; N", 2);
        findings.Equal("halvings after epochs", halvings, [4, 7, 9, 12, 14, 16, 18]);
        findings.Equal("stop after epoch; in the generous reading", [stop, Follow(Progress, 2, Smallest / 2).Stop], [18, 20]);

        TrainingResult run = OnPlateau(Smallest), generous = OnPlateau(Smallest / 2);
        findings.Given("trainer on data whose accuracy never changes, η₀", 0.1);
        findings.Holds("the schedule ends the run", run.StoppedBy == StopReason.Schedule);
        findings.Equal("number of epochs; in the generous reading", [run.EpochsDone, generous.EpochsDone], [71, 81]);
        double[] rates = [.. generous.Epochs.Select(epoch => epoch.LearningRate)];
        findings.Holds("the rate of every epoch is η₀·2^−k to the last bit", rates.AsSpan().SequenceEqual(RatesOfSteps()));
        findings.Exactly("rate of epoch 72", rates[71], 0.1 * 0.0078125);
    }

    /// <summary>The expected rates: η₀ for 11 epochs, then ten epochs each at η₀/2 to η₀/128.</summary>
    private static double[] RatesOfSteps() =>
        [.. Enumerable.Repeat(0.1, 11), .. Enumerable.Range(1, 7).SelectMany(k => Enumerable.Repeat(0.1 / (1 << k), 10))];

    /// <summary>
    /// A run with a constant accuracy: two validation samples with equal inputs and different classes.
    /// </summary>
    private static TrainingResult OnPlateau(double smallest)
    {
        GivenNetwork network = Networks.FromWeightedInputs([1, 0], Activation.Softmax, Cost.LogLikelihood);
        Dataset data = Dataset.FromRows("plateau", new double[2], 1, [0, 1], ["first", "second"]);
        return Trainer.Train(network.Options, new DataSplit(data, data, null), Descent.Options(0.1, 2, epochs: 200) with
        {
            InitialParameters = network.Parameters,
            Schedule = new PlateauSchedule(Patience: 10, MinimumFactor: smallest),
        });
    }

    private static Plot PlotRates()
    {
        TrainingResult digits = Trainer.Train(DigitRuns.Architecture(10), DigitRuns.Data(360, 40), DigitRuns.Options(0.5, 150) with
        {
            Schedule = new PlateauSchedule(Patience: 5, MinimumFactor: Smallest / 2),
        });
        return new Plot
        {
            Title = "Halving on a plateau, down to 1/128",
            X = "epoch",
            Y = "η/η₀",
            LogarithmicY = true,
            Curves =
            [
                Curve.OverSteps("no improvement at all, N = 10", [.. OnPlateau(Smallest / 2).Epochs.Select(epoch => epoch.LearningRate / 0.1)], first: 1),
                Curve.OverSteps("digits, N = 5", [.. digits.Epochs.Select(epoch => epoch.LearningRate / 0.5)], first: 1),
                new Curve("1/128", [1, 81], [Smallest, Smallest], CurveStyle.Dashed),
            ],
        };
    }
}
