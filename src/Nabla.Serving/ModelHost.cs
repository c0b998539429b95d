using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Nabla.Models;
using Nabla.Models.Formats.Safetensors;

namespace Nabla.Serving;

/// <summary>A model file that is kept loaded, and loaded again when it is replaced. Any number of threads may use it.</summary>
/// <remarks>
/// Replace the file by a rename, as Nabla itself writes files. A new file that cannot be loaded, or whose columns do not fit the rows that are bound, is logged and
/// counted; the model before it goes on serving until the file changes again.
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
    /// <param name="options">How to keep it, or null for the defaults.</param>
    /// <param name="logger">Receives what happens, or null.</param>
    /// <param name="time">The clock that <see cref="ModelLease.Loaded"/> is read from, or null for the system's.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file holds no model.</exception>
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

    /// <summary>After a new file has begun to serve, or has been refused; then <see cref="ReloadProblem"/> says why.</summary>
    public event EventHandler? Reloaded;

    /// <summary>The full path of the file.</summary>
    public string Path { get; }

    /// <summary>The model that serves now. For single samples this is enough; it stays usable when another one takes its place.</summary>
    public Model Model => current.Model;

    /// <summary>Why the newest file does not serve, or null where it does.</summary>
    public string? ReloadProblem => reloadProblem;

    internal TimeSpan? ReloadInterval => options.ReloadInterval;

    /// <summary>The model that serves now with its predictor, for one piece of work.</summary>
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

            // The model was replaced between the two lines, or all is over.
            ObjectDisposedException.ThrowIf(Volatile.Read(ref isDisposed), this);
        }
    }

    /// <summary>Predicts from rows of a program, with whatever model serves. From now on a file whose columns do not fit them is refused.</summary>
    /// <param name="columns">Binds the columns, as for <see cref="Model.Bind"/>.</param>
    /// <typeparam name="TRow">The type of the rows.</typeparam>
    /// <exception cref="ArgumentException">A column of the model is not bound.</exception>
    /// <exception cref="InvalidOperationException">The inputs of the model are no columns.</exception>
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

    /// <summary>Loads the file if it is another one than was tried last.</summary>
    /// <returns>Whether a new model serves.</returns>
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

                // A file that is still being written changes while it is read: it is tried again.
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

    /// <summary>Ends the worker threads once the last lease is disposed.</summary>
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

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "{Path} was replaced: the new model serves.")]
    private partial void LogReloaded(string path);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "{Path} was replaced, but the model before it goes on serving: {Problem}")]
    private partial void LogRefused(string path, string problem);
}
