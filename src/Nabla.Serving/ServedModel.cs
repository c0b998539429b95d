using Nabla.Models;
using Nabla.Serving.Json;

namespace Nabla.Serving;

/// <summary>A model that serves, with its predictor. The predictor's threads end when the model has been replaced and the last user is gone.</summary>
internal sealed class ServedModel
{
    private readonly Lazy<JsonColumns?> columns;
    private int users = 1;

    public ServedModel(Model model, int? threads, DateTimeOffset loaded)
    {
        Model = model;
        Predictor = new Predictor(model, threads);
        Loaded = loaded;
        Answer = new PredictionAnswer(model);
        columns = new Lazy<JsonColumns?>(() => model.Columns is null ? null : new JsonColumns(model));
    }

    public Model Model { get; }

    public Predictor Predictor { get; }

    public DateTimeOffset Loaded { get; }

    /// <summary>How predictions become JSON.</summary>
    public PredictionAnswer Answer { get; }

    /// <summary>How rows in JSON become inputs; null where the model takes numbers.</summary>
    public JsonColumns? Columns => columns.Value;

    /// <summary>Counts a user, unless the last one has gone already.</summary>
    public bool TryUse()
    {
        for (int seen = Volatile.Read(ref users); seen > 0;)
        {
            int before = Interlocked.CompareExchange(ref users, seen + 1, seen);
            if (before == seen)
            {
                return true;
            }

            seen = before;
        }

        return false;
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref users) == 0)
        {
            Predictor.Dispose();
        }
    }
}
