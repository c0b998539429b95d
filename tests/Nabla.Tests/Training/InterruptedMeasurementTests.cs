using Nabla.Tests.Models;
using Nabla.Tests.Runs;
using Nabla.Training;
using Xunit;

namespace Nabla.Tests.Training;

public class InterruptedMeasurementTests
{
    [Fact]
    public void A_measurement_that_is_broken_off_is_made_up_for_after_the_resume()
    {
        var whole = new List<EpochCompleted>();
        TrainingResult undisturbed = Run(Start(), e => whole.AddRange(e is EpochCompleted epoch ? [epoch] : []), default);

        // 40 samples by 7 are six mini-batches: the signal comes after the last one of the third epoch, before its measurement.
        using var stop = new CancellationTokenSource();
        TrainingState? left = null;
        var seen = new List<EpochCompleted>();
        TrainingResult cut = Run(
            Start(),
            e =>
            {
                seen.AddRange(e is EpochCompleted epoch ? [epoch] : []);
                left = e is TrainingCompleted { State: { } state } ? state : left;
                if (e is BatchesCompleted { Epoch: 3, State.Batch: 6 })
                {
                    stop.Cancel();
                }
            },
            stop.Token);
        Assert.Equal((StopReason.Interrupt, 2), (cut.StoppedBy, cut.EpochsDone));
        Assert.Equal((2, 6, 2), (left!.Epoch, left.Batch, left.Metrics.Count));

        TrainingResult resumed = Run(left, e => seen.AddRange(e is EpochCompleted epoch ? [epoch] : []), default);
        Assert.Equal(SampleModels.Values(undisturbed.Parameters), SampleModels.Values(resumed.Parameters));
        Assert.Equal(whole.Select(epoch => (epoch.Epoch, epoch.TrainCost, epoch.LearningRate, epoch.Validation!.Cost)), seen.Select(epoch => (epoch.Epoch, epoch.TrainCost, epoch.LearningRate, epoch.Validation!.Cost)));
    }

    private static TrainingState Start() => new()
    {
        Parameters = ParameterInitializer.Draw(SampleRuns.Architecture, SampleRuns.Training.Initializer, Precision.Double, SampleRuns.Training.Seed),
        // AdamW has two.
        Moments = [new Parameters(SampleRuns.Architecture, Precision.Double), new Parameters(SampleRuns.Architecture, Precision.Double)],
    };

    private static TrainingResult Run(TrainingState state, Action<TrainingEvent> observer, CancellationToken cancellation) =>
        new TrainingRun<double>(SampleRuns.Architecture, SampleRuns.Data(), SampleRuns.Training, state, new SampleRuns.Observer(observer)) { ProgressInterval = TimeSpan.Zero }.Run(cancellation);
}
