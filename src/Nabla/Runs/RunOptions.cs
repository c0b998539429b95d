using Nabla.Data;
using Nabla.Data.Sources;
using Nabla.Models.Content;
using Nabla.Models.Formats;
using Nabla.Network;
using Nabla.Training;
using Nabla.Training.Measures;
using Nabla.Training.State;

namespace Nabla.Runs;

/// <summary>All that decides a run, and how it ended: the content of <c>run.json</c>. The run can be repeated and resumed from it.</summary>
public sealed record RunOptions
{
    /// <summary>The version of the format.</summary>
    public int Format { get; init; } = FormatVersion.Current;

    /// <summary>The version of Nabla that made the run.</summary>
    public string NablaVersion { get; init; } = ProductVersion.Current;

    /// <summary>The version of the .NET runtime.</summary>
    public string RuntimeVersion { get; init; } = Environment.Version.ToString();

    /// <summary>When the run was started, or null.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>Which data, and how it was divided.</summary>
    public required DataRequest Data { get; init; }

    /// <summary>The samples that came of it, to be found again unchanged when the run is resumed.</summary>
    public RunData? Samples { get; init; }

    /// <summary>The network.</summary>
    public required NetworkOptions Network { get; init; }

    /// <summary>Everything else that decides the run. First parameters are not kept here: see <see cref="Weights"/>.</summary>
    public required TrainingOptions Training { get; init; }

    /// <summary>The file of the first parameters, or null where they were drawn.</summary>
    public string? Weights { get; init; }

    /// <summary>The words of the command line, for people to read.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>How the run ended, or null while it goes on or where it was cut off.</summary>
    public RunOutcome? Outcome { get; init; }
}

/// <summary>What the data of a run consists of.</summary>
public sealed record RunData
{
    /// <summary>What the data is called.</summary>
    public required string Name { get; init; }

    /// <summary>Training samples.</summary>
    public required int Train { get; init; }

    /// <summary>Validation samples, or 0.</summary>
    public int Validation { get; init; }

    /// <summary>Test samples, or 0.</summary>
    public int Test { get; init; }

    /// <summary><see cref="DataChecksum"/> of the training samples.</summary>
    public required string TrainSha256 { get; init; }

    /// <summary><see cref="DataChecksum"/> of the validation samples, or null.</summary>
    public string? ValidationSha256 { get; init; }

    /// <summary>Counts the samples and takes their fingerprints.</summary>
    public static RunData Of(DataSplit data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new RunData
        {
            Name = data.Train.Name,
            Train = data.Train.Count,
            Validation = data.Validation?.Count ?? 0,
            Test = data.Test?.Count ?? 0,
            TrainSha256 = DataChecksum.Of(data.Train),
            ValidationSha256 = data.Validation is { } validation ? DataChecksum.Of(validation) : null,
        };
    }

    /// <summary>Requires that the data is the one of the run.</summary>
    /// <exception cref="InvalidDataException">It has changed.</exception>
    public void Require(DataSplit data)
    {
        RunData now = Of(data);
        if (now.TrainSha256 != TrainSha256 || now.ValidationSha256 != ValidationSha256)
        {
            throw new InvalidDataException($"The data {Name} has changed since the run began ({Train} + {Validation} samples then, {now.Train} + {now.Validation} now). Bring back the old data, or start a new run.");
        }
    }
}

/// <summary>How a run ended.</summary>
public sealed record RunOutcome
{
    /// <summary>Why it ended.</summary>
    public required StopReason StoppedBy { get; init; }

    /// <summary>Epochs done.</summary>
    public required int Epochs { get; init; }

    /// <summary>The best epoch, 1-based.</summary>
    public required int BestEpoch { get; init; }

    /// <summary>The accuracy on the test set, or null.</summary>
    public double? TestAccuracy { get; init; }

    /// <summary>Root mean squared error on the test set (regression), or null.</summary>
    public double? TestRmse { get; init; }

    /// <summary>Seconds of training alone.</summary>
    public double Seconds { get; init; }

    /// <summary>The fingerprint of the model's parameters.</summary>
    public string? WeightsSha256 { get; init; }

    /// <summary>How a run ended.</summary>
    /// <param name="result">What came of it.</param>
    /// <param name="test">The model on the test set, or null.</param>
    /// <param name="weightsSha256">The fingerprint of the model's parameters.</param>
    public static RunOutcome Of(TrainingResult result, Evaluation? test, string weightsSha256)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new RunOutcome
        {
            StoppedBy = result.StoppedBy,
            Epochs = result.EpochsDone,
            BestEpoch = result.BestEpoch,
            TestAccuracy = test?.Accuracy,
            TestRmse = test?.RootMeanSquaredError,
            Seconds = result.Seconds,
            WeightsSha256 = weightsSha256,
        };
    }
}
