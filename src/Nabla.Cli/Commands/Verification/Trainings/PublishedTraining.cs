using Nabla.Network.Registries;

namespace Nabla.Cli.Commands.Verification.Trainings;

/// <summary>A short training on generated data whose weights have a published hash.</summary>
/// <param name="Name">The name in the table of docs/reproducibility.md.</param>
/// <param name="Summary">What it trains, in one line.</param>
/// <param name="Data">The data, as the commands take it; or <see cref="GeneratedTable.Name"/>.</param>
/// <param name="Layers">The layers, as <c>--layers</c> takes them.</param>
/// <param name="Cost">The cost.</param>
/// <param name="Options">Everything else that decides the run, the data included: they share the seed.</param>
internal sealed record PublishedTraining(
    string Name, string Summary, string Data, string Layers, Cost Cost, TrainingOptions Options)
{
    /// <summary>Whether the run is stopped within an epoch and resumed from a checkpoint.</summary>
    public bool IsResumed { get; init; }

    /// <summary>Whether files are read or written. Their checksums need the system's OpenSSL.</summary>
    public bool NeedsFiles => IsResumed || Data == GeneratedTable.Name;

    /// <summary>Generates the data and divides it.</summary>
    /// <param name="threads">Worker threads, or null for one a core; no bit depends on it.</param>
    public DataSplit Open(int? threads)
    {
        var request = new DataRequest { Source = Data, Seed = Options.Seed, Threads = threads };
        return Data == GeneratedTable.Name ? GeneratedTable.Open(request) : DataSource.Open(request);
    }

    /// <summary>Trains the network.</summary>
    /// <param name="data">The data from <see cref="Open"/>.</param>
    /// <param name="threads">Worker threads, or null for one a core; no bit depends on it.</param>
    public TrainingResult Train(DataSplit data, int? threads)
    {
        NetworkOptions network = new()
        {
            Inputs = data.Train.InputCount,
            Layers = NetworkChoices.BuiltIn.ParseLayers(Layers),
            Cost = Cost,
        };
        TrainingOptions options = Options with { Threads = threads };
        return IsResumed ? ResumedTraining.Run(network, data, options) : Trainer.Train(network, data, options);
    }
}
