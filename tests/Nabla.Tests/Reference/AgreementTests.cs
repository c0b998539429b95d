using FsCheck;
using FsCheck.Fluent;
using Nabla.Network.Study;
using Nabla.Tests.Reference.Naive;
using Xunit;
using static Nabla.Tests.Reference.NaiveComparison;

namespace Nabla.Tests.Reference;

/// <summary>The engine in double precision against the naive network, on random networks. A failure prints the case and FsCheck's seed.</summary>
public class AgreementTests
{
    /// <summary>Both round, in another order: 7e−15 at most in 80,000 passes.</summary>
    private const double PassTolerance = 1e-13;

    /// <summary>Batch normalisation divides by the deviation of as few as two samples, and magnifies roundings by up to 1/√ε = 316 a layer.</summary>
    private const double NormalizedTolerance = 1e-8;

    /// <summary>Up to 72 updates amplify the roundings: 1.3e−13 at most in 80,000 runs.</summary>
    private const double TrainingTolerance = 1e-10;

    [Fact]
    public void One_pass_has_the_naive_outputs_cost_and_derivatives() => Check(setting =>
    {
        Parameters parameters = setting.DrawParameters();
        (double[][] inputs, double[][] targets) = setting.DrawSamples();
        NaiveNetwork naive = NaiveAdapter.Network(setting.Network, parameters);
        NaivePass expected = naive.Differentiate(new NaiveBatch(inputs, targets), isRandom: false);
        Trace actual = Trace.Of(setting.Network, parameters, Flat(inputs), Flat(targets));
        IEnumerable<int> samples = Enumerable.Range(0, setting.Samples);

        AssertClose(Flat(expected.Outputs), [.. samples.SelectMany(actual.Outputs)], Tolerance(setting, PassTolerance), "outputs");
        AssertClose([expected.CostSum / setting.Samples], [actual.Cost], Tolerance(setting, PassTolerance), "cost");
        AssertClose(Flat(expected.InputGradient), [.. samples.SelectMany(actual.InputGradient)], Tolerance(setting, PassTolerance), "∂C/∂x");
        AssertClose(
            [.. expected.GradientSum.Select(g => g / setting.Samples)],
            [.. parameters.Tensors.Where(tensor => tensor.IsTrained).SelectMany(actual.Gradient)],
            Tolerance(setting, PassTolerance),
            "gradient");
    });

    [Fact]
    public void Training_arrives_where_the_naive_one_does() => Check(setting =>
    {
        Parameters parameters = setting.DrawParameters();
        (double[][] inputs, double[][] targets) = setting.DrawSamples();
        NaiveNetwork naive = NaiveAdapter.Network(setting.Network, parameters);
        NaiveTraining training = NaiveAdapter.Training(setting.Training, naive.Count, setting.Samples);
        double[] costs = training.Run(naive, NaiveAdapter.Epochs(setting.Network, setting.Training, inputs, targets));
        TrainingResult actual = Trainer.Train(
            setting.Network, new DataSplit(Data(setting.Network, inputs, targets), null, null), setting.Training with { InitialParameters = parameters });

        Assert.Equal(StopReason.Epochs, actual.StoppedBy);
        AssertClose(naive.Parameters, NaiveAdapter.Values(actual.Parameters), Tolerance(setting, TrainingTolerance), "parameters");
        AssertClose(naive.RunningStatistics, NaiveAdapter.State(actual.Parameters), Tolerance(setting, TrainingTolerance), "running statistics");
        AssertClose(costs, [.. actual.Epochs.Select(epoch => epoch.TrainCost)], Tolerance(setting, TrainingTolerance), "costs of the epochs");
        AssertClose([training.Penalty(naive)], [actual.Epochs[^1].Penalty], Tolerance(setting, TrainingTolerance), "penalty");
    });

    private static double Tolerance(AgreementSetting setting, double tolerance) => setting.Network.Layers.Any(layer => layer.MixesSamples) ? NormalizedTolerance : tolerance;

    private static void Check(Action<AgreementSetting> holds) =>
        Prop.ForAll(AgreementSetting.Any.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static Dataset Data(NetworkOptions network, double[][] inputs, double[][] targets) => network.Cost == Cost.LogLikelihood
        ? Dataset.FromRows("classes", Flat(inputs), network.Inputs, [.. targets.Select(y => Array.IndexOf(y, 1))], [.. Enumerable.Range(0, network.Outputs).Select(k => $"{k}")])
        : Dataset.FromRows("numbers", Flat(inputs), network.Inputs, Flat(targets), network.Outputs);
}
