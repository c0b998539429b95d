using System.Text.Json;
using Nabla.Models.Formats;
using Nabla.Models.Formats.Safetensors;

namespace Nabla.Runs;

/// <summary>
/// The state of a run as a safetensors file: <c>metrics</c> [epochs], <c>parameters.layers.i.…</c>, <c>best.layers.i.…</c>, <c>moments.k.layers.i.…</c>, and within an epoch
/// <c>start.layers.i.…</c> and <c>start_moments.k.layers.i.…</c>. Random numbers need no state: they are a function of seed, epoch and index.
/// </summary>
public static class Checkpoint
{
    private const string FactsKey = "checkpoint";
    private const string MetricsName = "metrics";
    private const string ParametersPrefix = "parameters.";
    private const string BestPrefix = "best.";
    private const string StartPrefix = "start.";

    /// <summary>Maximum number of moments; no update rule has more.</summary>
    private const int MaximumMoments = 8;

    /// <summary>Writes a state, completely or not at all.</summary>
    public static void Save(TrainingState state, string path)
    {
        ArgumentNullException.ThrowIfNull(state);
        var facts = new CheckpointFacts
        {
            Epoch = state.Epoch,
            Step = state.Step,
            Batch = state.Batch,
            CostSum = state.CostSum,
            Seconds = state.Seconds,
            LearningRateFactor = state.LearningRateFactor,
            BestEpoch = state.BestEpoch,
            Moments = state.Moments.Count,
            StartMoments = state.Batch > 0 ? state.StartMoments.Count : 0,
            HasBest = state.Best is not null,
        };
        // Doubles come first, so that every tensor starts at a multiple of its element size.
        var tensors = new List<TensorContent>
        {
            new(MetricsName, TensorType.Double, [state.Metrics.Count], data => data.Write<double>(state.Metrics.ToArray())),
        };
        tensors.AddRange(ParameterTensors.Of(state.Parameters, ParametersPrefix));
        if (state.Best is { } best)
        {
            tensors.AddRange(ParameterTensors.Of(best, BestPrefix));
        }

        for (int k = 0; k < state.Moments.Count; k++)
        {
            tensors.AddRange(ParameterTensors.Of(state.Moments[k], MomentPrefix(k)));
        }

        if (state.Batch > 0)
        {
            tensors.AddRange(ParameterTensors.Of(state.StartParameters ?? throw new ArgumentException("A state within an epoch needs the parameters at its start.", nameof(state)), StartPrefix));
            for (int k = 0; k < state.StartMoments.Count; k++)
            {
                tensors.AddRange(ParameterTensors.Of(state.StartMoments[k], StartMomentPrefix(k)));
            }
        }

        SafetensorsWriter.WriteChecked(
            path,
            [
                new(FormatVersion.Key, $"{FormatVersion.Current}"),
                new(FactsKey, facts.ToJson()),
            ],
            tensors);
    }

    /// <summary>Reads a state, bit for bit.</summary>
    /// <param name="path">The file.</param>
    /// <param name="architecture">The network of the run.</param>
    /// <param name="precision">The precision of the run.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or belongs to another run.</exception>
    public static TrainingState Load(string path, NetworkOptions architecture, Precision precision)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        architecture.Validate();
        using SafetensorsReader reader = SafetensorsReader.Open(path);
        CheckpointFacts facts = ReadFacts(reader);
        SafetensorsChecksum.Verify(reader);
        Dictionary<string, TensorInfo> rest = TensorCheck.ByName(reader);
        double[] metrics = ReadMetrics(reader, rest, facts);
        string[] whole =
        [
            ParametersPrefix,
            .. facts.HasBest ? [BestPrefix] : Array.Empty<string>(),
            .. facts.Batch > 0 ? [StartPrefix] : Array.Empty<string>(),
        ];
        string[] trained = [.. Enumerable.Range(0, facts.Moments).Select(MomentPrefix), .. Enumerable.Range(0, facts.StartMoments).Select(StartMomentPrefix)];
        foreach ((string name, long[] shape) in whole.SelectMany(prefix => ParameterTensors.Expected(architecture, prefix))
            .Concat(trained.SelectMany(prefix => ParameterTensors.Expected(architecture, prefix, trainedOnly: true))))
        {
            TensorCheck.Take(reader, rest, name, shape, ParameterTensors.TypeOf(precision));
        }

        TensorCheck.RequireEmpty(reader, rest);
        return new TrainingState
        {
            Parameters = Read(ParametersPrefix),
            Best = facts.HasBest ? Read(BestPrefix) : null,
            Moments = ReadMoments(facts.Moments, MomentPrefix),
            StartParameters = facts.Batch > 0 ? Read(StartPrefix) : null,
            StartMoments = ReadMoments(facts.StartMoments, StartMomentPrefix),
            Batch = facts.Batch,
            CostSum = facts.CostSum,
            Seconds = facts.Seconds,
            LearningRateFactor = facts.LearningRateFactor,
            BestEpoch = facts.BestEpoch,
            Epoch = facts.Epoch,
            Step = facts.Step,
            Metrics = [.. metrics],
        };

        Parameters Read(string prefix) => ParameterTensors.Read(reader, new Parameters(architecture, precision), prefix: prefix);

        // A squared gradient may overflow while the parameters stay finite.
        Parameters[] ReadMoments(int count, Func<int, string> prefix) =>
            [.. Enumerable.Range(0, count).Select(k => ParameterTensors.Read(reader, new Parameters(architecture, precision).NewGradient(), finite: false, prefix(k)))];
    }

    private static CheckpointFacts ReadFacts(SafetensorsReader reader)
    {
        string file = reader.FileName;
        if (!reader.Metadata.TryGetValue(FormatVersion.Key, out string? version) || !reader.Metadata.TryGetValue(FactsKey, out string? json))
        {
            throw new InvalidDataException($"{file}: not a checkpoint: its metadata must hold '{FormatVersion.Key}' and '{FactsKey}'.");
        }

        FormatVersion.Check(file, version);
        CheckpointFacts facts;
        try
        {
            facts = CheckpointFacts.Parse(json);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{file}: the metadata '{FactsKey}' cannot be read: {e.Message}", e);
        }

        bool holds = facts.Epoch >= 0 && facts.Step >= facts.Epoch && facts.BestEpoch >= 0 && facts.BestEpoch <= facts.Epoch
            && facts.Moments is >= 0 and <= MaximumMoments && facts.StartMoments is >= 0 and <= MaximumMoments && (facts.StartMoments == 0 || facts.Batch > 0)
            && facts.Batch >= 0 && facts.Batch <= facts.Step && double.IsFinite(facts.CostSum) && facts.Seconds is >= 0 and < double.PositiveInfinity
            && facts.LearningRateFactor is > 0 and <= 1;
        return holds ? facts : throw new InvalidDataException($"{file}: the metadata '{FactsKey}' contradicts itself: {json}");
    }

    /// <summary>The metric of each epoch, or none if there was no validation data.</summary>
    private static double[] ReadMetrics(SafetensorsReader reader, Dictionary<string, TensorInfo> rest, CheckpointFacts facts)
    {
        bool none = rest.TryGetValue(MetricsName, out TensorInfo? found) && found.Shape is [0];
        TensorInfo tensor = TensorCheck.Take(reader, rest, MetricsName, [none ? 0 : facts.Epoch], TensorType.Double);
        double[] metrics = new double[(int)tensor.Count];
        reader.Read(tensor, 0, metrics.AsSpan());
        return metrics;
    }

    private static string MomentPrefix(int k) => $"moments.{k}.";

    private static string StartMomentPrefix(int k) => $"start_moments.{k}.";
}
