using System.Globalization;
using System.Text.Json;
using Nabla.Data.Files;
using Nabla.Models.Formats;
using Nabla.Models.Formats.Json;
using Nabla.Training.Registries;

namespace Nabla.Runs;

/// <summary>The files of a run. They can be read, and the run resumed, at any moment, even after the process was killed.
/// </summary>
/// <remarks>For one writing thread at a time. Any number of threads and processes may read meanwhile.</remarks>
public sealed class RunFolder
{
    /// <summary>Maximum length of run.json in bytes.</summary>
    private const long MaximumOptionsLength = 1 << 24;

    /// <summary>The name of the log.</summary>
    internal const string EventsName = "events.jsonl";

    private readonly EventWriter events;
    private RunData? samples;
    private bool isRegistered;

    private RunFolder(string path)
    {
        FolderPath = path;
        events = new EventWriter(EventsPath);
    }

    /// <summary>The folder.</summary>
    public string FolderPath { get; }

    /// <summary>All options: <c>run.json</c>.</summary>
    public string OptionsPath => Path.Combine(FolderPath, "run.json");

    /// <summary>The events: <c>events.jsonl</c>.</summary>
    public string EventsPath => Path.Combine(FolderPath, EventsName);

    /// <summary>The state to resume from: <c>checkpoint.safetensors</c>.</summary>
    public string CheckpointPath => Path.Combine(FolderPath, "checkpoint.safetensors");

    /// <summary>The model: <c>model.safetensors</c>.</summary>
    public string ModelPath => Path.Combine(FolderPath, "model.safetensors");

    /// <summary>The epochs of a run from before <see cref="EventsPath"/>: <c>metrics.jsonl</c>.</summary>
    internal string MetricsPath => Path.Combine(FolderPath, "metrics.jsonl");

    private string[] Files => [OptionsPath, EventsPath, MetricsPath, CheckpointPath, ModelPath];

    /// <summary>A folder for a new run, which is created if it is missing and must otherwise be empty.</summary>
    /// <exception cref="ArgumentException">The folder is not empty, or is a file.</exception>
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

    /// <summary>A folder for a new run, as <see cref="Create(string)"/>, and its lock. If several processes ask at once, one of them gets both.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="hold">The lock; released when it is disposed.</param>
    /// <exception cref="ArgumentException">The folder is not empty, or is a file.</exception>
    /// <exception cref="IOException">Another process writes into it.</exception>
    public static RunFolder Create(string path, out RunLock hold)
    {
        RunFolder folder = Create(path);
        hold = folder.Lock();
        try
        {
            // Another process may have started and ended a run in the meantime.
            RequireFree(path);
            return folder;
        }
        catch
        {
            hold.Dispose();
            throw;
        }
    }

    /// <summary>A folder for a new run at <see cref="DefaultPath"/>, and its lock. If several processes ask at once, each gets its own folder.</summary>
    /// <param name="name">The name of the run, such as that of its data.</param>
    /// <param name="time">The clock.</param>
    /// <param name="hold">The lock; released when it is disposed.</param>
    /// <param name="root">The folder of all runs.</param>
    public static RunFolder CreateNext(string name, TimeProvider time, out RunLock hold, string root = "runs")
    {
        while (true)
        {
            // If another process has taken this path in the meantime, the next round finds the next one.
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

    /// <summary>Checks that a folder is free for a new run: missing or empty. Files that a killed process left before its run began do not count.</summary>
    /// <exception cref="ArgumentException">The folder is not empty, or is a file.</exception>
    /// <exception cref="IOException">Another process writes into it.</exception>
    public static void RequireFree(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (File.Exists(path))
        {
            throw new ArgumentException($"{path} is a file; expected a folder for the run.");
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
                : new ArgumentException($"{path} already holds a run. Resume it with --resume {path}, or give another folder.");
        }

        if (Directory.EnumerateFileSystemEntries(path).Select(Path.GetFileName).FirstOrDefault(name => !folder.IsIncidental(name!)) is { } entry)
        {
            throw new ArgumentException($"{path} is not empty (it holds {entry}). Give a new or empty folder.");
        }
    }

    /// <summary>Opens the folder of an earlier run.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">The folder does not hold a run.</exception>
    public static RunFolder Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!Directory.Exists(path))
        {
            throw new DirectoryNotFoundException($"{path}: no such folder; expected the folder of a run.");
        }

        var folder = new RunFolder(path);
        return File.Exists(folder.OptionsPath)
            ? folder
            : throw new FileNotFoundException($"{path} does not hold a run: run.json is missing.", folder.OptionsPath);
    }

    /// <summary>Takes the lock of the folder, and deletes the temporary files that a killed process left.</summary>
    /// <returns>The lock; released when it is disposed, or when the process ends.</returns>
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

    /// <summary>The default path of a new run: <c>runs/yyyy-MM-dd-HHmmss-name</c>, in local time, with a number appended if that is taken.</summary>
    /// <param name="name">The name of the run, such as that of its data; characters that a file name may not hold are replaced.</param>
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

    /// <summary>Writes <c>run.json</c>, and adds the folder to the list of the user's runs.</summary>
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
        samples = options.Samples;
        if (!isRegistered)
        {
            isRegistered = true;
            RunRegistry.Add(FolderPath);
        }
    }

    /// <summary>Reads <c>run.json</c>.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    /// <param name="choices">The layers, update rules and so on that the run may use; null for the built-in ones.</param>
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

    /// <summary>Adds an event to <c>events.jsonl</c>. Events that the log does not hold are ignored.</summary>
    /// <remarks>A line that cannot be written is kept, and written before the next one.</remarks>
    public void Append(TrainingEvent value)
    {
        if (LineOf(value) is { } line)
        {
            events.Append(line);
        }
    }

    /// <summary>Adds the end of the run to <c>events.jsonl</c>.</summary>
    /// <param name="result">The result of the training.</param>
    /// <param name="model">The path of the model file, or null if none was written.</param>
    /// <param name="test">The model on the test set, or null.</param>
    /// <param name="weightsSha256">The checksum of the kept parameters.</param>
    /// <param name="wallSeconds">Seconds from start to end, including evaluation.</param>
    public void AppendDone(TrainingResult result, string? model, Evaluation? test, string weightsSha256, double wallSeconds) =>
        events.Append(EventJson.Done(result, model, FolderPath, test, weightsSha256, wallSeconds));

    /// <summary>Adds a remark about the run to <c>events.jsonl</c>.</summary>
    /// <param name="text">The remark. Of a longer text the first 2,000 characters are kept.</param>
    public void AppendRemark(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        events.Append(EventJson.Remark(text));
    }

    /// <summary>Reads <c>events.jsonl</c>.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public IReadOnlyList<LoggedEvent> LoadEvents() => EventLog.Read(EventsPath);

    /// <summary>Reads the epochs from <c>events.jsonl</c>, or from the <c>metrics.jsonl</c> of an older run.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public IReadOnlyList<EpochMetrics> LoadMetrics() => File.Exists(EventsPath) ? EventLog.ReadEpochs(EventsPath) : MetricsLog.Read(MetricsPath);

    /// <summary>Writes <c>checkpoint.safetensors</c>, after flushing the events before it to the disk.</summary>
    public void SaveCheckpoint(TrainingState state)
    {
        events.Flush();
        Checkpoint.Save(state, CheckpointPath);
    }

    /// <summary>The state to resume from. An event names its place in the log: the epochs after it will be repeated.</summary>
    /// <returns>The state, or null if the run ended before its first checkpoint: then it starts from the beginning.</returns>
    /// <exception cref="InvalidDataException">The checkpoint, or the log of an older run, is damaged.</exception>
    public TrainingState? Resume(NetworkOptions architecture, Precision precision)
    {
        TrainingState? state = File.Exists(CheckpointPath) ? Checkpoint.Load(CheckpointPath, architecture, precision) : null;
        TakeOverMetrics();
        events.Keep(EventJson.Resumed(state?.Epoch ?? 0, state?.Batch ?? 0));
        try
        {
            events.Write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The event is kept. Training reports a log that cannot be written when its first event comes.
        }

        return state;
    }

    /// <summary>Keeps an event that may wait for the next write to <c>events.jsonl</c>, and may be missed while the log cannot be written.</summary>
    internal void Keep(RunningCostMeasured cost) => events.Keep(EventJson.Batch(cost), canBeMissed: true);

    /// <summary>Keeps a remark for the next write to <c>events.jsonl</c>.</summary>
    internal void KeepRemark(string text) => events.Keep(EventJson.Remark(text));

    /// <summary>Adds the place of a checkpoint to <c>events.jsonl</c>.</summary>
    internal void AppendCheckpoint(int epoch, int batch) => events.Append(EventJson.Checkpoint(epoch, batch));

    /// <summary>Writes the events that were kept.</summary>
    internal void WriteKept() => events.Write();

    /// <summary>Writes <c>model.safetensors</c>.</summary>
    public void SaveModel(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.Save(ModelPath);
    }

    private string? LineOf(TrainingEvent value) => value switch
    {
        TrainingStarted started => EventJson.Start(started, samples?.Test ?? 0, samples?.Name),
        RunningCostMeasured cost => EventJson.Batch(cost),
        EpochCompleted epoch => EventJson.Epoch(epoch),
        TrainingDiverged diverged => EventJson.Diverged(diverged),
        TrainingRecovered recovered => EventJson.Recovered(recovered),
        _ => null,
    };

    /// <summary>Copies the epochs of an older run into its new log, so that a resumed run has one log.</summary>
    private void TakeOverMetrics()
    {
        if (File.Exists(EventsPath) || !File.Exists(MetricsPath))
        {
            return;
        }

        string[] lines = MetricsLog.ReadLines(MetricsPath);
        AtomicFile.Write(EventsPath, stream =>
        {
            foreach (string line in lines)
            {
                string epoch = line.TrimStart();
                stream.Write(EventWriter.Line(epoch.Contains("\"event\"", StringComparison.Ordinal) ? epoch : $"{{\"event\":\"epoch\",{epoch.AsSpan(1)}"));
            }
        });
    }

    private static UnauthorizedAccessException Unwritable(string path, UnauthorizedAccessException cause) =>
        new($"{path} cannot be written: {cause.Message} Make it writable, or give another folder.", cause);

    /// <summary>Whether an entry is the lock or a temporary file, and so not content of a run.</summary>
    private bool IsIncidental(string name) =>
        name == RunLock.FileName || Files.Any(file => AtomicFile.IsLeftover(name, Path.GetFileName(file)));

    /// <summary>Checks the version first: a newer file may have members of other types.</summary>
    private RunOptions Read(StrictJson json, TrainingChoices choices)
    {
        FormatVersion.Check(OptionsPath, json.Find("format")?.Int32() ?? FormatVersion.Current);
        RunOptions options = RunJson.Read(json, choices);
        samples = options.Samples;
        return options;
    }
}
