using Nabla.Data;
using Nabla.Models.Content;
using Nabla.Models.Formats;

namespace Nabla.Runs;

/// <summary>All options of a run, and its outcome: the content of <c>run.json</c>. The run can be repeated and resumed from it.</summary>
public sealed record RunOptions
{
    /// <summary>The version of the format.</summary>
    public int Format { get; init; } = FormatVersion.Current;

    /// <summary>The version of Nabla that started the run.</summary>
    public string NablaVersion { get; init; } = ProductVersion.Current;

    /// <summary>The version of the .NET runtime.</summary>
    public string RuntimeVersion { get; init; } = Environment.Version.ToString();

    /// <summary>When the run was started, or null.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>The data and its splits.</summary>
    public required DataRequest Data { get; init; }

    /// <summary>The samples, which must be unchanged when the run is resumed.</summary>
    public RunData? Samples { get; init; }

    /// <summary>The network.</summary>
    public required NetworkOptions Network { get; init; }

    /// <summary>The options of the training. Initial parameters are not kept here: see <see cref="Weights"/>.</summary>
    public required TrainingOptions Training { get; init; }

    /// <summary>The file of the initial parameters, or null if they were drawn.</summary>
    public string? Weights { get; init; }

    /// <summary>The arguments of the command line, for people.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The outcome of the run, or null if it is running or was killed.</summary>
    public RunOutcome? Outcome { get; init; }
}

/// <summary>The samples of a run.</summary>
public sealed record RunData
{
    /// <summary>The name of the data.</summary>
    public required string Name { get; init; }

    /// <summary>Number of training samples.</summary>
    public required int Train { get; init; }

    /// <summary>Number of validation samples, or 0.</summary>
    public int Validation { get; init; }

    /// <summary>Number of test samples, or 0.</summary>
    public int Test { get; init; }

    /// <summary><see cref="DataChecksum"/> of the training samples.</summary>
    public required string TrainSha256 { get; init; }

    /// <summary><see cref="DataChecksum"/> of the validation samples, or null.</summary>
    public string? ValidationSha256 { get; init; }

    /// <summary>Counts the samples and computes their checksums.</summary>
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

    /// <summary>Checks that the data is that of the run.</summary>
    /// <exception cref="InvalidDataException">The data has changed.</exception>
    public void Require(DataSplit data)
    {
        RunData now = Of(data);
        if (now.TrainSha256 != TrainSha256 || now.ValidationSha256 != ValidationSha256)
        {
            throw new InvalidDataException($"The data {Name} has changed since the run began ({Train} + {Validation} samples then, {now.Train} + {now.Validation} now). Restore the old data, or start a new run.");
        }
    }
}

/// <summary>The outcome of a run.</summary>
public sealed record RunOutcome
{
    /// <summary>Why the run ended.</summary>
    public required StopReason StoppedBy { get; init; }

    /// <summary>Completed epochs.</summary>
    public required int Epochs { get; init; }

    /// <summary>The best epoch, 1-based.</summary>
    public required int BestEpoch { get; init; }

    /// <summary>The accuracy on the test set, or null.</summary>
    public double? TestAccuracy { get; init; }

    /// <summary>Root mean squared error on the test set (regression), or null.</summary>
    public double? TestRmse { get; init; }

    /// <summary>Seconds of training, without evaluation.</summary>
    public double Seconds { get; init; }

    /// <summary>The fingerprint of the model's parameters.</summary>
    public string? WeightsSha256 { get; init; }

    /// <summary>The outcome of a run.</summary>
    /// <param name="result">The result of the training.</param>
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
