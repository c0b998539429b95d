using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Nabla.Serving;

/// <summary>Keeps a model file loaded, and reloads it when it is replaced. Thread-safe.</summary>
/// <remarks>
/// Replace the file by a rename, as Nabla writes files. A new file that cannot be loaded, or whose columns do not fit
/// the bound rows, is logged and
/// counted, and the previous model stays in use until the file changes again.
/// </remarks>
public sealed partial class ModelHost : IDisposable
{
    private readonly Lock reloading = new();
    private readonly List<Action<Model>> requirements = [];
    private readonly ModelHostOptions options;
    private readonly ILogger logger;
    private readonly TimeProvider time;
    private volatile ServedModel current;
    private volatile string? reloadProblem;
    private FileStamp tried;
    private bool isDisposed;

    /// <summary>Loads a model file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <param name="logger">The log, or null.</param>
    /// <param name="time">The clock of <see cref="ModelLease.Loaded"/>, or null for the system clock.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file does not hold a model.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public ModelHost(string path, ModelHostOptions? options = null, ILogger<ModelHost>? logger = null, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        this.options = options ?? new ModelHostOptions();
        this.options.Validate();
        this.logger = logger ?? NullLogger<ModelHost>.Instance;
        this.time = time ?? TimeProvider.System;
        Path = System.IO.Path.GetFullPath(path);
        tried = FileStamp.Of(Path);
        current = new ServedModel(Model.Load(Path), this.options.Threads, this.time.GetUtcNow());
    }

    /// <summary>
    /// Raised after a new file is in use, or was refused; <see cref="ReloadProblem"/> gives the reason.
    /// </summary>
    public event EventHandler? Reloaded;

    /// <summary>The full path of the file.</summary>
    public string Path { get; }

    /// <summary>The current model. It is enough for single samples, and stays usable after a reload.</summary>
    public Model Model => current.Model;

    /// <summary>Why the newest file is not in use, or null if it is.</summary>
    public string? ReloadProblem => reloadProblem;

    internal TimeSpan? ReloadInterval => options.ReloadInterval;

    /// <summary>The current model with its predictor, for one piece of work.</summary>
    /// <exception cref="ObjectDisposedException">The host is disposed.</exception>
    public ModelLease Lease()
    {
        while (true)
        {
            ServedModel served = current;
            if (served.TryUse())
            {
                return new ModelLease(served);
            }

            // The model was replaced after it was read, or the host is disposed.
            ObjectDisposedException.ThrowIf(Volatile.Read(ref isDisposed), this);
        }
    }

    /// <summary>
    /// Binds rows of a program to the columns of the model. From now on a file whose columns do not fit these rows is
    /// refused.
    /// </summary>
    /// <param name="columns">Binds the columns, as for <see cref="Model.Bind"/>.</param>
    /// <typeparam name="TRow">The type of the rows.</typeparam>
    /// <exception cref="ArgumentException">A column of the model is not bound.</exception>
    /// <exception cref="InvalidOperationException">The model was not trained on a table.</exception>
    public RowPredictor<TRow> Bind<TRow>(Action<RowColumns<TRow>> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        lock (reloading)
        {
            var predictor = new RowPredictor<TRow>(this, columns);
            requirements.Add(model => model.Bind(columns));
            return predictor;
        }
    }

    /// <summary>Loads the file if it has changed since the last attempt.</summary>
    /// <returns>Whether a new model is in use.</returns>
    public bool ReloadIfReplaced()
    {
        lock (reloading)
        {
            FileStamp found = FileStamp.Of(Path);
            if (isDisposed || found == tried)
            {
                return false;
            }

            tried = found;
            try
            {
                Model model = Model.Load(Path);
                foreach (Action<Model> require in requirements)
                {
                    require(model);
                }

                // A file that changes while it is read is still being written, and is tried again.
                if (FileStamp.Of(Path) != found)
                {
                    tried = default;
                    return false;
                }

                ServedModel before = current;
                current = new ServedModel(model, options.Threads, time.GetUtcNow());
                before.Release();
                reloadProblem = null;
                LogReloaded(Path);
            }
            catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
            {
                reloadProblem = error.Message;
                LogRefused(Path, error.Message);
            }
        }

        Reloaded?.Invoke(this, EventArgs.Empty);
        return reloadProblem is null;
    }

    /// <summary>Stops the worker threads once the last lease is disposed.</summary>
    public void Dispose()
    {
        lock (reloading)
        {
            if (!isDisposed)
            {
                Volatile.Write(ref isDisposed, true);
                current.Release();
            }
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "{Path} was replaced: the new model is in use.")]
    private partial void LogReloaded(string path);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "{Path} was replaced, but the previous model stays in use: {Problem}")]
    private partial void LogRefused(string path, string problem);
}
