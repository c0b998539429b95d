using Nabla.Data;
using Nabla.Data.Tables.Text;
using Nabla.Network;
using Nabla.Training;
using Nabla.Training.State;

namespace Nabla.Cli.Commands.Training;

/// <summary>While a table is read, a small network of the same kind is trained on made-up rows: by the time the table is there, the runtime has compiled what its training will run. Nothing of it is kept.</summary>
internal sealed class WarmUp : IDisposable
{
    /// <summary>A smaller file, in bytes, is read before anything is compiled.</summary>
    private const int SmallestFile = 1 << 22;

    /// <summary>Rows enough for a mini-batch of the usual sizes, and a part of another one.</summary>
    private const int Rows = 288;

    private const int Inputs = 32;

    /// <summary>Mini-batches after which the runtime compiles once more, and better, what each of them calls.</summary>
    private const int MiniBatches = 256;

    /// <summary>The training of a larger network takes so long that its start does not matter.</summary>
    private const int MostWeights = 1 << 17;

    private readonly CancellationTokenSource dataAreRead = new();

    private WarmUp(Func<DataSplit, (NetworkOptions Architecture, TrainingOptions Options)> settings) =>
        new Thread(() => Train(settings)) { IsBackground = true, Name = "Nabla warm-up" }.Start();

    /// <summary>Begins, on a thread of its own, where the data are a table that takes its time to read, and there is a processor for it.</summary>
    /// <param name="source">The data.</param>
    /// <param name="threads">The threads that the run may have.</param>
    /// <param name="settings">The network and the training for such data.</param>
    public static WarmUp? Start(string source, int threads, Func<DataSplit, (NetworkOptions Architecture, TrainingOptions Options)> settings) =>
        threads > 1 && TableFile.IsTable(source) && new FileInfo(source) is { Exists: true, Length: >= SmallestFile } ? new WarmUp(settings) : null;

    /// <summary>Ends it: the data are read.</summary>
    public void Dispose()
    {
        dataAreRead.Cancel();
        dataAreRead.Dispose();
    }

#pragma warning disable CA1031 // What is wrong with the options is told where they are used.
    private void Train(Func<DataSplit, (NetworkOptions Architecture, TrainingOptions Options)> settings)
    {
        try
        {
            double[] values = [.. Enumerable.Range(0, Rows * Inputs).Select(i => Math.Sin(i))];
            int[] labels = [.. Enumerable.Range(0, Rows).Select(row => row % 2)];
            var data = new DataSplit(Dataset.FromRows("made up", values, Inputs, labels, ["0", "1"]), null, null);
            (NetworkOptions architecture, TrainingOptions options) = settings(data);
            if (architecture.Sizes.Zip(architecture.Sizes.Skip(1), (inputs, units) => (long)inputs * units).Sum() <= MostWeights)
            {
                int epochs = Math.Max(1, MiniBatches * Math.Min(options.BatchSize, Rows) / Rows);
                Trainer.Train(architecture, data, options with { Epochs = epochs, Threads = 1 }, cancellation: dataAreRead.Token);
            }
        }
        catch (Exception)
        {
        }
    }
#pragma warning restore CA1031
}
