using Nabla.Data;
using Nabla.Network.Activations;
using Nabla.Network.Costs;
using Nabla.Theory.Plots;
using Nabla.Theory.Recipes;
using Nabla.Training;
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
            Sources = ["004_e3855a7dd8c664cd.txt 19"],
            Claim = "η is halved at each no-improvement-in-10, and the run ends when η has dropped to η₀/128 (the code is not shown).",
            Correction = "The count of epochs without improvement restarts at each halving, the best value so far does not; seven halvings make 1/128, and the run stops as soon as they are done.",
            Formula = @"\eta_t = \eta_0\,2^{-k_t}, \qquad k_t = \text{halvings up to epoch } t, \qquad \text{stop when } 2^{-k_t} \le \tfrac{1}{128}",
            Derivation = """
                Two memories are needed. The best value so far lives through the whole run: an epoch after a halving counts as progress only if it beats everything before.
                The count of epochs waited starts again with each halving, for the new learning rate must get its own chance. Forget the restart (as one does by asking
                the loop condition of exercise 17 after every epoch) and on a plateau the rate falls by half in every epoch: seven halvings in seven epochs.

                $2^{-7} = 1/128$, and the text ends the run when that is reached: on a plateau after $1 + 7\cdot10 = 71$ epochs. One may read it more gently, train on at $\eta_0/128$
                and stop when the rate would fall below it: ten epochs more (the picture shows this reading, so that the last stair is seen). A halving is exact in floating point, so $\eta_0\cdot2^{-k}$ holds to the bit.

                Who compares with PyTorch must subtract one: its patience $P$ halves after $P+1$ epochs without improvement, so $N$ here is $P = N-1$ there.
                """,
            Run = Halving,
            Plot = PlotRates,
        },
    ];

    /// <summary>The epochs after which the schedule halves, and the epoch after which it stops the run.</summary>
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
        findings.Equal("gentler reading, down to 1/256: stop after epoch", Follow(constant, 10, Smallest / 2).Stop, 81);

        double[] withoutRestart = [.. Enumerable.Range(1, 100).Where(epoch => !PublishedConditions.GoesOnByBest(constant.AsSpan(0, epoch), 10)).Take(7).Select(epoch => (double)epoch)];
        findings.Equal("the loop condition asked again, without restart, halves after epochs", withoutRestart, [11, 12, 13, 14, 15, 16, 17]);
        findings.Refuted("seventh halving without restart", withoutRestart[^1], 17, halvings[^1]);

        (halvings, stop) = Follow(Progress, 2, Smallest);
        findings.Given("metric 1, 3, 2, 2, 4, 4, 4, 3, 3, 5, 5, …; N", 2);
        findings.Equal("halvings after epochs", halvings, [4, 7, 9, 12, 14, 16, 18]);
        findings.Equal("stop; gentler reading", [stop, Follow(Progress, 2, Smallest / 2).Stop], [18, 20]);

        TrainingResult run = OnPlateau(Smallest), gentle = OnPlateau(Smallest / 2);
        findings.Given("trainer on data whose accuracy never changes, η₀", 0.1);
        findings.Holds("the run is ended by the schedule", run.StoppedBy == StopReason.Schedule);
        findings.Equal("epochs; gentler reading", [run.EpochsDone, gentle.EpochsDone], [71, 81]);
        double[] rates = [.. gentle.Epochs.Select(epoch => epoch.LearningRate)];
        findings.Holds("the rate of every epoch is η₀·2^−k to the bit", rates.AsSpan().SequenceEqual(RatesOfSteps()));
        findings.Exactly("rate of epoch 72", rates[71], 0.1 * 0.0078125);
    }

    /// <summary>η₀ for 11 epochs, then ten epochs each at η₀/2 to η₀/128.</summary>
    private static double[] RatesOfSteps() =>
        [.. Enumerable.Repeat(0.1, 11), .. Enumerable.Range(1, 7).SelectMany(k => Enumerable.Repeat(0.1 / (1 << k), 10))];

    /// <summary>A run in which every epoch gets the same one of two validation samples right: equal inputs, different classes.</summary>
    private static TrainingResult OnPlateau(double smallest)
    {
        GivenNetwork network = Networks.FromWeightedInputs([1, 0], Activation.Softmax, Cost.LogLikelihood);
        Dataset data = Dataset.FromRows("plateau", new double[2], 1, [0, 1], ["first", "second"]);
        return Trainer.Train(network.Options, new DataSplit(data, data, null), Descent.Options(0.1, 2, epochs: 200) with
        {
            InitialParameters = network.Parameters,
            Schedule = new ScheduleOptions { Kind = ScheduleKind.Plateau, Patience = 10, MinimumFactor = smallest },
        });
    }

    private static Plot PlotRates()
    {
        TrainingResult digits = Trainer.Train(DigitRuns.Architecture(10), DigitRuns.Data(360, 40), DigitRuns.Options(0.5, 150) with
        {
            Schedule = new ScheduleOptions { Kind = ScheduleKind.Plateau, Patience = 5, MinimumFactor = Smallest / 2 },
        });
        return new Plot
        {
            Title = "Halving on a plateau, down to 1/128",
            X = "epoch",
            Y = "η/η₀",
            LogarithmicY = true,
            Curves =
            [
                Curve.OverSteps("nothing ever improves, N = 10", [.. OnPlateau(Smallest / 2).Epochs.Select(epoch => epoch.LearningRate / 0.1)], first: 1),
                Curve.OverSteps("digits, N = 5", [.. digits.Epochs.Select(epoch => epoch.LearningRate / 0.5)], first: 1),
                new Curve("1/128", [1, 81], [Smallest, Smallest], CurveStyle.Dashed),
            ],
        };
    }
}
