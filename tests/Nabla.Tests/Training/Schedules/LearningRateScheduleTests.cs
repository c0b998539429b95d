using System.Text.Json;
using Nabla.Tests.Support;
using Nabla.Training.Schedules;
using Xunit;

namespace Nabla.Tests.Training.Schedules;

/// <summary>Learning rates against PyTorch's schedulers (tests/golden/trajectories.py, peak 0.3).</summary>
public class LearningRateScheduleTests
{
    private const double Initial = 0.3;

    /// <summary>PyTorch's cosine goes from one rate to the next by a recurrence, which gathers some 1e−14.</summary>
    private const double Relative = 1e-11;

    private static readonly JsonElement Golden = Support.Golden.Read("trajectories.json");

    [Theory]
    [InlineData("one_cycle", "one-cycle")]
    [InlineData("cosine", "cosine")]
    public void Rates_of_every_mini_batch_are_PyTorchs(string name, string kind)
    {
        foreach (JsonElement run in Golden.GetProperty(name).EnumerateArray())
        {
            int epochs = run.GetProperty("epochs").GetInt32(), batches = run.GetProperty("batches").GetInt32();
            double[] expected = run.GetProperty("rates").Doubles();
            Assert.Equal(epochs * batches, expected.Length);
            for (int at = 0; at < expected.Length; at++)
            {
                double rate = At(Named.Schedule(kind), (at / batches) + 1, at % batches, batches, epochs);
                Assert.True(Math.Abs(rate - expected[at]) <= Relative * Initial, $"{name}, {epochs} epochs of {batches}, mini-batch {at}: {rate:R}, not {expected[at]:R}");
            }
        }
    }

    [Fact]
    public void Step_halves_every_N_epochs()
    {
        foreach (JsonElement run in Golden.GetProperty("step").EnumerateArray())
        {
            var options = new StepSchedule(Patience: run.GetProperty("patience").GetInt32());
            double[] expected = run.GetProperty("rates").Doubles();
            for (int epoch = 1; epoch <= expected.Length; epoch++)
            {
                Assert.Equal(expected[epoch - 1], At(options, epoch, 3, 7, expected.Length));
            }
        }
    }

    [Fact]
    public void Plateau_halves_when_PyTorch_with_patience_N_minus_one_does()
    {
        foreach (JsonElement run in Golden.GetProperty("plateau").EnumerateArray())
        {
            // Small enough never to end the run.
            var options = new PlateauSchedule(Patience: run.GetProperty("patience").GetInt32(), MinimumFactor: 1e-300);
            double[] metrics = run.GetProperty("metrics").Doubles(), expected = run.GetProperty("rates").Doubles();
            for (int epoch = 1; epoch <= expected.Length; epoch++)
            {
                // Halving is exact, so the rates are equal to the bit.
                Assert.Equal(expected[epoch - 1], At(options, epoch, 0, 1, expected.Length, metrics[..(epoch - 1)]));
            }
        }
    }

    [Fact]
    public void Constant_stays() =>
        Assert.Equal(Initial, At(Schedule.Constant, 29, 4, 5, 30, 3, 2, 1));

    [Fact]
    public void One_cycle_over_a_single_mini_batch_is_a_rate_above_zero() =>
        Assert.InRange(At(new OneCycleSchedule(), 1, 0, 1, 1), double.Epsilon, Initial);

    [Fact]
    public void Warm_up_rises_in_equal_steps_and_stays()
    {
        foreach (JsonElement run in Support.Golden.Read("layers.json").GetProperty("warm_up").EnumerateArray())
        {
            int updates = run.GetProperty("updates").GetInt32();
            double[] factors = run.GetProperty("factors").Doubles();
            // A share that makes just so many mini-batches of 1,000.
            var schedule = new WarmUpSchedule(updates / 1000.0);
            for (int at = 0; at < factors.Length; at++)
            {
                Assert.Equal(Initial * factors[at], At(schedule, 1, at, 1000, 1), Relative);
            }
        }
    }

    private static double At(Schedule schedule, int epoch, int batch, int batchesPerEpoch, int epochs, params double[] metrics) =>
        schedule.At(Initial, new SchedulePlace { Epoch = epoch, Batch = batch, BatchesPerEpoch = batchesPerEpoch, Epochs = epochs, Metrics = metrics });
}
