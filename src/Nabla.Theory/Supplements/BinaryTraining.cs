using Nabla.Data.Synthetic;
using Nabla.Theory.Plots;
using Nabla.Theory.Recipes;
using Nabla.Training.Batches;

namespace Nabla.Theory.Supplements;

/// <summary>Training on the same digits with ten one-hot outputs and with four bits.</summary>
internal static class BinaryTraining
{
    private const int Epochs = 10;
    private const int TrainCount = 1000;
    private const int TestCount = 400;
    private const int Seeds = 2;

    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T142",
            Title = "Binary coding takes longer to train",
            Status = ClaimStatus.Question,
            Sources = ["Softmax sheet, 2.1"],
            Claim =
                "Because its errors are uneven, a network with binary-coded outputs is expected to need longer " +
                "training.",
            Formula = @"\text{one-hot: } \arg\max_j a_j,\qquad \text{binary: } \sum_j 2^j\,\mathbf 1\{a_j>\tfrac12\}",
            Derivation = """
                The document gives no figures, so this experiment measures them. The hidden layer, the sigmoid outputs,
                the cross-entropy, the learning rate and the mini-batches are the same. Only the outputs differ: ten
                one-hot outputs or four bits.

                The expectation is right: the binary network needs several times as many epochs for the same accuracy.
                But uneven errors need not be the reason. A bit groups digits that have nothing in common: bit 1 is set
                in 2, 3, 6 and 7, four different shapes, and the hidden layer must find features for such groups. Also,
                a single wrong bit out of four makes the whole answer wrong, mostly unnoticed: far more wrong answers
                are valid codes of other digits than invalid codes.
                """,
            Run = Compare,
            Plot = Picture,
        },
    ];

    private static void Compare(Findings findings)
    {
        const double level = 0.7;
        (double[] oneHot, _) = Curves(TargetCoding.OneHot);
        (double[] binary, double[] rejected) = Curves(TargetCoding.Binary);
        findings.Given("network", "784-30-10 or 784-30-4, sigmoid, cross-entropy, η = 0.5, mini-batches of 10");
        findings.Given("training and test digits, seeds", TrainCount, TestCount, Seeds);
        findings.Reported("one-hot: accuracy after each epoch", oneHot);
        findings.Reported("binary: accuracy after each epoch", binary);
        findings.Reported("binary: share of rejected codes after each epoch", rejected);
        int oneHotEpochs = EpochsTo(level, oneHot), binaryEpochs = EpochsTo(level, binary);
        findings.Reported("epochs to 70%: one-hot and binary", oneHotEpochs, binaryEpochs);
        findings.Holds("the binary network needs at least twice as many epochs to 70%", binaryEpochs >= 2 * oneHotEpochs);
        findings.Holds("the one-hot network is ahead after every epoch", oneHot.Zip(binary).All(epoch => epoch.First > epoch.Second));
        findings.AtLeast("final accuracy of the one-hot network", oneHot[^1], level);
        findings.AtMost("largest share of rejected codes", rejected.Max(), 0.1);
    }

    /// <summary>
    /// The first epoch with at least this accuracy, 1-based; the number of epochs plus one if there is none.
    /// </summary>
    private static int EpochsTo(double level, double[] accuracy)
    {
        int index = Array.FindIndex(accuracy, value => value >= level);
        return index < 0 ? accuracy.Length + 1 : index + 1;
    }

    private static Plot Picture()
    {
        (double[] accuracy, double[] rejected) = Curves(TargetCoding.Binary);
        return new Plot
        {
            Title = "Ten one-hot outputs and four bits",
            X = "epoch",
            Y = "share of the test digits",
            Curves =
            [
                Curve.OverSteps("one-hot: correct", Curves(TargetCoding.OneHot).Accuracy, 1),
                Curve.OverSteps("binary: correct", accuracy, 1),
                Curve.OverSteps("binary: rejected", rejected, 1) with { Style = CurveStyle.Dashed },
            ],
        };
    }

    /// <summary>
    /// Accuracy and share of rejected codes on the test digits after each epoch, averaged over the seeds.
    /// </summary>
    private static (double[] Accuracy, double[] Rejected) Curves(TargetCoding coding)
    {
        Dataset digits = Digits.Generate(TrainCount + TestCount, seed: 142);
        Dataset test = digits.Slice(TrainCount, TestCount);
        var architecture = NetworkOptions.FeedForward(digits.InputCount, [30], TargetCodes.Width(coding, digits.TargetCount), Activation.Sigmoid, Activation.Sigmoid, Cost.CrossEntropy);
        double[] accuracy = new double[Epochs], rejected = new double[Epochs];
        for (int seed = 0; seed < Seeds; seed++)
        {
            TrainingOptions options = Descent.Options(0.5, samples: 10, Epochs) with { Targets = coding, Shuffle = true, Precision = Precision.Single, Seed = (ulong)seed };
            Trainer.Train(architecture, new DataSplit(digits.Take(TrainCount), null, null), options, new Observer(epoch =>
            {
                ClassificationReport report = ClassificationReport.From(test, Evaluator.Outputs(architecture, epoch.State.Parameters, test, threads: 1), coding);
                accuracy[epoch.Epoch - 1] += report.Accuracy / Seeds;
                rejected[epoch.Epoch - 1] += (double)report.Rejected / report.Count / Seeds;
            }));
        }

        return (accuracy, rejected);
    }

    private sealed class Observer(Action<EpochCompleted> measure) : IProgress<TrainingEvent>
    {
        public void Report(TrainingEvent value)
        {
            if (value is EpochCompleted epoch)
            {
                measure(epoch);
            }
        }
    }
}
