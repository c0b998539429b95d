using System.Collections.Concurrent;
using Nabla.Tests.Runs;
using Nabla.Training;
using Xunit;

namespace Nabla.Tests.Training;

/// <summary>An event shows the state of its own moment, or none.</summary>
public class StateLoanTests
{
    [Fact]
    public async Task Through_a_Progress_the_state_is_refused_and_everything_else_arrives()
    {
        var states = new ConcurrentBag<string>();
        var arrived = new ConcurrentBag<TrainingEvent>();
        int reported = 0;
        TrainingState? last = null;
        var progress = new Progress<TrainingEvent>(e =>
        {
            try
            {
                last = e is TrainingCompleted completed ? completed.State : last;
                states.Add(e switch
                {
                    BatchesCompleted batches => $"read {batches.State.Step}",
                    EpochCompleted epoch => $"read {epoch.State.Step}",
                    _ => "none",
                });
            }
            catch (InvalidOperationException refusal)
            {
                states.Add(refusal.Message.Contains("Progress<T>", StringComparison.Ordinal) ? "refused" : refusal.Message);
            }

            // Last: the count of arrivals ends the test.
            Assert.NotEmpty(e.ToString());
            arrived.Add(e);
        });
        TrainingResult result = Train(new SampleRuns.Observer(e =>
        {
            reported++;
            ((IProgress<TrainingEvent>)progress).Report(e);
        }));
        for (int i = 0; arrived.Count < reported && i < 1000; i++)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        Assert.Equal(reported, arrived.Count);
        // 40 samples by 7 are six mini-batches; each of them, and each of the six epochs, has a state.
        Assert.Equal(36 + 6, states.Count(state => state == "refused"));
        Assert.Equal(reported - 42, states.Count(state => state == "none"));
        Assert.Equal(Enumerable.Range(1, 6), arrived.OfType<EpochCompleted>().Select(epoch => epoch.Epoch).Order());

        // The run is over, and its state no longer changes.
        Assert.Equal(36, last!.Step);
        Assert.Throws<InvalidOperationException>(() => result.Epochs[0].State);
    }

    [Fact]
    public void A_handler_on_the_training_thread_reads_the_state_of_its_moment()
    {
        var steps = new List<(long Step, int Expected)>();
        EpochCompleted? kept = null;
        Train(new SampleRuns.Observer(e =>
        {
            if (e is BatchesCompleted batches)
            {
                steps.Add((batches.State.Step, (6 * (batches.Epoch - 1)) + ((batches.Samples + 6) / 7)));
            }
            else if (e is EpochCompleted epoch)
            {
                steps.Add((epoch.State.Step, 6 * epoch.Epoch));
                kept = epoch;
            }
        }));
        Assert.Equal(42, steps.Count);
        Assert.All(steps, step => Assert.Equal(step.Expected, step.Step));
        Assert.Contains("copy from the state", Assert.Throws<InvalidOperationException>(() => kept!.State).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_thread_cannot_read_it_though_the_handler_waits()
    {
        Exception? error = null;
        Train(new SampleRuns.Observer(e =>
        {
            if (e is EpochCompleted { Epoch: 2 } epoch)
            {
                var thread = new Thread(() => error = Record.Exception(() => epoch.State));
                thread.Start();
                thread.Join();
            }
        }));
        Assert.IsType<InvalidOperationException>(error);
    }

    private static TrainingResult Train(IProgress<TrainingEvent> observer)
    {
        var state = new TrainingState
        {
            Parameters = ParameterInitializer.Draw(SampleRuns.Architecture, SampleRuns.Training.Initializer, Precision.Double, 1),
            Moments = [new Parameters(SampleRuns.Architecture, Precision.Double).NewGradient(), new Parameters(SampleRuns.Architecture, Precision.Double).NewGradient()],
        };
        return new TrainingRun<double>(SampleRuns.Architecture, SampleRuns.Data(), SampleRuns.Training, state, observer) { ProgressInterval = TimeSpan.Zero }.Run(default);
    }
}
