using System.Globalization;
using System.Text.Json;
using Nabla.Data.Files;
using Nabla.Models;
using Nabla.Models.Formats;
using Nabla.Models.Formats.Json;
using Nabla.Models.Formats.Safetensors;
using Nabla.Network;
using Nabla.Training;
using Nabla.Training.Registries;
using Nabla.Training.State;

namespace Nabla.Runs;

/// <summary>The durable form of a run. At any moment, also after a kill, it can be read and resumed.</summary>
public sealed class RunFolder
{
    /// <summary>A longer run.json is refused.</summary>
    private const long MaximumOptionsLength = 1 << 24;

    private readonly MetricsWriter metrics;

    private RunFolder(string path)
    {
        FolderPath = path;
        metrics = new MetricsWriter(MetricsPath);
    }

    /// <summary>The folder.</summary>
    public string FolderPath { get; }

    /// <summary>Every option: <c>run.json</c>.</summary>
    public string OptionsPath => Path.Combine(FolderPath, "run.json");

    /// <summary>The epochs: <c>metrics.jsonl</c>.</summary>
    public string MetricsPath => Path.Combine(FolderPath, "metrics.jsonl");

    /// <summary>What training goes on from: <c>checkpoint.safetensors</c>.</summary>
    public string CheckpointPath => Path.Combine(FolderPath, "checkpoint.safetensors");

    /// <summary>What came of it: <c>model.safetensors</c>.</summary>
    public string ModelPath => Path.Combine(FolderPath, "model.safetensors");

    private string[] Files => [OptionsPath, MetricsPath, CheckpointPath, ModelPath];

    /// <summary>A folder for a new run: made if missing, taken if empty.</summary>
    /// <exception cref="ArgumentException">The folder holds something, or is a file.</exception>
    public static RunFolder Create(string path)
    {
        RequireFree(path);
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (UnauthorizedAccessException e)
        {
            throw Unwritable(path, e);
        }

        return new RunFolder(path);
    }

    /// <summary>A folder for a new run, as <see cref="Create(string)"/>, and the right to write into it: of several who ask at once, one gets both.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="hold">The right to write; given back when it is disposed.</param>
    /// <exception cref="ArgumentException">The folder holds something, or is a file.</exception>
    /// <exception cref="IOException">Another process writes into it.</exception>
    public static RunFolder Create(string path, out RunLock hold)
    {
        RunFolder folder = Create(path);
        hold = folder.Lock();
        try
        {
            // Another may have begun and ended a run in between.
            RequireFree(path);
            return folder;
        }
        catch
        {
            hold.Dispose();
            throw;
        }
    }

    /// <summary>A folder for a new run in its usual place, <see cref="DefaultPath"/>, and the right to write into it. Of several who ask at once, each gets its own.</summary>
    /// <param name="name">What the run is about.</param>
    /// <param name="time">The clock.</param>
    /// <param name="hold">The right to write; given back when it is disposed.</param>
    /// <param name="root">The folder of all runs.</param>
    public static RunFolder CreateNext(string name, TimeProvider time, out RunLock hold, string root = "runs")
    {
        while (true)
        {
            // A path that another has made in between is taken by then; the next round finds the next one.
            var folder = new RunFolder(DefaultPath(name, time, root));
            Directory.CreateDirectory(folder.FolderPath);
            if (RunLock.TryTake(folder.FolderPath) is { } taken)
            {
                if (!File.Exists(folder.OptionsPath))
                {
                    hold = taken;
                    return folder;
                }

                taken.Dispose();
            }
        }
    }

    /// <summary>Requires that a new run can be made in a folder: that it is missing or empty. What a killed process left before its run began does not count.</summary>
    /// <exception cref="ArgumentException">The folder holds something, or is a file.</exception>
    /// <exception cref="IOException">Another process writes into it.</exception>
    public static void RequireFree(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (File.Exists(path))
        {
            throw new ArgumentException($"{path} is a file; a run needs a folder of its own.");
        }

        if (!Directory.Exists(path))
        {
            return;
        }

        var folder = new RunFolder(path);
        if (File.Exists(folder.OptionsPath))
        {
            throw RunLock.IsHeld(path)
                ? new IOException(RunLock.Holder(path))
                : new ArgumentException($"{path} already holds a run. Go on from it with --resume {path}, or give another folder.");
        }

        if (Directory.EnumerateFileSystemEntries(path).Select(Path.GetFileName).FirstOrDefault(name => !folder.IsIncidental(name!)) is { } entry)
        {
            throw new ArgumentException($"{path} is not empty (it holds {entry}). Give a new or an empty folder.");
        }
    }

    /// <summary>The folder of an earlier run.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">The folder holds no run.</exception>
    public static RunFolder Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!Directory.Exists(path))
        {
            throw new DirectoryNotFoundException($"{path}: there is no such folder; expected the folder of a run.");
        }

        var folder = new RunFolder(path);
        return File.Exists(folder.OptionsPath)
            ? folder
            : throw new FileNotFoundException($"{path} holds no run: run.json is missing.", folder.OptionsPath);
    }

    /// <summary>Takes the right to write into the folder, and clears away the temporary files that a killed process left.</summary>
    /// <returns>The right; given back when it is disposed, or when the process ends.</returns>
    /// <exception cref="IOException">Another process holds it, or the folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder must not be written.</exception>
    public RunLock Lock()
    {
        RunLock hold;
        try
        {
            hold = RunLock.TryTake(FolderPath) ?? throw new IOException(RunLock.Holder(FolderPath));
        }
        catch (UnauthorizedAccessException e)
        {
            throw Unwritable(FolderPath, e);
        }

        foreach (string file in Files)
        {
            AtomicFile.DeleteLeftovers(file);
        }

        return hold;
    }

    /// <summary>The usual place of a new run: <c>runs/yyyy-MM-dd-HHmmss-name</c>, in local time, with a number behind it where that is taken.</summary>
    /// <param name="name">What the run is about, such as the name of the data; what no file name may hold is replaced.</param>
    /// <param name="time">The clock.</param>
    /// <param name="root">The folder of all runs.</param>
    public static string DefaultPath(string name, TimeProvider time, string root = "runs")
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(time);
        string last = Path.GetFileName(Path.TrimEndingDirectorySeparator(name));
        string safe = string.Concat(last.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' ? c : '-')).Trim('-', '.');
        string path = Path.Combine(root, $"{time.GetLocalNow().ToString("yyyy-MM-dd-HHmmss", CultureInfo.InvariantCulture)}-{(safe.Length > 0 ? safe : "run")}");
        string free = path;
        for (int number = 2; Path.Exists(free); number++)
        {
            free = $"{path}-{number.ToString(CultureInfo.InvariantCulture)}";
        }

        return free;
    }

    /// <summary>Writes <c>run.json</c>.</summary>
    public void SaveOptions(RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        RunOptions written = options with { Training = options.Training with { InitialParameters = null } };
        AtomicFile.Write(OptionsPath, stream =>
        {
            using (var json = new Utf8JsonWriter(stream, RunJson.Indented))
            {
                RunJson.Write(json, written);
            }

            stream.WriteByte((byte)'\n');
        });
    }

    /// <summary>Reads <c>run.json</c>.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    /// <param name="choices">The layers, update rules and so on that the run may consist of; null for those that Nabla brings.</param>
    public RunOptions LoadOptions(TrainingChoices? choices = null)
    {
        byte[] json = FormatFiles.ReadAll(OptionsPath, MaximumOptionsLength, "run.json");
        try
        {
            RunOptions options = StrictJson.Read(json, found => Read(found, choices ?? TrainingChoices.BuiltIn));
            options.Network.Validate();
            options.Training.Augmentation?.Validate();
            return options;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new InvalidDataException($"{OptionsPath}: {e.Message}", e);
        }
    }

    /// <summary>Notes how the run ended in <c>run.json</c>.</summary>
    /// <param name="outcome">The result.</param>
    /// <param name="choices">The layers, update rules and so on that the run may consist of; null for those that Nabla brings.</param>
    public void Complete(RunOutcome outcome, TrainingChoices? choices = null) => SaveOptions(LoadOptions(choices) with { Outcome = outcome });

    /// <summary>Adds an epoch to <c>metrics.jsonl</c>.</summary>
    /// <remarks>A line that cannot be written is kept and written before the next one.</remarks>
    public void Append(EpochCompleted epoch) => metrics.Append(EventJson.Epoch(epoch));

    /// <summary>Reads <c>metrics.jsonl</c>.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public IReadOnlyList<EpochMetrics> LoadMetrics() => MetricsLog.Read(MetricsPath);

    /// <summary>Writes <c>checkpoint.safetensors</c>, and brings the epochs before it to the disk first.</summary>
    public void SaveCheckpoint(TrainingState state)
    {
        metrics.Flush();
        Checkpoint.Save(state, CheckpointPath);
    }

    /// <summary>The state to go on from. What was logged after it is dropped, because it will be done again.</summary>
    /// <returns>The state, or null where the run was cut off before its first checkpoint: then it starts anew.</returns>
    /// <exception cref="InvalidDataException">The checkpoint or the log is damaged.</exception>
    public TrainingState? Resume(NetworkOptions architecture, Precision precision)
    {
        TrainingState? state = File.Exists(CheckpointPath) ? Checkpoint.Load(CheckpointPath, architecture, precision) : null;
        MetricsLog.KeepUpTo(MetricsPath, state?.Epoch ?? 0);
        return state;
    }

    /// <summary>Writes <c>model.safetensors</c>.</summary>
    public void SaveModel(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.Save(ModelPath);
    }

    private static UnauthorizedAccessException Unwritable(string path, UnauthorizedAccessException cause) =>
        new($"{path} cannot be written: {cause.Message} Make it writable, or give another folder.", cause);

    /// <summary>Whether an entry is the lock or a temporary file: no content of a run.</summary>
    private bool IsIncidental(string name) =>
        name == RunLock.FileName || Files.Any(file => AtomicFile.IsLeftover(name, Path.GetFileName(file)));

    /// <summary>The version is asked first: a newer file may have members of another shape.</summary>
    private RunOptions Read(StrictJson json, TrainingChoices choices)
    {
        FormatVersion.Check(OptionsPath, json.Find("format")?.Int32() ?? FormatVersion.Current);
        return RunJson.Read(json, choices);
    }
}
