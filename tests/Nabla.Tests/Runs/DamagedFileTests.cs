using System.Text;
using Nabla.Models;
using Nabla.Models.Formats;
using Nabla.Network;
using Nabla.Network.Activations;
using Nabla.Network.Costs;
using Nabla.Network.Initializers;
using Nabla.Runs;
using Nabla.Tests.Models;
using Xunit;

namespace Nabla.Tests.Runs;

/// <summary>Ten thousand damaged copies of each file: each loads or is refused by name, and takes no more memory than its length allows.</summary>
public sealed class DamagedFileTests : IDisposable
{
    private const int Copies = 10_000;
    private const ulong Seed = 20260701;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Damaged_models_load_or_are_refused()
    {
        SampleModels.Draw(12).Save(folder["x"]);
        Attack(folder["x"], () => Model.Load(folder["x"]));
    }

    [Fact]
    public void Damaged_network2_files_load_or_are_refused()
    {
        NetworkOptions architecture = NetworkOptions.FeedForward(3, [2], 2, Activation.Sigmoid, Activation.Sigmoid, Cost.Quadratic);
        Network2Json.Save(new Model(architecture, ParameterInitializer.Draw(architecture, Initializer.Large, Precision.Double, 1), ["0", "1"]), folder["x"]);
        Attack(folder["x"], () => Network2Json.Load(folder["x"]));
    }

    [Fact]
    public void Damaged_checkpoints_load_or_are_refused()
    {
        Checkpoint.Save(CheckpointTests.State(Precision.Single), folder["x"]);
        Attack(folder["x"], () => Checkpoint.Load(folder["x"], SampleRuns.Architecture, Precision.Single));
    }

    [Fact]
    public void Damaged_run_options_load_or_are_refused()
    {
        RunFolder run = RunFolder.Create(folder["r"]);
        run.SaveOptions(SampleRuns.Options);
        Attack(run.OptionsPath, () => run.LoadOptions());
    }

    [Fact]
    public void Damaged_logs_load_or_are_refused()
    {
        string line = "{\"event\":\"epoch\",\"epoch\":1,\"train_cost\":0.25,\"validation_accuracy\":0.9}\n";
        string path = folder.Write("x", Encoding.UTF8.GetBytes(line + line.Replace("\"epoch\":1", "\"epoch\":2", StringComparison.Ordinal)));
        Attack(path, () => MetricsLog.Read(path));
    }

    private static void Attack(string path, Action load)
    {
        byte[] good = File.ReadAllBytes(path);
        load();
        int loaded = 0;
        for (int index = 0; index < Copies; index++)
        {
            byte[] bad = FileMutations.Of(good, Seed, index);
            File.WriteAllBytes(path, bad);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                load();
                loaded++;
            }
            catch (InvalidDataException e)
            {
                Assert.True(e.Message.StartsWith(path, StringComparison.Ordinal), $"Copy {index}: {e.Message}");
            }
            catch (Exception e)
            {
                Assert.Fail($"Copy {index} of seed {Seed}: {e}\n{Encoding.Latin1.GetString(bad)}");
            }

            // Buffers of the reader, and a constant for each byte of the file.
            long limit = (1 << 20) + (500L * bad.Length);
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < limit, $"Copy {index} took {GC.GetAllocatedBytesForCurrentThread() - before} bytes.");
            Assert.Equal(bad.Length, new FileInfo(path).Length);
        }

        Assert.InRange(loaded, 1, Copies - 1);
    }
}
