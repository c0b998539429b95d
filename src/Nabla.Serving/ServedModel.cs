namespace Nabla.Serving;

/// <summary>
/// A loaded model with its predictor. The predictor's threads end once the model has been replaced and its last user
/// has released it.
/// </summary>
internal sealed class ServedModel
{
    private int users = 1;

    public ServedModel(Model model, int? threads, DateTimeOffset loaded)
    {
        Model = model;
        Predictor = new Predictor(model, threads);
        Loaded = loaded;
    }

    public Model Model { get; }

    public Predictor Predictor { get; }

    public DateTimeOffset Loaded { get; }

    /// <summary>Adds a user, unless the last one has already released the model.</summary>
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
