using System.Runtime.CompilerServices;
using Nabla.Data.Tables.Text;

namespace Nabla.Cli.Commands.Training;

/// <summary>
/// Trains a small network of the same kind on made-up rows while a table is read, so that the runtime has compiled the
/// training code by the time the table is loaded. The network is discarded.
/// </summary>
internal sealed class WarmUp : IDisposable
{
    /// <summary>Files below this number of bytes are read before anything is compiled.</summary>
    private const int SmallestFile = 1 << 22;

    /// <summary>Enough rows for a mini-batch of the usual sizes and part of another one.</summary>
    private const int Rows = 288;

    private const int Inputs = 32;

    /// <summary>Mini-batches after which the runtime has recompiled the training code with optimisation.</summary>
    private const int MiniBatches = 256;

    /// <summary>A larger network trains so long that its start does not matter.</summary>
    private const int MostWeights = 1 << 17;

    private readonly CancellationTokenSource dataAreRead = new();

    private WarmUp(Func<DataSplit, (NetworkOptions Architecture, TrainingOptions Options)> settings) =>
        new Thread(() => Train(settings)) { IsBackground = true, Name = "Nabla warm-up" }.Start();

    /// <summary>Starts on its own thread if code is compiled while it runs, the data is a large table and a second processor is available.</summary>
    /// <param name="source">The data.</param>
    /// <param name="threads">The number of threads of the run.</param>
    /// <param name="settings">Gives network and training options for data.</param>
    public static WarmUp? Start(string source, int threads, Func<DataSplit, (NetworkOptions Architecture, TrainingOptions Options)> settings) =>
        RuntimeFeature.IsDynamicCodeCompiled && threads > 1 && TableFile.IsTable(source) && new FileInfo(source) is { Exists: true, Length: >= SmallestFile } ? new WarmUp(settings) : null;

    /// <summary>Ends the warm-up once the data is read.</summary>
    public void Dispose()
    {
        dataAreRead.Cancel();
        dataAreRead.Dispose();
    }

#pragma warning disable CA1031 // Errors in the options are reported by the real training.
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
